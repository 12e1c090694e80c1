"""Requests that create may be repeated: the first answer is kept with what it created, in one transaction."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import LargeBinary, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.clashes import note_replay
from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Database, Model, UnitOfWork
from pawline.platform.errors import Conflict

KEPT_FOR = timedelta(days=30)
_FORGET = text(  # tenancy: sweeps over all practices; it reads nothing and removes only what is over.
    "DELETE FROM answered_request WHERE answered_at < :before AND answer IS NOT NULL"
)

Answer = TypeVar("Answer", bound=msgspec.Struct)


class AnsweredRequest(Model):
    """What a person's request under an Idempotency-Key was, and what it was answered."""

    __tablename__ = "answered_request"
    __table_args__ = (refers("person_id", "person"),)

    practice_id: Mapped[Key]
    person_id: Mapped[Key]
    key: Mapped[Key]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[Any | None] = mapped_column(JSONB)
    answered_at: Mapped[Moment]


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """What ``actor`` asks under an Idempotency-Key; ``content`` is what tells it from another request."""

    actor: Actor
    key: UUID
    content: Any

    def content_hash(self) -> bytes:
        return hashlib.sha256(msgspec.json.encode(self.content)).digest()


async def once(uow: UnitOfWork, request: KeyedRequest, answer: Callable[[], Awaitable[Answer]], *, form: type[Answer]) -> Answer:
    """Run ``answer`` unless this request was answered before; then give that answer again, in its ``form``.

    Raises:
        Conflict: another request came under the same key.
    """
    actor, key = request.actor, request.key
    identity = {"practice_id": actor.practice_id, "person_id": actor.person_id, "key": key}
    claim = insert(AnsweredRequest).values(**identity, request_hash=request.content_hash(), answered_at=clock.now())
    # A repeat that comes while the first is under way waits here for its end.
    claimed = await uow.execute(claim.on_conflict_do_nothing().returning(AnsweredRequest.key))
    if claimed.one_or_none() is None:
        return await _earlier(uow, request, form)
    result = await answer()
    kept = update(AnsweredRequest).where(
        AnsweredRequest.practice_id == actor.practice_id, AnsweredRequest.person_id == actor.person_id, AnsweredRequest.key == key
    )
    await uow.execute(kept.values(answer=msgspec.to_builtins(result)))
    return result


async def _earlier(uow: UnitOfWork, request: KeyedRequest, form: type[Answer]) -> Answer:
    actor, key = request.actor, request.key
    statement = select(AnsweredRequest.request_hash, AnsweredRequest.answer).where(
        AnsweredRequest.practice_id == actor.practice_id, AnsweredRequest.person_id == actor.person_id, AnsweredRequest.key == key
    )
    row = (await uow.execute(statement)).one()
    if row.request_hash != request.content_hash():
        raise another_request()
    note_replay()
    return msgspec.convert(row.answer, form)


async def sweep_answers(database: Database) -> None:
    """Forget what nobody repeats any more; what only notes that something happened has no answer, and stays."""
    async with database.transaction() as uow:
        await uow.execute(_FORGET, {"before": clock.now() - KEPT_FOR})


def another_request() -> Conflict:
    return Conflict("Another request was already made under this Idempotency-Key. Make a new key for a new request.")
