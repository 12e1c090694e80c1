"""Whom basic staff may see today: the families of their appointments, and those handed to them.

What the clinic's calendar says is worked out here and not by the database, whose knowledge of time zones may be another one:
the day that is stored with an appointment is of the same making.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pawline.platform.actor import Reach
from pawline.platform.wall_clock import midnight_after

# Within the look-up of the actor; ``m`` is a member of basic staff. No zone's calendar is more than a day away from UTC's.
# Both ways end with the work at the clinic: a family elsewhere is nobody's whom the clinic has let go.
REACH = """
SELECT json_agg(json_build_array(w.clinic_id, w.family_id, w.through, k.timezone, w.on_date, w.until))
FROM (
    SELECT a.clinic_id, a.family_id, 'schedule' AS through, a.on_date, CAST(NULL AS timestamptz) AS until
    FROM appointment a
    WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.status <> 'cancelled'
        AND a.on_date BETWEEN CAST(CAST(%(now)s AS timestamptz) AS date) - 1 AND CAST(CAST(%(now)s AS timestamptz) AS date) + 1
    UNION ALL
    SELECT t.clinic_id, t.family_id, 'hand_off', NULL, g.until
    FROM thread_grant g
    JOIN thread t ON t.practice_id = g.practice_id AND t.id = g.thread_id
    WHERE g.practice_id = m.practice_id AND g.staff_id = m.id AND g.ended_at IS NULL AND g.until > %(now)s
) w
JOIN staff_clinic x ON x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = w.clinic_id
JOIN clinic k ON k.practice_id = m.practice_id AND k.id = w.clinic_id
"""


def build_reach(rows: Sequence[Any], now: datetime) -> tuple[Reach, ...]:
    """In one order whenever nothing changed, so that an open socket can tell."""
    found = {reach for row in rows if (reach := _reach(row, now)) is not None}
    return tuple(sorted(found, key=lambda reach: (reach.clinic_id, reach.family_id, reach.through, reach.until)))


def _reach(row: Sequence[Any], now: datetime) -> Reach | None:
    clinic_id, family_id, through, zone, on_date, until = row
    kind: Literal["schedule", "hand_off"] = through
    if kind == "hand_off":
        return Reach(UUID(clinic_id), UUID(family_id), datetime.fromisoformat(until), kind)
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    if today.isoformat() != on_date:
        return None
    return Reach(UUID(clinic_id), UUID(family_id), midnight_after(today, here), kind)
