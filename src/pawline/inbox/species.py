"""Which animals the families in somebody's queue have: what they can narrow it to."""

from sqlalchemy import text

from pawline.inbox.views import QueueSpecies
from pawline.platform.actor import Actor
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk

# It is free text, so a list of our own would leave out what is written otherwise. What is longer, the queue is not narrowed to.
LONGEST = 40
_MOST = 40
_SPECIES = text("""
SELECT lower(a.species) AS species FROM pet a
WHERE a.practice_id = :practice_id AND char_length(a.species) BETWEEN 1 AND :longest AND a.family_id IN (
    SELECT t.family_id FROM thread t WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
GROUP BY lower(a.species)
ORDER BY count(*) DESC, lower(a.species)
LIMIT :most
""")


async def species_of_queue(desk: Desk, actor: Actor) -> QueueSpecies:
    """In lower case, the most frequent first."""
    place = {"practice_id": actor.practice_id, "clinic_ids": list(visible_clinic_ids(actor))}
    async with desk.database.single_statements() as connection:
        rows = await connection.execute(_SPECIES, {**place, "longest": LONGEST, "most": _MOST})
        return QueueSpecies([row.species for row in rows])
