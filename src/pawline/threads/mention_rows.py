"""Which colleagues notes call, and which of them have seen it."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import JSON, literal_column, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.threads.mention_model import Mention
from pawline.threads.models import Message
from pawline.threads.views import MentionView

# Whom a message ``m`` calls, as JSON in the order of names; of deleted ones and of what is no note, null. Asked in the same
# statement as the message: one of its own, on every page with a note, took a third of the time of the page.
MENTIONS = """CASE WHEN m.kind = 'note' AND m.deleted_at IS NULL THEN (
    SELECT json_agg(json_build_object('staff_id', x.staff_id, 'name', x.name) ORDER BY x.name, x.staff_id) FROM mention x
    WHERE x.practice_id = m.practice_id AND x.message_id = m.id) END"""
mentions_column = literal_column(MENTIONS.replace("m.", "message."), JSON).label("mentions")


def mentions_of(row: Any) -> list[MentionView]:
    return msgspec.convert(row.mentions, list[MentionView]) if row.mentions else []


async def mentions_seen(uow: UnitOfWork, reader: Actor, thread_id: UUID, *, up_to_seq: int) -> None:
    """The reader's screen has shown the thread so far."""
    if reader.is_staff:
        mine = (Mention.practice_id == reader.practice_id, Mention.staff_id == reader.person_id, Mention.seen_at.is_(None))
        note = (Message.practice_id == Mention.practice_id, Message.id == Mention.message_id)
        shown = (Message.thread_id == thread_id, Message.seq <= up_to_seq)
        await uow.execute(update(Mention).where(*mine, *note, *shown).values(seen_at=clock.now()))
