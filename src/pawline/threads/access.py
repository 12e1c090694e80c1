"""The one predicate of what may be seen: lists, search, counts, files, live frames and notifications all ask here."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, tuple_

from pawline.platform import clock
from pawline.platform.actor import Actor, Reach, Role
from pawline.threads.models import Message, Thread


def visible_clinic_ids(actor: Actor) -> tuple[UUID, ...]:
    """Staff from senior on see all threads of their clinics, a practice owner those of all clinics."""
    if actor.role is None or actor.role is Role.BASIC:  # asked for each reader of each frame, so without a look-up of ranks
        return ()
    return actor.clinic_ids


def reach_of(actor: Actor) -> tuple[Reach, ...]:
    """Basic staff see the threads of families with an appointment of theirs today, by the clinic's calendar, and those handed to
    them, while that lasts. It ends by the clock: an open socket sees no more after midnight, without anybody asking."""
    if not actor.reach:
        return ()
    now = clock.now()
    return tuple(reach for reach in actor.reach if now < reach.until)


def may_see_thread(actor: Actor, *, clinic_id: UUID, family_id: UUID) -> bool:
    """A family sees its own threads; staff see what their clinics and their reach allow."""
    if clinic_id in visible_clinic_ids(actor) or (actor.family_id is not None and family_id == actor.family_id):
        return True
    return any(reach.clinic_id == clinic_id and reach.family_id == family_id for reach in reach_of(actor))


def may_start_conversation(actor: Actor, *, clinic_id: UUID, family_id: UUID) -> bool:
    """Whoever sees a thread may start a conversation in it, but for basic staff to whom it was only handed."""
    ways = {reach.through for reach in reach_of(actor) if (reach.clinic_id, reach.family_id) == (clinic_id, family_id)}
    return may_see_thread(actor, clinic_id=clinic_id, family_id=family_id) and ways != {"hand_off"}


def seen_through(actor: Actor, *, clinic_id: UUID, family_id: UUID) -> Literal["family", "role", "schedule", "hand_off"]:
    """Why the actor may see this thread, which they may."""
    if actor.family_id is not None:
        return "family"
    ways = {reach.through for reach in reach_of(actor) if (reach.clinic_id, reach.family_id) == (clinic_id, family_id)}
    if not ways:
        return "role"
    return "schedule" if "schedule" in ways else "hand_off"


def visible_threads(actor: Actor) -> ColumnElement[bool]:
    """The same as ``may_see_thread``, for a query on threads."""
    clinic_ids, reach = visible_clinic_ids(actor), reach_of(actor)
    in_clinic = Thread.clinic_id.in_(clinic_ids) if clinic_ids else false()
    in_family = Thread.family_id == actor.family_id if actor.family_id else false()
    in_reach = tuple_(Thread.clinic_id, Thread.family_id).in_([(each.clinic_id, each.family_id) for each in reach])
    return and_(Thread.practice_id == actor.practice_id, or_(in_clinic, in_family, in_reach if reach else false()))


def sees_notes(actor: Actor) -> bool:
    return actor.is_staff


FAMILY_KINDS = ("text",)
TEAM_KINDS = ("text", "note", "reminder_copy", "system")


def visible_kinds(actor: Actor) -> tuple[str, ...]:
    return TEAM_KINDS if sees_notes(actor) else FAMILY_KINDS


def visible_messages(actor: Actor) -> ColumnElement[bool]:
    """Which entries of a visible thread the actor sees: notes stay within the practice, and blocked people unheard."""
    heard = [
        or_(Message.author_id != blocked_id, Message.created_at < since, Message.is_from_shared_number)
        for blocked_id, since in actor.blocked
    ]
    return and_(Message.practice_id == actor.practice_id, Message.kind.in_(visible_kinds(actor)), *heard)


def is_unheard(actor: Actor, *, author_id: UUID, written_at: datetime) -> bool:
    """Written by somebody after the actor had blocked them. They are the actor's own blocks; others get the message.

    Not for a text from a shared number: nobody knows who of several wrote it, so it is kept from nobody.
    """
    return any(author_id == blocked_id and written_at >= since for blocked_id, since in actor.blocked)


def sql_heard(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The same for plain SQL on ``message m``: one more condition and its values; nothing for all who block nobody."""
    if not actor.blocked:
        return "", {}
    blocked_ids, blocked_since = zip(*actor.blocked, strict=True)
    return _HEARD, {"blocked_ids": list(blocked_ids), "blocked_since": list(blocked_since)}


_HEARD = """AND NOT EXISTS (
    SELECT FROM unnest(CAST(:blocked_ids AS uuid[]), CAST(:blocked_since AS timestamptz[])) AS b(id, since)
    WHERE b.id = m.author_id AND b.since <= m.created_at AND NOT m.is_from_shared_number)"""


def sql_visible(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The same as ``may_see_thread``, for plain SQL on ``thread t``: a condition and its values."""
    if reach := reach_of(actor):
        clinic_ids, family_ids = zip(*((each.clinic_id, each.family_id) for each in reach), strict=True)
        return _IN_REACH, {"reach_clinic_ids": list(clinic_ids), "reach_family_ids": list(family_ids)}
    return _IN_CLINIC_OR_FAMILY, {"clinic_ids": list(visible_clinic_ids(actor)), "family_id": actor.family_id}


_IN_CLINIC_OR_FAMILY = "(t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) OR t.family_id = :family_id)"
_IN_REACH = """(t.clinic_id, t.family_id) IN (
    SELECT r.clinic_id, r.family_id
    FROM unnest(CAST(:reach_clinic_ids AS uuid[]), CAST(:reach_family_ids AS uuid[])) AS r(clinic_id, family_id))"""


def posting_access(actor: Actor) -> dict[str, Any]:
    """The same for the statements that store posts (``may_post_staff.sql``). Who has no reach says nothing of one."""
    access: dict[str, Any] = {"clinic_ids": visible_clinic_ids(actor), "family_id": actor.family_id}
    for reach in reach_of(actor):
        access.setdefault("scheduled" if reach.through == "schedule" else "handed", []).append(
            f"{reach.clinic_id}{reach.family_id}"
        )
    return access
