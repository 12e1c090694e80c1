"""Read marks: how far each person has read."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.threads.access import visible_messages
from pawline.threads.desk import Desk
from pawline.threads.mention_rows import mentions_seen
from pawline.threads.models import Message, ReadMark
from pawline.threads.queries import visible_to
from pawline.threads.service import next_revision
from pawline.threads.views import ReadMarkView

_COLUMNS = (ReadMark.up_to_seq, ReadMark.revision, ReadMark.read_at, ReadMark.marked_unread_seq)


class NothingToRead(Conflict):
    code = "nothing_to_read"


async def mark_read(desk: Desk, reader: Actor, thread_id: UUID, *, up_to_seq: int) -> ReadMarkView:
    """Say that ``reader`` has read up to a message. A read mark never moves back, nor beyond the last message."""
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, reader, thread_id, for_update=True)
        mark = await _mark_of(uow, reader, thread_id)
        up_to_seq = min(up_to_seq, thread.last_seq)
        if mark is None or mark.up_to_seq < up_to_seq:
            reached = {"up_to_seq": up_to_seq, "read_at": clock.now(), "marked_unread_seq": None}
            mark = await _set(uow, reader, thread, values=reached)
            await mentions_seen(uow, reader, thread_id, up_to_seq=up_to_seq)
        elif mark.marked_unread_seq is not None and mark.marked_unread_seq <= up_to_seq:
            mark = await _set(uow, reader, thread, values={**_kept(mark), "marked_unread_seq": None})
    # After the commit: whoever records while holding the thread, and whoever loads it, would wait for each other.
    await desk.openings.record(desk.database, reader, thread_id)
    return _view(reader, mark)


async def mark_unread(desk: Desk, reader: Actor, thread_id: UUID) -> ReadMarkView:
    """Let the latest message of somebody else stand as unread, for ``reader`` alone; what others see as read stays read.

    Raises:
        NothingToRead: nobody else has written anything there.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, reader, thread_id, for_update=True)
        mark = await _mark_of(uow, reader, thread_id)
        latest = (await uow.execute(_latest_for(reader, thread_id))).scalar_one_or_none()
        if latest is None:
            raise NothingToRead("Nobody else has written here yet, so there is nothing to mark as unread.")
        if mark is None:  # everything is unread as it is
            mark = await _set(uow, reader, thread, values={"up_to_seq": 0, "read_at": clock.now(), "marked_unread_seq": None})
        elif mark.up_to_seq >= latest != mark.marked_unread_seq:
            mark = await _set(uow, reader, thread, values={**_kept(mark), "marked_unread_seq": latest})
        return _view(reader, mark)


def _latest_for(reader: Actor, thread_id: UUID) -> Select[Any]:
    return select(func.max(Message.seq)).where(
        Message.thread_id == thread_id,
        Message.kind == "text",
        Message.author_id != reader.person_id,
        visible_messages(reader),
    )


def _kept(mark: Any) -> dict[str, Any]:
    return {"up_to_seq": mark.up_to_seq, "read_at": mark.read_at}


async def _mark_of(uow: UnitOfWork, reader: Actor, thread_id: UUID) -> Any | None:
    statement = select(*_COLUMNS).where(
        ReadMark.practice_id == reader.practice_id, ReadMark.thread_id == thread_id, ReadMark.person_id == reader.person_id
    )
    return (await uow.execute(statement)).one_or_none()


async def _set(uow: UnitOfWork, reader: Actor, thread: Any, *, values: dict[str, Any]) -> Any:
    key = {"practice_id": thread.practice_id, "thread_id": thread.id, "person_id": reader.person_id}
    values = {**values, "revision": await next_revision(uow, thread)}
    statement = (
        insert(ReadMark)
        .values(**key, **values)
        .on_conflict_do_update(constraint="pk_read_mark", set_=values)
        .returning(*_COLUMNS)
    )
    return (await uow.execute(statement)).one()


def _view(reader: Actor, mark: Any) -> ReadMarkView:
    return ReadMarkView(
        person_id=reader.person_id,
        person_name=reader.name,
        person_kind=reader.kind,
        up_to_seq=mark.up_to_seq,
        revision=mark.revision,
        read_at=mark.read_at,
        marked_unread_seq=mark.marked_unread_seq,
    )
