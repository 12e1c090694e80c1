"""What two families have, for whoever is about to make one of them."""

from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.inbox.views import MergePreview, MergingFamily
from pawline.platform.actor import Actor
from pawline.platform.errors import Invalid, NotFound
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk

_FAMILIES = text("""
SELECT y.id, y.name,
    (SELECT coalesce(json_agg(n.name ORDER BY c.role = 'primary' DESC, c.created_at, c.id), '[]')
     FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
     WHERE c.practice_id = y.practice_id AND c.family_id = y.id) AS contact_names,
    (SELECT n.name FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
     WHERE c.practice_id = y.practice_id AND c.family_id = y.id AND c.role = 'primary') AS primary_contact,
    (SELECT coalesce(
        json_agg(json_build_object('id', a.id, 'name', a.name, 'species', a.species) ORDER BY a.created_at, a.name), '[]')
     FROM pet a WHERE a.practice_id = y.practice_id AND a.family_id = y.id) AS pets,
    (SELECT coalesce(json_agg(DISTINCT k.number), '[]')
     FROM contact c JOIN contact_number k ON k.practice_id = c.practice_id AND k.contact_id = c.id
     WHERE c.practice_id = y.practice_id AND c.family_id = y.id) AS numbers,
    (SELECT coalesce(json_agg(json_build_object(
        'thread_id', t.id, 'clinic_id', t.clinic_id, 'clinic_name', l.name,
        'is_open_in_app', t.open_conversation_id IS NOT NULL) ORDER BY l.name, t.id), '[]')
     FROM thread t JOIN clinic l ON l.practice_id = t.practice_id AND l.id = t.clinic_id
     WHERE t.practice_id = y.practice_id AND t.family_id = y.id) AS threads,
    (SELECT count(*) FROM conversation v JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
     WHERE t.practice_id = y.practice_id AND t.family_id = y.id) AS conversations
FROM family y
WHERE y.practice_id = :practice_id AND y.id = ANY(:family_ids)
""")


async def preview_merge(desk: Desk, actor: Actor, *, source_id: UUID, target_id: UUID) -> MergePreview:
    """Both as they are now; to be refused exactly where merging them would be.

    Raises:
        NotFound: no such family at the actor's practice, or it writes with a clinic that is not the actor's.
        Invalid: the two are one and the same.
    """
    if source_id == target_id:
        raise Invalid.field("source_family_id", "is this very family; name the other one")
    values = {"practice_id": actor.practice_id, "family_ids": [source_id, target_id]}
    async with desk.database.single_statements() as connection:
        rows = await connection.execute(_FAMILIES, values)
        found = {row.id: msgspec.convert(row, MergingFamily, from_attributes=True) for row in rows}
    threads = [thread for family in found.values() for thread in family.threads]
    if len(found) < 2 or not {thread.clinic_id for thread in threads} <= set(visible_clinic_ids(actor)):
        raise NotFound
    return MergePreview(target=found[target_id], source=found[source_id])
