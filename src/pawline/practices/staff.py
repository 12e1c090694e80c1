"""Who works at a practice, and who did: reading them, and writing what changes. What else a change brings about: ``team``."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, text, update

from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden, NotFound
from pawline.platform.person import Person
from pawline.practices.models import StaffClinic, StaffMember
from pawline.practices.staff_past import keep_staff_past
from pawline.practices.views import StaffMemberView, Team

_TEAM = text("""
SELECT m.*, p.name,
    ARRAY(SELECT x.clinic_id FROM staff_clinic x
          WHERE x.practice_id = m.practice_id AND x.staff_id = m.id ORDER BY x.clinic_id) AS clinic_ids,
    (SELECT max(l.expires_at) FROM password_link l
     WHERE l.practice_id = m.practice_id AND l.staff_id = m.id AND l.used_at IS NULL) AS link_expires_at,
    w.email AS new_email, w.expires_at AS new_email_until, z.refused_at AS mail_refused_at, z.words AS mail_words,
    EXISTS (SELECT FROM authenticator a WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.confirmed_at IS NOT NULL)
        OR EXISTS (SELECT FROM staff_passkey k WHERE k.practice_id = m.practice_id AND k.staff_id = m.id) AS has_second_step
FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
LEFT JOIN staff_address_change w ON w.practice_id = m.practice_id AND w.staff_id = m.id AND w.confirmed_at IS NULL
LEFT JOIN staff_mail_refusal z ON z.practice_id = m.practice_id AND z.staff_id = m.id AND z.email = m.email
WHERE m.practice_id = :practice_id AND (CAST(:staff_id AS uuid) IS NULL OR m.id = :staff_id)
ORDER BY lower(p.name), m.id
""")
_OTHER_OWNERS = text("""
SELECT count(*) FROM staff_member m
WHERE m.practice_id = :practice_id AND m.id <> :staff_id AND m.role = 'practice_owner' AND m.left_at IS NULL
    AND m.password_hash IS NOT NULL
""")
_DECIDES_WHO_READS = frozenset({"role", "left_at"})
_ABOVE = "Only a practice owner can do this for somebody whose role is above yours."


async def lock_team(uow: UnitOfWork, practice_id: UUID) -> None:
    """One change of a team after the other: two that fit each by itself may not fit together."""
    await uow.lock(f"team {practice_id}")


async def team_of(uow: UnitOfWork, actor: Actor) -> Team:
    views = [staff_view(row) for row in await uow.execute(_TEAM, {"practice_id": actor.practice_id, "staff_id": None})]
    left = sorted((each for each in views if each.left_at), key=lambda each: str(each.left_at), reverse=True)
    return Team(staff=[each for each in views if each.left_at is None], former=left)


async def require_member(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> Any:
    """Whoever works there or did. Raises NotFound."""
    member = (await uow.execute(_TEAM, {"practice_id": practice_id, "staff_id": staff_id})).one_or_none()
    if member is None:
        raise NotFound
    return member


async def require_colleague(uow: UnitOfWork, actor: Actor, staff_id: UUID) -> Any:
    """Raises NotFound when nobody of this id works at the actor's practice, Forbidden when their role is above the actor's."""
    member = await require_member(uow, actor.practice_id, staff_id)
    if member.left_at is not None:
        raise NotFound
    require_not_above(actor, Role(member.role))
    return member


def require_not_above(actor: Actor, role: Role) -> None:
    if actor.role is None or not actor.role.is_at_least(role):
        raise Forbidden(_ABOVE)


async def has_other_owner(uow: UnitOfWork, member: Any) -> bool:
    """One who can sign in: somebody who was only invited may never come."""
    found = await uow.execute(_OTHER_OWNERS, {"practice_id": member.practice_id, "staff_id": member.id})
    return found.scalar_one() > 0


async def write_member(uow: UnitOfWork, member: Any, *, name: str, clinic_ids: Sequence[UUID], **values: Any) -> StaffMemberView:
    """Store what a staff member is from now on; what they were is kept where it decided who reads."""
    is_elsewhere = set(clinic_ids) != set(member.clinic_ids)
    if is_elsewhere or not _DECIDES_WHO_READS.isdisjoint(values):
        await keep_staff_past(uow, member)
    own = (StaffMember.practice_id == member.practice_id, StaffMember.id == member.id)
    await uow.execute(update(StaffMember).where(*own).values(revision=StaffMember.revision + 1, **values))
    if name != member.name:
        of_person = (Person.practice_id == member.practice_id, Person.id == member.id)
        await uow.execute(update(Person).where(*of_person).values(name=name))
    if is_elsewhere:
        await _put_at(uow, member, clinic_ids)
    return staff_view(await require_member(uow, member.practice_id, member.id))


async def _put_at(uow: UnitOfWork, member: Any, clinic_ids: Sequence[UUID]) -> None:
    key = {"practice_id": member.practice_id, "staff_id": member.id}
    own = (StaffClinic.practice_id == member.practice_id, StaffClinic.staff_id == member.id)
    await uow.execute(delete(StaffClinic).where(*own))
    await uow.execute(insert(StaffClinic), [{**key, "clinic_id": clinic_id} for clinic_id in clinic_ids])


def staff_view(row: Any) -> StaffMemberView:
    has_password = row.password_hash is not None
    return StaffMemberView(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        job_title=row.job_title,
        clinic_ids=list(row.clinic_ids),
        has_password=has_password,
        invited_until=None if has_password or row.left_at else row.link_expires_at,
        new_email=row.new_email,
        new_email_until=row.new_email_until,
        left_at=row.left_at,
        revision=row.revision,
        mail_refused_at=row.mail_refused_at,
        mail_words=row.mail_words,
        has_second_step=row.has_second_step,
    )
