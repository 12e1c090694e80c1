"""Finding whom to send the list of open conversations when a clinic's day has ended: once for each day, person and clinic."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from pawline.notifications.day_end_choice import WANTS_DAY_END
from pawline.notifications.day_end_models import DayEndNotice
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import STAFF_TAKES_MAIL, waits_from
from pawline.practices.day_ends import DayEnd, day_ends_between

# The next morning it would tell of another day.
_OLDEST = timedelta(hours=6)
_READERS = text(f"""
SELECT s.id
FROM staff_member s
LEFT JOIN day_end_choice o ON o.practice_id = s.practice_id AND o.staff_id = s.id
WHERE s.practice_id = :practice_id AND s.left_at IS NULL
    AND {WANTS_DAY_END} AND {STAFF_TAKES_MAIL}
    AND (s.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = :clinic_id))
    AND EXISTS (
        SELECT FROM thread t
        JOIN conversation c ON c.practice_id = t.practice_id AND c.thread_id = t.id AND c.ended_at IS NULL
        WHERE t.practice_id = :practice_id AND t.clinic_id = :clinic_id)
""")  # noqa: S608 - made of constants


async def queue_day_ends(database: Database) -> int:
    """How many."""
    return await sweep(database, "day_ends", oldest=_OLDEST, queue=_queue)


async def _queue(swept: Sweep) -> int:
    rows: list[dict[str, Any]] = []
    for ended in await day_ends_between(swept.uow, swept.since, swept.now):
        rows += await _rows(swept, ended)
    return await swept.keep(DayEndNotice, rows)


async def _rows(swept: Sweep, ended: DayEnd) -> list[dict[str, Any]]:
    about = {"practice_id": ended.practice_id, "clinic_id": ended.clinic_id}
    readers = (await swept.uow.execute(_READERS, about)).scalars()
    return [
        {**about, "id": new_id(), "staff_id": staff_id, "on_date": ended.on_date, **waits_from(swept.now)} for staff_id in readers
    ]
