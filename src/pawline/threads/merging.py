"""Merging the threads of two families that turn out to be one: conversations stay, messages stand in the order of writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update

from pawline.families.merging import move_people_and_pets, remove_empty_family
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import NotFound
from pawline.reach.service import move_grants, tell_who_reaches
from pawline.threads.access import visible_clinic_ids
from pawline.threads.anew import Kept, thread_anew
from pawline.threads.assigning import inherit_from_ended
from pawline.threads.desk import Desk
from pawline.threads.merging_mails import move_mails
from pawline.threads.merging_notices import place_notices
from pawline.threads.merging_sleep import inherit_sleep, renumber_sleep
from pawline.threads.models import Attachment, Conversation, ReadMark, Thread
from pawline.threads.opened import move_openings
from pawline.threads.partial_upload_model import PartialUpload
from pawline.threads.staff_drafts import move_drafts
from pawline.threads.triage_columns import AWAKE

_ORDER = text(files("pawline.threads").joinpath("merge_threads.sql").read_text())
_POSITIVE = text("UPDATE message SET seq = -seq WHERE practice_id = :practice_id AND thread_id = :target AND seq < 0")
# Who had not read something in either thread has not read it now: a mark stands before the first message that was unread. So is
# what they had marked as unread again, the first of two.
_READERS = text("""
WITH ordered AS (
    SELECT row_number() OVER (ORDER BY m.created_at, m.thread_id, m.seq) AS place, m.author_id, m.seq, m.thread_id
    FROM message m WHERE m.practice_id = :practice_id AND m.thread_id IN (:source, :target)
)
SELECT p.person_id, max(p.read_at) AS read_at, (
    SELECT min(o.place) - 1 FROM ordered o
    WHERE o.author_id <> p.person_id AND o.seq > coalesce((
        SELECT r.up_to_seq FROM read_mark r
        WHERE r.practice_id = :practice_id AND r.thread_id = o.thread_id AND r.person_id = p.person_id), 0)
) AS before_first_unread,
    min((SELECT o.place FROM ordered o WHERE o.thread_id = p.thread_id AND o.seq = p.marked_unread_seq)) AS marked_unread
FROM read_mark p
WHERE p.practice_id = :practice_id AND p.thread_id IN (:source, :target)
GROUP BY p.person_id
""")


@dataclass(frozen=True, slots=True)
class _Merged:
    """The kept thread's id comes first; ``revision`` is that of its last message."""

    thread_ids: tuple[UUID, UUID]
    last_seq: int
    revision: int


async def merge_families(desk: Desk, actor: Actor, *, source_id: UUID, target_id: UUID) -> None:
    """Make the source family part of the target family: people, pets, connections and threads; the source is gone then.

    Raises:
        NotFound: no such family at the actor's practice.
        Invalid: the two are one and the same.
    """
    async with desk.database.transaction() as uow:
        await move_people_and_pets(uow, actor.practice_id, source_id=source_id, target_id=target_id)
        threads = await _threads_of(uow, actor, source_id, target_id)
        if not threads.keys() <= set(visible_clinic_ids(actor)):
            raise NotFound
        for clinic_threads in threads.values():
            await _merge_at_clinic(uow, actor, clinic_threads, target_id=target_id)
        await remove_empty_family(uow, actor.practice_id, source_id)
        await tell_who_reaches(uow, actor.practice_id, family_id=target_id)


async def _threads_of(uow: UnitOfWork, actor: Actor, *family_ids: UUID) -> dict[UUID, list[Any]]:
    """By clinic; locked in one order."""
    statement = (
        select(Thread.__table__)
        .where(Thread.practice_id == actor.practice_id, Thread.family_id.in_(family_ids))
        .order_by(Thread.id)
        .with_for_update()
    )
    found: dict[UUID, list[Any]] = {}
    for row in await uow.execute(statement):
        found.setdefault(row.clinic_id, []).append(row)
    return found


