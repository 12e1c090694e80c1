"""Calling colleagues in a note: who can be called, and whom notes call. The family never learns of either."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select, text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.practices.service import clinic_views
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.models import Thread
from pawline.threads.queries import stored_message, visible_to

# Of whom works at the thread's clinic: who can read the thread at this moment. The same as ``may_see_thread`` for all of them.
_TEAM = text("""
SELECT m.id AS staff_id, p.name, m.job_title, m.role <> 'basic' OR EXISTS (
    SELECT FROM appointment a
    WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.clinic_id = :clinic_id AND a.family_id = :family_id
        AND a.on_date = :today AND a.status <> 'cancelled') OR EXISTS (
    SELECT FROM thread_grant g
    WHERE g.practice_id = m.practice_id AND g.staff_id = m.id AND g.thread_id = :thread_id
        AND g.ended_at IS NULL AND g.until > :now) AS can_read,
    o.staff_id IS NOT NULL AS is_off_duty, o.until AS off_duty_until, z.staff_id IS NOT NULL AS is_mail_refused
FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
LEFT JOIN off_duty o ON o.practice_id = m.practice_id AND o.staff_id = m.id AND (o.until IS NULL OR o.until > :now)
LEFT JOIN staff_mail_refusal z ON z.practice_id = m.practice_id AND z.staff_id = m.id AND z.email = m.email
WHERE m.practice_id = :practice_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic x WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id))
ORDER BY lower(p.name), m.id
""")


class TeamMember(msgspec.Struct, frozen=True):
    """Somebody who works at the thread's clinic. ``can_read``: they see the thread at this moment, so a note can call them.

    ``off_duty_until`` is missing on duty, and off duty until they say otherwise. ``is_mail_refused``: e-mails to them come back.
    """

    staff_id: UUID
    name: str
    job_title: str
    can_read: bool
    is_off_duty: bool
    off_duty_until: datetime | None
    is_mail_refused: bool


class ThreadTeam(msgspec.Struct, frozen=True):
    members: list[TeamMember]


async def team_of_thread(desk: Desk, actor: Actor, thread_id: UUID) -> ThreadTeam:
    """All but the actor, by name."""
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id)
        return ThreadTeam([member for member in await _team(uow, thread) if member.staff_id != actor.person_id])


async def require_callable(desk: Desk, author: Actor, draft: MessageDraft, *, thread_id: UUID) -> None:
    """Raises Invalid where the draft calls somebody who cannot read the thread; a note that is stored already stays welcome."""
    if draft.kind != "note":
        raise Invalid.field("mention_ids", "can be named in a note only; the family would read the message")
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, author, thread_id)
        readers = {member.staff_id for member in await _team(uow, thread) if member.can_read}
        if not set(draft.mention_ids) <= readers and await stored_message(uow.connection, author, draft.client_id) is None:
            raise Invalid.field("mention_ids", "names somebody who cannot read this thread today")


async def can_read(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, staff_id: UUID) -> bool:
    """Whether this member of the team sees the thread at this moment."""
    statement = select(Thread.__table__).where(Thread.practice_id == practice_id, Thread.id == thread_id)
    thread = (await uow.execute(statement)).one()
    return any(member.staff_id == staff_id and member.can_read for member in await _team(uow, thread))


async def _team(uow: UnitOfWork, thread: Any) -> list[TeamMember]:
    [clinic] = await clinic_views(uow, thread.practice_id, [thread.clinic_id])
    now = clock.now()
    place = {"practice_id": thread.practice_id, "clinic_id": thread.clinic_id, "family_id": thread.family_id}
    moment = {"today": now.astimezone(ZoneInfo(clinic.timezone)).date(), "now": now}
    rows = await uow.execute(_TEAM, {**place, **moment, "thread_id": thread.id})
    return [msgspec.convert(row, TeamMember, from_attributes=True) for row in rows]
