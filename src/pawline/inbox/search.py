"""Finding a family by a parent's or a pet's name, to write to it."""

import msgspec
from sqlalchemy import text

from pawline.families.named import sql_families_named
from pawline.inbox.views import FoundFamily
from pawline.platform.actor import Actor
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk

_FIND = """
WITH reachable AS (
    SELECT DISTINCT k.family_id, k.clinic_id FROM connection k
    WHERE k.practice_id = :practice_id AND k.clinic_id = ANY(:clinic_ids) AND k.state = 'accepted'
), shown AS (
    SELECT r.family_id FROM reachable r
    UNION SELECT t.family_id FROM thread t
    WHERE :with_guests AND t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids)
), found AS (
    SELECT y.id, y.name FROM family y
    WHERE y.practice_id = :practice_id AND y.id IN (SELECT s.family_id FROM shown s) {named}
    ORDER BY y.name, y.id
    LIMIT :limit
)
SELECT f.id, f.name,
    (SELECT coalesce(json_agg(n.name ORDER BY c.role = 'primary' DESC, c.created_at, c.id), '[]')
     FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
     WHERE c.practice_id = :practice_id AND c.family_id = f.id) AS contact_names,
    (SELECT coalesce(
        json_agg(json_build_object('id', a.id, 'name', a.name, 'species', a.species) ORDER BY a.created_at, a.name), '[]')
     FROM pet a WHERE a.practice_id = :practice_id AND a.family_id = f.id) AS pets,
    (SELECT coalesce(json_agg(json_build_object('thread_id', t.id, 'clinic_id', t.clinic_id)), '[]')
     FROM thread t WHERE t.practice_id = :practice_id AND t.family_id = f.id AND t.clinic_id = ANY(:clinic_ids)) AS threads,
    ARRAY(SELECT r.clinic_id FROM reachable r WHERE r.family_id = f.id) AS clinic_ids
FROM found f
ORDER BY f.name, f.id
"""


async def find_families(desk: Desk, actor: Actor, query: str, *, limit: int, with_guests: bool = False) -> list[FoundFamily]:
    """Families that a clinic of the actor treats, found by names in them, or all; ``with_guests``: those that only wrote, too."""
    named, words = sql_families_named(actor.practice_id, "q", query)
    values = {
        **words,
        "practice_id": actor.practice_id,
        "clinic_ids": list(visible_clinic_ids(actor)),
        "limit": limit,
        "with_guests": with_guests,
    }
    async with desk.database.single_statements() as connection:
        rows = await connection.execute(text(_FIND.replace("{named}", f"AND y.id IN ({named})" if query.strip() else "")), values)
        return [msgspec.convert(row, FoundFamily, from_attributes=True) for row in rows]