async def _merge_at_clinic(uow: UnitOfWork, actor: Actor, threads: list[Any], *, target_id: UUID) -> None:
    target = next((thread for thread in threads if thread.family_id == target_id), threads[0])
    family_ids = list({target_id, *(thread.family_id for thread in threads)})
    kept = Kept(thread_id=target.id, clinic_id=target.clinic_id, family_ids=family_ids)
    for source in threads:
        if source.id != target.id:
            await _merge(uow, actor, source, target=target)
            uow.emit(thread_anew(actor.practice_id, source.id, kept))
    await uow.execute(
        update(Thread)
        .where(Thread.practice_id == actor.practice_id, Thread.id == target.id)
        .values(family_id=target_id, revision=Thread.revision + 1)
    )
    uow.emit(Hint.thread(actor.practice_id, target.id, after=0))
    uow.emit(thread_anew(actor.practice_id, target.id, kept))


async def _merge(uow: UnitOfWork, actor: Actor, source: Any, *, target: Any) -> None:
    values = {"practice_id": actor.practice_id, "source": source.id, "target": target.id}
    marks = (await uow.execute(_READERS, values)).all()
    revision = max(source.revision, target.revision)
    await place_notices(uow, actor.practice_id, source=source.id, target=target.id)
    await _move_conversations(uow, actor, source, target=target, revision=revision + 1)
    await uow.execute(_ORDER, {**values, "revision": revision + 1})
    await uow.execute(_POSITIVE, values)
    await move_mails(uow, actor.practice_id, source_id=source.id, target_id=target.id)
    for model in (Attachment, PartialUpload):
        moved = update(model).where(model.practice_id == actor.practice_id, model.thread_id == source.id)
        await uow.execute(moved.values(thread_id=target.id))
    await move_grants(uow, actor.practice_id, source_id=source.id, target_id=target.id)
    await move_openings(uow, actor.practice_id, source_id=source.id, target_id=target.id)
    merged = _Merged((target.id, source.id), source.last_seq + target.last_seq, revision + 1 + source.last_seq + target.last_seq)
    await move_drafts(uow, actor.practice_id, source_id=source.id, target_id=target.id, last_seq=merged.last_seq)
    await _set_marks(uow, actor, marks, merged=merged)
    await uow.execute(delete(Thread).where(Thread.practice_id == actor.practice_id, Thread.id == source.id))
    await uow.execute(
        update(Thread)
        .where(Thread.practice_id == actor.practice_id, Thread.id == target.id)
        .values(
            last_seq=merged.last_seq,
            revision=merged.revision + len(marks),
            last_message_at=max(source.last_message_at, target.last_message_at),
            open_conversation_id=target.open_conversation_id or source.open_conversation_id,
        )
    )


async def _move_conversations(uow: UnitOfWork, actor: Actor, source: Any, *, target: Any, revision: int) -> None:
    """All of them stay; where both threads have one open, that of the source ends here."""
    own = (Conversation.practice_id == actor.practice_id, Conversation.thread_id.in_([source.id, target.id]))
    if source.open_conversation_id is not None and target.open_conversation_id is not None:
        open_ids = {"source_id": source.open_conversation_id, "target_id": target.open_conversation_id}
        await inherit_sleep(uow, actor.practice_id, **open_ids)
        ended = update(Conversation).where(*own, Conversation.id == source.open_conversation_id)
        await uow.execute(ended.values(ended_at=clock.now(), ended_by_id=actor.person_id, back_at=None, **AWAKE))
        await inherit_from_ended(uow, actor.practice_id, **open_ids, revision=revision)
    await renumber_sleep(uow, actor.practice_id, source=source.id, target=target.id)
    await uow.execute(update(Conversation).where(*own).values(thread_id=target.id, revision=revision))


async def _set_marks(uow: UnitOfWork, actor: Actor, marks: Sequence[Any], *, merged: "_Merged") -> None:
    old = delete(ReadMark).where(ReadMark.practice_id == actor.practice_id, ReadMark.thread_id.in_(merged.thread_ids))
    await uow.execute(old)
    for number, mark in enumerate(marks, start=1):
        up_to_seq = merged.last_seq if mark.before_first_unread is None else mark.before_first_unread
        # What lies beyond the mark is unread as it is.
        marked_seq = mark.marked_unread if mark.marked_unread is not None and mark.marked_unread <= up_to_seq else None
        reached = {"up_to_seq": up_to_seq, "marked_unread_seq": marked_seq}
        values = {**reached, "revision": merged.revision + number, "read_at": mark.read_at}
        key = {"practice_id": actor.practice_id, "thread_id": merged.thread_ids[0], "person_id": mark.person_id}
        await uow.execute(insert(ReadMark).values(**key, **values))
