"""Colleagues: to whom a conversation can be handed, and who may answer what is in the queue."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text

from pawline.inbox.hand_off_views import ClinicTeam, Colleague, HandOffChoices, QueueMember, QueueTeam, RoleTeam
from pawline.inbox.handing_elsewhere import clinics_elsewhere
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.practices.service import clinic_views
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk
from pawline.threads.queries import visible_to

_PEOPLE = text("""
SELECT m.id AS staff_id, p.name, m.job_title, m.role, m.role = 'basic' AND NOT EXISTS (
    SELECT FROM appointment a
    WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.clinic_id = :clinic_id AND a.family_id = :family_id
        AND a.on_date = :today AND a.status <> 'cancelled') AS needs_grant,
    o.staff_id IS NOT NULL AS is_off_duty, o.until AS off_duty_until, z.staff_id IS NOT NULL AS is_mail_refused
FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
LEFT JOIN off_duty o ON o.practice_id = m.practice_id AND o.staff_id = m.id AND (o.until IS NULL OR o.until > :now)
LEFT JOIN staff_mail_refusal z ON z.practice_id = m.practice_id AND z.staff_id = m.id AND z.email = m.email
WHERE m.practice_id = :practice_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic x WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id))
ORDER BY lower(p.name), m.id
""")
_OF_CLINICS = text("""
SELECT m.id AS staff_id, p.name
FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
WHERE m.practice_id = :practice_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic x
    WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))))
ORDER BY lower(p.name), m.id
""")
_FORMER = text("""
SELECT m.id AS staff_id, p.name
FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
WHERE m.practice_id = :practice_id AND m.left_at IS NOT NULL AND (
    EXISTS (
        SELECT FROM conversation c JOIN thread t ON t.practice_id = c.practice_id AND t.id = c.thread_id
        WHERE c.practice_id = m.practice_id AND c.assignee_id = m.id AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
    OR EXISTS (
        SELECT FROM message w JOIN thread t ON t.practice_id = w.practice_id AND t.id = w.thread_id
        WHERE w.practice_id = m.practice_id AND w.author_id = m.id AND w.kind = 'text' AND w.deleted_at IS NULL
            AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))))
ORDER BY lower(p.name), m.id
""")


async def team_of_queue(desk: Desk, actor: Actor) -> QueueTeam:
    """Whoever works at a clinic whose threads the actor sees, and whoever left and answered in one of these, by name."""
    values = {"practice_id": actor.practice_id, "clinic_ids": list(visible_clinic_ids(actor))}
    async with desk.database.single_statements() as connection:
        people = _members(await connection.execute(_OF_CLINICS, values))
        return QueueTeam(people, _members(await connection.execute(_FORMER, values)))


async def hand_off_choices(desk: Desk, actor: Actor, thread_id: UUID) -> HandOffChoices:
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id)
        return await choices_at(uow, actor, thread)


async def choices_at(uow: UnitOfWork, actor: Actor, thread: Any) -> HandOffChoices:
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    now = clock.now()
    place = {"practice_id": actor.practice_id, "clinic_id": thread.clinic_id, "family_id": thread.family_id}
    moment = {"today": now.astimezone(ZoneInfo(clinic.timezone)).date(), "now": now}
    rows = (await uow.execute(_PEOPLE, {**place, **moment})).all()
    others = [msgspec.convert(row, Colleague, from_attributes=True) for row in rows if row.staff_id != actor.person_id]
    roles = [
        RoleTeam(role, names)
        for role in ("senior", "administrator", "practice_owner")
        if (names := [each.name for each in others if each.role == role])
    ]
    # Basic staff have no inbox, so nothing of a team reaches them.
    has_team = any(each.role != "basic" for each in others)
    own_team = [ClinicTeam(clinic.id, clinic.name)] if has_team else []
    return HandOffChoices(others, own_team, await clinics_elsewhere(uow, actor, thread), roles)


def _members(rows: Iterable[Any]) -> list[QueueMember]:
    return [msgspec.convert(row, QueueMember, from_attributes=True) for row in rows]
