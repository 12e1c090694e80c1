"""Whether the practice takes no texts from a number. Blocks are set in moderation, which stands above; here they are read."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import Pair


async def block_in_force(uow: UnitOfWork, pair: Pair) -> UUID | None:
    """The block by which texts of this number are held (C15): its own, or that of a contact if all who have it are blocked.

    Of several, the first that was set.
    """
    values = {"practice_id": pair.practice_id, "number": pair.contact_number}
    return (await uow.execute(_IN_FORCE, values)).scalar_one_or_none()


_IN_FORCE = text("""
SELECT b.id FROM practice_block b
WHERE b.practice_id = :practice_id AND b.lifted_at IS NULL AND (
    b.contact_number = :number
    OR b.contact_id IN (SELECT k.contact_id FROM contact_number k WHERE k.practice_id = :practice_id AND k.number = :number)
    AND NOT EXISTS (
        SELECT FROM contact_number k
        LEFT JOIN practice_block x ON x.practice_id = k.practice_id AND x.contact_id = k.contact_id AND x.lifted_at IS NULL
        WHERE k.practice_id = :practice_id AND k.number = :number AND x.id IS NULL))
ORDER BY b.contact_number IS NULL, b.since, b.id
LIMIT 1
""")
