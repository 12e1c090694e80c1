"""Who of the team has the inbox open, on whichever process: noted there, forgotten by itself when the process dies."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

NOTED_EVERY = timedelta(seconds=30)
COUNTS_FOR = timedelta(seconds=75)
# A browser left open on a desk answers nobody.
AT_HAND_FOR = timedelta(minutes=10)

# Asked of staff_member, so that somebody who is not there at all makes no statement fail for all others.
# In one order everywhere: two processes that note the same people wait for each other instead of dying together.
_NOTE = text("""
INSERT INTO staff_presence (practice_id, staff_id, seen_at)
SELECT m.practice_id, m.id, :now
FROM unnest(CAST(:practice_ids AS uuid[]), CAST(:staff_ids AS uuid[])) AS here (practice_id, staff_id)
JOIN staff_member m ON m.practice_id = here.practice_id AND m.id = here.staff_id
ORDER BY m.practice_id, m.id
ON CONFLICT (practice_id, staff_id) DO UPDATE SET seen_at = excluded.seen_at
""")


async def note_present(uow: UnitOfWork, staff: Collection[tuple[UUID, UUID]], now: datetime) -> None:
    """(practice, staff member) of everybody who is there now, in one statement."""
    pairs = sorted(staff)
    values = {"practice_ids": [pair[0] for pair in pairs], "staff_ids": [pair[1] for pair in pairs]}
    await uow.execute(_NOTE, {**values, "now": now})
