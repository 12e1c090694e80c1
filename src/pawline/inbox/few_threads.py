"""Beginning with the few threads that a filter may match, where reading the queue from its top would find nothing for long."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.inbox.unread import MAY_BE_UNREAD

# As many are looked up one by one in the time in which the queue, read from its top, has a page of what more threads match.
FEW = 1_000
BEYOND_THEIR_MARK = f"""
SELECT t.id FROM thread t
LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = :person_id
WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) AND {MAY_BE_UNREAD}"""  # noqa: S608 - made of constants


async def few_threads(connection: AsyncConnection, sources: Sequence[str], values: dict[str, Any]) -> set[UUID] | None:
    """Ids among which are those of all threads that match; None: too many for that.

    Each of ``sources`` selects such ids. They tell where to look; the queue asks the filters themselves, and what may be seen.
    """
    found: set[UUID] | None = None
    for source in sources:
        some = (await connection.execute(text(f"{source} LIMIT :most"), {**values, "most": FEW + 1})).scalars().all()
        if len(some) <= FEW:
            found = set(some) if found is None else found & set(some)
    return found
