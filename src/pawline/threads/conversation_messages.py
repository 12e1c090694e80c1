"""The messages of one conversation, in their order, to be read page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from pawline.platform.actor import Actor
from pawline.threads.models import Message
from pawline.threads.queries import messages_of


@dataclass(frozen=True, slots=True)
class ConversationPart:
    """Entries of these ``kinds`` up to a ``seq``, as far as their reader may see them."""

    thread_id: UUID
    conversation_id: UUID
    kinds: Sequence[str]
    up_to_seq: int

    def page(self, reader: Actor, *, after: int, limit: int) -> Select[Any]:
        return self._all(reader).where(Message.seq > after).order_by(Message.seq).limit(limit)

    def authors(self, reader: Actor) -> Select[Any]:
        """The names of the people who wrote."""
        people = self._all(reader).where(Message.kind != "system", Message.author_kind != "system")
        return people.with_only_columns(Message.author_name, maintain_column_froms=True).distinct().order_by(Message.author_name)

    def _all(self, reader: Actor) -> Select[Any]:
        return messages_of(reader, self.thread_id).where(
            Message.conversation_id == self.conversation_id, Message.kind.in_(self.kinds), Message.seq <= self.up_to_seq
        )
