"""What colleagues handed to basic staff for this day. It names tables of threads and families in plain SQL."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.schedule.views import HandedThread, VisitingFamily, VisitingPet
from pawline.threads.queries import unread_of

_HANDED = text("""
SELECT t.practice_id, t.id, y.id AS family_id, y.name AS family_name, b.name AS by_name, g.granted_at, g.until, (
    SELECT coalesce(json_agg(json_build_array(e.id, e.name, e.species) ORDER BY e.created_at, e.name), '[]')
    FROM pet e
    WHERE e.practice_id = y.practice_id AND e.family_id = y.id AND e.died_on IS NULL) AS pets
FROM thread_grant g
JOIN thread t ON t.practice_id = g.practice_id AND t.id = g.thread_id AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
JOIN family y ON y.practice_id = t.practice_id AND y.id = t.family_id
JOIN person b ON b.practice_id = g.practice_id AND b.id = g.granted_by_id
WHERE g.practice_id = :practice_id AND g.staff_id = :staff_id AND g.ended_at IS NULL AND g.until > :now
ORDER BY g.granted_at, g.id
""")


async def handed_to(uow: UnitOfWork, actor: Actor) -> list[HandedThread]:
    """Oldest first."""
    own = {"practice_id": actor.practice_id, "staff_id": actor.person_id, "clinic_ids": list(actor.clinic_ids)}
    return [
        HandedThread(
            thread_id=row.id,
            family=VisitingFamily(row.family_id, row.family_name),
            pets=[VisitingPet(UUID(pet_id), name, species) for pet_id, name, species in row.pets],
            handed_by_name=row.by_name,
            handed_at=row.granted_at,
            until=row.until,
            is_unread=bool(await unread_of(uow.connection, actor, row)),
        )
        for row in (await uow.execute(_HANDED, {**own, "now": clock.now()})).all()
    ]
