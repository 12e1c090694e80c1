"""What a staff member has begun to write, kept for them alone: it is there on whichever computer they go on (D16)."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.text import require_storable
from pawline.threads.access import sql_visible
from pawline.threads.desk import Desk
from pawline.threads.drafts import LONGEST_BODY
from pawline.threads.models import Conversation
from pawline.threads.queries import visible_to
from pawline.threads.staff_draft_frames import draft_changed
from pawline.threads.staff_draft_model import StaffDraft

Place = Annotated[str, msgspec.Meta(pattern=r"\A(note|text( [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?)\Z")]

# What has been posted since is no draft any more, though whoever posted it may have gone before saying so. An earlier state of
# the same words may come late, too, and is what the message begins with.
_OWN = """
SELECT d.thread_id, d.place, d.body, d.revision FROM staff_draft d
JOIN thread t ON t.practice_id = d.practice_id AND t.id = d.thread_id
WHERE d.practice_id = :practice_id AND d.staff_id = :staff_id AND {visible} AND {which} AND NOT EXISTS (
    SELECT FROM message m
    WHERE m.practice_id = d.practice_id AND m.thread_id = d.thread_id AND m.seq > d.seen_up_to AND m.author_id = d.staff_id
        AND CASE d.place WHEN 'note' THEN m.kind = 'note' WHEN 'text' THEN m.kind = 'text' AND m.channel = 'app'
            ELSE m.kind = 'text' AND m.channel = 'sms' END
        AND starts_with(m.body, btrim(d.body, E' \\t\\r\\n')))
ORDER BY d.updated_at DESC, d.thread_id, d.place
LIMIT :most
"""
_IN_THREAD = "d.thread_id = :thread_id"
# Nobody can go on with what was begun for a text conversation that has ended.
_CAN_BE_SENT = """(d.place IN ('note', 'text') OR EXISTS (
    SELECT FROM conversation c
    WHERE c.practice_id = d.practice_id AND c.thread_id = d.thread_id AND c.ended_at IS NULL AND d.place = 'text ' || c.id))"""
_MOST_LISTED = 1000
# By the database's own clock, so that the revisions of one draft and the next rise in the order of writing.
_KEEP = text("""
INSERT INTO staff_draft AS d (practice_id, staff_id, thread_id, place, body, revision, seen_up_to, updated_at)
VALUES (:practice_id, :staff_id, :thread_id, :place, :body,
    CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint), :seen_up_to, :now)
ON CONFLICT ON CONSTRAINT pk_staff_draft DO UPDATE SET body = excluded.body, seen_up_to = excluded.seen_up_to,
    updated_at = excluded.updated_at, revision = greatest(d.revision + 1, excluded.revision)
""")
_RENUMBER = text("UPDATE staff_draft SET seen_up_to = :last_seq WHERE practice_id = :practice_id AND thread_id = :target_id")
# Of two drafts for one place both are words of the same person: they stand one after the other.
_MOVE = text("""
INSERT INTO staff_draft AS d (practice_id, staff_id, thread_id, place, body, revision, seen_up_to, updated_at)
SELECT practice_id, staff_id, :target_id, place, body, revision, :last_seq, updated_at
FROM staff_draft WHERE practice_id = :practice_id AND thread_id = :source_id
ON CONFLICT ON CONSTRAINT pk_staff_draft DO UPDATE SET
    body = CASE WHEN d.body = excluded.body THEN d.body ELSE left(d.body || E'\\n\\n' || excluded.body, :longest) END,
    revision = greatest(d.revision, excluded.revision) + 1, updated_at = greatest(d.updated_at, excluded.updated_at)
""")


class DraftWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``revision``: the last one that this screen knows of, 0 for none. ``seen_up_to``: the last message on it. An empty ``body``
    ends the draft."""

    place: Place
    body: Annotated[str, msgspec.Meta(max_length=LONGEST_BODY)]
    revision: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    seen_up_to: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0


class StaffDraftView(msgspec.Struct, frozen=True):
    """No draft is an empty ``body`` at ``revision`` 0. ``is_other``: of another screen, and kept instead of what was sent."""

    place: str
    body: str
    revision: int
    is_other: bool = False


class DraftPlace(msgspec.Struct, frozen=True):
    """Where something is begun, and not what."""

    thread_id: UUID
    place: str


