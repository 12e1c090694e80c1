"""Reading blocks of the practice and the texts they hold, in plain SQL across families, numbers and what came in."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text

from pawline.moderation.queries import MOST_COUNTED, ListRequest, access, page
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork

# A number is blocked for the whole practice, so every administrator sees its block; texts are seen by those of their clinic.
_BLOCKS = """
SELECT b.id, b.contact_id, p.name AS contact_name, c.family_id, y.name AS family_name, b.contact_number, b.reason,
    s.name AS blocked_by_name, b.since, b.lifted_at, h.held_count
FROM practice_block b
JOIN person s ON s.practice_id = b.practice_id AND s.id = b.blocked_by_id
LEFT JOIN contact c ON c.practice_id = b.practice_id AND c.id = b.contact_id
LEFT JOIN person p ON p.practice_id = b.practice_id AND p.id = b.contact_id
LEFT JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
CROSS JOIN LATERAL (
    SELECT count(*) AS held_count FROM (
        SELECT FROM inbound_event e
        JOIN number n ON n.practice_id = e.practice_id AND n.id = e.number_id
        WHERE e.practice_id = b.practice_id AND e.held_by_block_id = b.id AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
        LIMIT :most) found) h
WHERE b.practice_id = :practice_id AND (b.lifted_at IS NULL OR h.held_count > 0) AND (
    b.contact_id IS NULL
    OR EXISTS (SELECT FROM thread t WHERE t.practice_id = c.practice_id AND t.family_id = c.family_id
               AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
    OR EXISTS (SELECT FROM connection n WHERE n.practice_id = c.practice_id AND n.family_id = c.family_id
               AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) AND n.state = 'accepted'))
"""
_BLOCKS_BEFORE = "AND (b.since, b.id) < (:before_at, :before_id)"
_BLOCK = text(f"{_BLOCKS} AND b.id = :key")
_IN_FORCE = {
    "contact_id": text(f"{_BLOCKS} AND b.lifted_at IS NULL AND b.contact_id = :key"),
    "contact_number": text(f"{_BLOCKS} AND b.lifted_at IS NULL AND b.contact_number = :key"),
}
_TEXTS = """
SELECT e.id, e.received_at AS at, e.from_number AS number, e.body AS words, jsonb_array_length(e.media) AS picture_count
FROM inbound_event e
JOIN number n ON n.practice_id = e.practice_id AND n.id = e.number_id
WHERE e.practice_id = :practice_id AND e.held_by_block_id = :block_id AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
"""
_TEXTS_BEFORE = "AND (e.received_at, e.id) < (:before_at, :before_id)"


async def blocks_of(uow: UnitOfWork, actor: Actor, request: ListRequest) -> Sequence[Any]:
    """Those in force and those that hold texts. Newest first, one more than the limit if there are more."""
    before = _BLOCKS_BEFORE if request.cursor else ""
    statement = f"{_BLOCKS} {before} ORDER BY b.since DESC, b.id DESC LIMIT :limit"
    return (await uow.execute(text(statement), {**access(actor), **page(request), "most": MOST_COUNTED})).all()


async def block_of(uow: UnitOfWork, actor: Actor, block_id: UUID) -> Any | None:
    """One that is on the list."""
    return (await uow.execute(_BLOCK, {**access(actor), "key": block_id, "most": MOST_COUNTED})).one_or_none()


async def block_in_force(
    uow: UnitOfWork, actor: Actor, of: Literal["contact_id", "contact_number"], *, key: UUID | str
) -> Any | None:
    return (await uow.execute(_IN_FORCE[of], {**access(actor), "key": key, "most": MOST_COUNTED})).one_or_none()


async def held_texts_of(uow: UnitOfWork, actor: Actor, block_id: UUID, *, request: ListRequest) -> Sequence[Any]:
    """Newest first, one more than the limit if there are more."""
    before = _TEXTS_BEFORE if request.cursor else ""
    statement = f"{_TEXTS} {before} ORDER BY e.received_at DESC, e.id DESC LIMIT :limit"
    return (await uow.execute(text(statement), {**access(actor), **page(request), "block_id": block_id})).all()
