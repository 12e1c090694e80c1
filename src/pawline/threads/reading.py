"""Read marks: how far each person has read."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.threads.desk import Desk
from pawline.threads.models import ReadMark
from pawline.threads.queries import visible_to
from pawline.threads.service import next_revision
from pawline.threads.views import ReadMarkView


async def mark_read(desk: Desk, reader: Actor, thread_id: UUID, *, up_to_seq: int) -> ReadMarkView:
    """Say that ``reader`` has read up to a message. A read mark never moves back, nor beyond the last message."""
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, reader, thread_id, for_update=True)
        mark = await _mark_of(uow, reader, thread_id)
        up_to_seq = min(up_to_seq, thread.last_seq)
        if mark is None or mark.up_to_seq < up_to_seq:
            mark = await _move(uow, reader, thread, up_to_seq=up_to_seq)
    return ReadMarkView(
        person_id=reader.person_id,
        person_name=reader.name,
        person_kind=reader.kind,
        up_to_seq=mark.up_to_seq,
        revision=mark.revision,
        read_at=mark.read_at,
    )


async def _mark_of(uow: UnitOfWork, reader: Actor, thread_id: UUID) -> Any | None:
    statement = select(ReadMark.up_to_seq, ReadMark.revision, ReadMark.read_at).where(
        ReadMark.practice_id == reader.practice_id, ReadMark.thread_id == thread_id, ReadMark.person_id == reader.person_id
    )
    return (await uow.execute(statement)).one_or_none()


async def _move(uow: UnitOfWork, reader: Actor, thread: Any, *, up_to_seq: int) -> Any:
    key = {"practice_id": thread.practice_id, "thread_id": thread.id, "person_id": reader.person_id}
    values = {"up_to_seq": up_to_seq, "revision": await next_revision(uow, thread), "read_at": clock.now()}
    statement = (
        insert(ReadMark)
        .values(**key, **values)
        .on_conflict_do_update(constraint="pk_read_mark", set_=values)
        .returning(ReadMark.up_to_seq, ReadMark.revision, ReadMark.read_at)
    )
    return (await uow.execute(statement)).one()
