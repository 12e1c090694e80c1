"""Reading reports and who wrote what. They name tables of threads and families in plain SQL: one look shows all of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.moderation.views import ReportState
from pawline.platform.actor import Actor
from pawline.platform.cursors import read_cursor
from pawline.platform.db import UnitOfWork
from pawline.threads.access import sql_visible, visible_clinic_ids, visible_kinds

MOST_COUNTED = 100
_SHOWN = """
SELECT r.id, r.reason, r.words, r.created_at AS reported_at, w.name AS reporter_name, w.kind AS reporter_kind,
    r.resolved_at, s.name AS resolved_by_name, r.resolved_by_id, r.outcome, r.resolution,
    m.id AS message_id, m.thread_id, t.clinic_id, y.name AS family_name, m.seq, m.kind, m.channel,
    m.author_id, m.author_name, m.author_kind,
    CASE WHEN m.deleted_at IS NULL THEN m.body ELSE '' END AS body,
    m.has_attachments, m.created_at AS written_at, m.deleted_at, m.is_removed,
    m.is_from_shared_number, (
        SELECT v.contact_number FROM conversation v WHERE v.practice_id = m.practice_id AND v.id = m.conversation_id
    ) AS contact_number
FROM report r
JOIN message m ON m.practice_id = r.practice_id AND m.id = r.message_id
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN family y ON y.practice_id = t.practice_id AND y.id = t.family_id
JOIN person w ON w.practice_id = r.practice_id AND w.id = r.reporter_id
LEFT JOIN person s ON s.practice_id = r.practice_id AND s.id = r.resolved_by_id
WHERE r.practice_id = :practice_id AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
"""
_STATES = {"open": "AND r.resolved_at IS NULL", "resolved": "AND r.resolved_at IS NOT NULL"}
_BEFORE = "AND (r.created_at, r.id) < (:before_at, :before_id)"
_ONE = text(f"{_SHOWN} AND r.id = :report_id")
_LOCK = text("""
SELECT r.id FROM report r
WHERE r.practice_id = :practice_id AND r.message_id = (
    SELECT o.message_id FROM report o WHERE o.practice_id = :practice_id AND o.id = :report_id)
ORDER BY r.id
FOR UPDATE
""")
_COUNT_OPEN = text("""
SELECT count(*) FROM (
    SELECT FROM report r
    JOIN message m ON m.practice_id = r.practice_id AND m.id = r.message_id
    JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
    WHERE r.practice_id = :practice_id AND r.resolved_at IS NULL AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
    LIMIT :most) found
""")
_HAS_WRITTEN = """
SELECT p.id, p.name, p.kind FROM person p
WHERE p.practice_id = :practice_id AND p.id = :person_id AND p.kind IN ('staff', 'contact') AND EXISTS (
    SELECT FROM message m
    JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
    WHERE m.practice_id = :practice_id AND m.author_id = :person_id AND m.kind = ANY(CAST(:kinds AS text[]))
        AND NOT m.is_from_shared_number
        AND {visible})
"""
_WRITTEN_SINCE = """
SELECT m.id FROM message m
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
WHERE m.practice_id = :practice_id AND m.author_id = :person_id AND m.created_at >= :since AND {visible}
"""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """``cursor`` is the ``next_cursor`` of the page before."""

    cursor: str | None = None
    limit: int = 50


async def reports_of(uow: UnitOfWork, actor: Actor, request: ListRequest, *, state: ReportState) -> Sequence[Any]:
    """Newest first, one more than the limit if there are more."""
    statement = (
        f"{_SHOWN} {_STATES[state]} {_BEFORE if request.cursor else ''} ORDER BY r.created_at DESC, r.id DESC LIMIT :limit"
    )
    return (await uow.execute(text(statement), {**access(actor), **page(request)})).all()


async def report_of(uow: UnitOfWork, actor: Actor, report_id: UUID) -> Any | None:
    return (await uow.execute(_ONE, {**access(actor), "report_id": report_id})).one_or_none()


async def lock_reports_beside(uow: UnitOfWork, actor: Actor, report_id: UUID) -> None:
    """Hold this report and all others of the same message until the commit."""
    await uow.execute(_LOCK, {"practice_id": actor.practice_id, "report_id": report_id})


async def count_open(uow: UnitOfWork, actor: Actor) -> int:
    return (await uow.execute(_COUNT_OPEN, {**access(actor), "most": MOST_COUNTED})).scalar_one()


async def author_to(uow: UnitOfWork, actor: Actor, person_id: UUID) -> Any | None:
    """A person who has written something that the actor sees or, if it was not for the block, would see."""
    values = {"practice_id": actor.practice_id, "person_id": person_id, "kinds": list(visible_kinds(actor))}
    visible, access = sql_visible(actor)
    return (await uow.execute(text(_HAS_WRITTEN.format(visible=visible)), {**values, **access})).one_or_none()


async def messages_since(uow: UnitOfWork, actor: Actor, person_id: UUID, *, since: datetime) -> Sequence[UUID]:
    """What the person has written in the actor's threads since that moment."""
    values = {"practice_id": actor.practice_id, "person_id": person_id, "since": since}
    visible, access = sql_visible(actor)
    return (await uow.execute(text(_WRITTEN_SINCE.format(visible=visible)), {**values, **access})).scalars().all()


def access(actor: Actor) -> dict[str, Any]:
    return {"practice_id": actor.practice_id, "clinic_ids": list(visible_clinic_ids(actor))}


def page(request: ListRequest) -> dict[str, Any]:
    """Values for a statement that ends with its limit and, if there is a cursor, begins before that place."""
    values: dict[str, Any] = {"limit": request.limit + 1}
    if request.cursor:
        values["before_at"], values["before_id"] = read_cursor(request.cursor)
    return values
