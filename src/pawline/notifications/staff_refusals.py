"""Addresses of the team that take no e-mail: marked, and told once to those who manage the team."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork
from pawline.platform.jobs import defer
from pawline.platform.mail_queue import STAFF_TAKES_MAIL

TOLD_TASK = "tell_of_refused_staff_address"
TRY_TASK = "try_staff_address"

# What is marked already stays as it was noted first, and is told to nobody again.
_MARK = text("""
INSERT INTO staff_mail_refusal AS r (practice_id, staff_id, email, refused_at, words)
SELECT s.practice_id, s.id, s.email, :now, :words
FROM staff_member s
WHERE s.practice_id = :practice_id AND s.email = :email AND s.left_at IS NULL
ON CONFLICT (practice_id, staff_id)
DO UPDATE SET email = excluded.email, refused_at = excluded.refused_at, words = excluded.words
    WHERE r.email <> excluded.email
RETURNING r.staff_id
""")
# Of the marked staff member ``w``: who manages the team there, and can be told.
MANAGES_TEAM_OF = f"""s.practice_id = w.practice_id AND s.id <> w.id AND s.left_at IS NULL AND s.password_hash IS NOT NULL
    AND s.role IN ('administrator', 'practice_owner') AND {STAFF_TAKES_MAIL}
    AND (s.role = 'practice_owner' OR w.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x
        JOIN staff_clinic o ON o.practice_id = x.practice_id AND o.clinic_id = x.clinic_id AND o.staff_id = w.id
        WHERE x.practice_id = s.practice_id AND x.staff_id = s.id))"""
_MANAGERS = text(f"""
SELECT s.id FROM staff_member w JOIN staff_member s ON {MANAGES_TEAM_OF}
WHERE w.practice_id = :practice_id AND w.id = :staff_id
ORDER BY s.id
""")  # noqa: S608 - made of constants


async def mark_staff_refused(uow: UnitOfWork, practice_id: UUID, values: Mapping[str, object]) -> None:
    """``values``: email, words and now. Nothing happens where nobody of the team has the address."""
    for staff_id in (await uow.execute(_MARK, {**values, "practice_id": practice_id})).scalars().all():
        await _tell(uow, practice_id, staff_id)


async def _tell(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    managers = (await uow.execute(_MANAGERS, {"practice_id": practice_id, "staff_id": staff_id})).scalars().all()
    for to_id in managers:
        await defer(uow, TOLD_TASK, practice_id=str(practice_id), staff_id=str(staff_id), to_id=str(to_id))
