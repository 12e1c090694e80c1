"""Finding payment requests, as somebody may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.threads.queries import one_message, visible_to


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and the words it stands with. ``attempt``, ``session_id``: of the last checkout that was opened for it."""

    practice_id: UUID
    thread_id: UUID
    message_id: UUID
    words: str
    amount_minor: int
    currency: str
    state: str
    expires_at: datetime
    attempt: int
    session_id: str | None

    @property
    def attempt_key(self) -> str:
        return f"pawline-{self.message_id}-{self.attempt}"


_ASKED = text("""
SELECT y.practice_id, m.thread_id, y.message_id, m.body AS words, y.amount_minor, y.currency, y.state, y.expires_at, y.attempt,
    y.session_id
FROM payment_request y JOIN message m ON m.practice_id = y.practice_id AND m.id = y.message_id
WHERE y.practice_id = :practice_id AND y.message_id = :message_id
""")


async def asked_of(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> Asked:
    """Raises NotFound: no such request, or not for this actor."""
    await visible_to(uow.connection, actor, thread_id)
    message = await one_message(uow.connection, actor, thread_id, message_id=message_id)
    found = await asked_in(uow, actor.practice_id, message_id)
    if found is None or message.deleted_at is not None:
        raise NotFound
    return found


async def asked_in(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> Asked | None:
    row = (await uow.execute(_ASKED, {"practice_id": practice_id, "message_id": message_id})).one_or_none()
    return None if row is None else msgspec.convert(row, Asked, from_attributes=True)
