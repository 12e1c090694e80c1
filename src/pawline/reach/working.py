"""Whether a colleague still works where they are given something to do. It names tables of practices in plain SQL."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

# Held until the commit: somebody who leaves, or moves to another clinic, at this moment gets nothing any more.
_HOLD = text("""
SELECT m.id FROM staff_member m WHERE m.practice_id = :practice_id AND m.id = :staff_id AND m.left_at IS NULL FOR SHARE
""")
_WORKS_AT = text("""
SELECT EXISTS (
    SELECT FROM staff_member m
    WHERE m.practice_id = :practice_id AND m.id = :staff_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id)))
""")


async def hold_colleague(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> bool:
    """The thread is locked first. False: they work here no more."""
    return (await uow.execute(_HOLD, {"practice_id": practice_id, "staff_id": staff_id})).first() is not None


async def hold_colleague_at(uow: UnitOfWork, practice_id: UUID, staff_id: UUID, *, clinic_id: UUID) -> bool:
    """As ``hold_colleague``; False also where they work at other clinics alone, as seen once whoever moves them is done."""
    if not await hold_colleague(uow, practice_id, staff_id):
        return False
    key = {"practice_id": practice_id, "staff_id": staff_id, "clinic_id": clinic_id}
    return (await uow.execute(_WORKS_AT, key)).scalar_one()