async def own_draft_places(desk: Desk, actor: Actor) -> list[DraftPlace]:
    async with desk.database.single_statements() as connection:
        rows = await connection.execute(*_own(actor, _CAN_BE_SENT))
        return [DraftPlace(row.thread_id, row.place) for row in rows]


async def own_drafts(desk: Desk, actor: Actor, thread_id: UUID) -> list[StaffDraftView]:
    async with desk.database.transaction() as uow:
        await visible_to(uow.connection, actor, thread_id)
        return await _drafts(uow, actor, thread_id)


async def keep_draft(desk: Desk, actor: Actor, thread_id: UUID, *, words: DraftWords) -> StaffDraftView:
    """What is kept now: others, where another screen of the same person has written since ``words.revision``; none, where
    they were posted.

    Raises:
        NotFound: no such thread, or the actor may not see it.
        Invalid: words that cannot be stored, or a text conversation of another thread.
    """
    require_storable("body", words.body)
    body = mask_card_numbers(words.body)
    async with desk.database.transaction() as uow:
        await visible_to(uow.connection, actor, thread_id)
        await _require_place(uow, actor, thread_id, place=words.place)
        await uow.lock(f"drafts of {actor.person_id}")
        stored = await _draft_at(uow, actor, thread_id, place=words.place)
        # Whoever goes on with those very words has them in view, whatever came between.
        if stored.revision > words.revision and not body.startswith(stored.body):
            return msgspec.structs.replace(stored, is_other=True)
        if body.strip():
            await uow.execute(_KEEP, _values(actor, thread_id, words) | {"body": body, "now": clock.now()})
        kept = await _draft_at(uow, actor, thread_id, place=words.place) if body.strip() else _none(words.place)
        if not kept.body:
            await uow.execute(
                delete(StaffDraft).where(
                    StaffDraft.practice_id == actor.practice_id,
                    StaffDraft.staff_id == actor.person_id,
                    StaffDraft.thread_id == thread_id,
                    StaffDraft.place == words.place,
                )
            )
        uow.emit(draft_changed(actor, thread_id, place=words.place, revision=kept.revision))
        return kept


async def forget_drafts_of(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    await uow.execute(delete(StaffDraft).where(StaffDraft.practice_id == practice_id, StaffDraft.staff_id == staff_id))


async def move_drafts(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID, last_seq: int) -> None:
    """Two threads become one, with ``last_seq`` messages in a new order."""
    values = {"practice_id": practice_id, "target_id": target_id, "last_seq": last_seq}
    await uow.execute(_RENUMBER, values)
    await uow.execute(_MOVE, {**values, "source_id": source_id, "longest": LONGEST_BODY})


async def _require_place(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, place: str) -> None:
    _, _, conversation_id = place.partition(" ")
    if not conversation_id:
        return
    statement = select(Conversation.id).where(
        Conversation.practice_id == actor.practice_id,
        Conversation.thread_id == thread_id,
        Conversation.id == UUID(conversation_id),
    )
    if (await uow.execute(statement)).one_or_none() is None:
        raise Invalid.field("place", "names no conversation of this thread")


async def _draft_at(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, place: str) -> StaffDraftView:
    drafts = await _drafts(uow, actor, thread_id)
    return next((each for each in drafts if each.place == place), _none(place))


async def _drafts(uow: UnitOfWork, actor: Actor, thread_id: UUID) -> list[StaffDraftView]:
    rows: Sequence[Any] = (await uow.execute(*_own(actor, _IN_THREAD, thread_id=thread_id))).all()
    return [StaffDraftView(row.place, row.body, row.revision) for row in rows]


def _own(actor: Actor, which: str, **values: UUID) -> tuple[Any, dict[str, Any]]:
    visible, access = sql_visible(actor)
    key = {"practice_id": actor.practice_id, "staff_id": actor.person_id, "most": _MOST_LISTED}
    return text(_OWN.format(visible=visible, which=which)), {**key, **access, **values}


def _values(actor: Actor, thread_id: UUID, words: DraftWords) -> dict[str, Any]:
    key = {"practice_id": actor.practice_id, "staff_id": actor.person_id, "thread_id": thread_id}
    return {**key, "place": words.place, "seen_up_to": words.seen_up_to}


def _none(place: str) -> StaffDraftView:
    return StaffDraftView(place, "", 0)
