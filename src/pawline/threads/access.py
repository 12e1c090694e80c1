"""The one predicate of what may be seen: lists, search, counts, files, live frames and notifications all ask here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_

from pawline.platform.actor import Actor, Role
from pawline.threads.models import Message, Thread


def visible_clinic_ids(actor: Actor) -> tuple[UUID, ...]:
    """Staff from senior on see the threads of all their clinics; basic staff see those of their schedule, and so far none."""
    if actor.role is None or actor.role is Role.BASIC:  # asked for each reader of each frame, so without a look-up of ranks
        return ()
    return actor.clinic_ids


def may_see_thread(actor: Actor, *, clinic_id: UUID, family_id: UUID) -> bool:
    """Staff see the threads of the clinics they work at, a practice owner those of all clinics; a family sees its own threads."""
    return clinic_id in visible_clinic_ids(actor) or (actor.family_id is not None and family_id == actor.family_id)


def visible_threads(actor: Actor) -> ColumnElement[bool]:
    """The same as ``may_see_thread``, for a query on threads."""
    clinic_ids = visible_clinic_ids(actor)
    in_clinic = Thread.clinic_id.in_(clinic_ids) if clinic_ids else false()
    in_family = Thread.family_id == actor.family_id if actor.family_id else false()
    return and_(Thread.practice_id == actor.practice_id, or_(in_clinic, in_family))


def sees_notes(actor: Actor) -> bool:
    return actor.is_staff


FAMILY_KINDS = ("text",)
TEAM_KINDS = ("text", "note", "reminder_copy", "system")


def visible_kinds(actor: Actor) -> tuple[str, ...]:
    return TEAM_KINDS if sees_notes(actor) else FAMILY_KINDS


def visible_messages(actor: Actor) -> ColumnElement[bool]:
    """Which entries of a visible thread the actor sees: notes stay within the practice, and blocked people unheard."""
    heard = [or_(Message.author_id != blocked_id, Message.created_at < since) for blocked_id, since in actor.blocked]
    return and_(Message.practice_id == actor.practice_id, Message.kind.in_(visible_kinds(actor)), *heard)


def is_unheard(actor: Actor, *, author_id: UUID, written_at: datetime) -> bool:
    """Written by somebody after the actor had blocked them. They are the actor's own blocks; others get the message."""
    return any(author_id == blocked_id and written_at >= since for blocked_id, since in actor.blocked)


def sql_heard(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The same for plain SQL on ``message m``: one more condition and its values; nothing for all who block nobody."""
    if not actor.blocked:
        return "", {}
    blocked_ids, blocked_since = zip(*actor.blocked, strict=True)
    return _HEARD, {"blocked_ids": list(blocked_ids), "blocked_since": list(blocked_since)}


_HEARD = """AND NOT EXISTS (
    SELECT FROM unnest(CAST(:blocked_ids AS uuid[]), CAST(:blocked_since AS timestamptz[])) AS b(id, since)
    WHERE b.id = m.author_id AND b.since <= m.created_at)"""


def sql_access(actor: Actor) -> dict[str, Any]:
    """The predicate's values for plain SQL: ``clinic_id = ANY(:clinic_ids) OR family_id = :family_id``."""
    return {"clinic_ids": list(visible_clinic_ids(actor)), "family_id": actor.family_id}
