"""Adding an entry inside a transaction that does more: texts that came in, automatic ones, and lines of the system.

What people post in the app goes through posting.py, which shares a commit; these acts have more to commit together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, insert, select, text, update

from pawline.platform import clock
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.ids import new_id
from pawline.threads.models import Message, MessagePet, Thread
from pawline.threads.views import AuthorKind, Channel


@dataclass(frozen=True, slots=True)
class Author:
    """``name`` is kept with the message; a later change of the profile does not touch it."""

    id: UUID
    name: str
    kind: AuthorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``client_id`` is unique for its author: whoever adds under the same one again runs into the index."""

    conversation_id: UUID
    author: Author
    body: str
    id: UUID = field(default_factory=new_id)
    kind: Literal["text", "note", "reminder_copy", "system"] = "text"
    channel: Channel = "sms"
    client_id: UUID = field(default_factory=new_id)
    request_hash: bytes = b""
    pet_ids: tuple[UUID, ...] = ()
    has_attachments: bool = False
    files_waiting: int = 0
    is_from_shared_number: bool = False
    copied_delivery_id: UUID | None = None
    occurred_at: datetime | None = None
    prompt: Literal["offer_opt_out", "offer_email"] | None = None
    other_clinic_id: UUID | None = None
    # Brings the thread to the top of the queue, as a text does.
    raises_thread: bool = False


async def lock_thread(uow: UnitOfWork, practice_id: UUID, thread_id: UUID) -> Any:
    """The thread's row, held until the commit: entries are numbered one after the other."""
    statement = select(Thread.__table__).where(Thread.practice_id == practice_id, Thread.id == thread_id)
    return (await uow.execute(statement.with_for_update())).one()


async def add_entry(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, entry: Entry) -> UUID:
    """Give the entry the next ``seq`` of its thread; everybody sees it once this transaction is committed."""
    message_id = entry.id
    numbers = await _next_numbers(uow, practice_id, thread_id, is_text=entry.kind == "text" or entry.raises_thread)
    values = {name: getattr(entry, name) for name in _COPIED}
    values["body"] = mask_card_numbers(entry.body)  # lines of the system have notes of people in them
    await uow.execute(
        insert(Message).values(
            practice_id=practice_id,
            id=message_id,
            thread_id=thread_id,
            seq=numbers.last_seq,
            revision=numbers.revision,
            author_id=entry.author.id,
            author_name=entry.author.name,
            author_kind=entry.author.kind,
            created_at=clock.now(),
            **values,
        )
    )
    if entry.pet_ids:
        rows = [{"practice_id": practice_id, "message_id": message_id, "pet_id": pet_id} for pet_id in entry.pet_ids]
        await uow.execute(insert(MessagePet), rows)
    uow.emit(Hint.thread(practice_id, thread_id, after=numbers.revision - 1))
    return message_id


async def has_copy_of(uow: UnitOfWork, practice_id: UUID, conversation_id: UUID, *, delivery_id: UUID) -> bool:
    statement = select(Message.id).where(
        Message.practice_id == practice_id,
        Message.conversation_id == conversation_id,
        Message.copied_delivery_id == delivery_id,
    )
    return (await uow.execute(statement)).one_or_none() is not None


async def touch_message(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """Something that is shown with the message changed: count it, so that screens follow."""
    thread_id = select(Message.thread_id).where(Message.practice_id == practice_id, Message.id == message_id).scalar_subquery()
    counted = (
        update(Thread)
        .where(Thread.practice_id == practice_id, Thread.id == thread_id)
        .values(revision=Thread.revision + 1)
        .returning(Thread.id, Thread.revision)
    )
    thread = (await uow.execute(counted)).one()
    changed = update(Message).where(Message.practice_id == practice_id, Message.id == message_id)
    await uow.execute(changed.values(revision=thread.revision))
    uow.emit(Hint.thread(practice_id, thread.id, after=thread.revision - 1))


async def touch_messages(uow: UnitOfWork, practice_id: UUID, message_ids: Sequence[UUID]) -> None:
    """As ``touch_message``, in one round trip for however many: an opt-out may withdraw a thousand texts."""
    if not message_ids:
        return
    for thread in await uow.execute(_TOUCH, {"practice_id": practice_id, "message_ids": list(message_ids)}):
        uow.emit(Hint.thread(practice_id, thread.id, after=thread.revision - thread.many))


_TOUCH = text("""
    WITH touched AS MATERIALIZED (
        SELECT m.id, m.thread_id, row_number() OVER (PARTITION BY m.thread_id ORDER BY m.seq) AS nth,
            count(*) OVER (PARTITION BY m.thread_id) AS many
        FROM message m WHERE m.practice_id = :practice_id AND m.id = ANY(CAST(:message_ids AS uuid[]))
    ), counted AS (
        UPDATE thread t SET revision = t.revision + c.many
        FROM (SELECT DISTINCT k.thread_id, k.many FROM touched k) c
        WHERE t.practice_id = :practice_id AND t.id = c.thread_id
        RETURNING t.id, t.revision, c.many
    ), renumbered AS (
        UPDATE message m SET revision = c.revision - c.many + k.nth
        FROM touched k JOIN counted c ON c.id = k.thread_id
        WHERE m.practice_id = :practice_id AND m.id = k.id
    )
    SELECT c.id, c.revision, c.many FROM counted c
""")
_COPIED = (
    "conversation_id",
    "body",
    "kind",
    "channel",
    "client_id",
    "request_hash",
    "has_attachments",
    "files_waiting",
    "is_from_shared_number",
    "copied_delivery_id",
    "occurred_at",
    "prompt",
    "other_clinic_id",
)


async def _next_numbers(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, is_text: bool) -> Any:
    counted = update(Thread).where(Thread.practice_id == practice_id, Thread.id == thread_id)
    latest = {"last_message_at": func.greatest(Thread.last_message_at, clock.now())} if is_text else {}
    statement = counted.values(last_seq=Thread.last_seq + 1, revision=Thread.revision + 1, **latest)
    return (await uow.execute(statement.returning(Thread.last_seq, Thread.revision))).one()
