"""Whether one of a clinic's team may look by themselves at what waits, so that an e-mail can wait a little too."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.staff_finding import TEAM_OF_CLINIC
from pawline.notifications.sweeping import Sweep
from pawline.practices.availability import availability_of

# So long whoever has a screen or a browser that rings is waited for: it may stand on an empty desk.
MAY_LOOK_FOR = timedelta(minutes=10)
# Whether a browser of theirs rings: of those on duty, and where all want peace only while the clinic is on duty.
_RINGS = text(f"""
SELECT coalesce(bool_or(NOT b.only_on_duty OR NOT :is_off_duty), false)
FROM staff_member s
JOIN thread t ON t.practice_id = s.practice_id AND t.id = :thread_id
JOIN login_session l ON l.practice_id = s.practice_id AND l.person_id = s.id
    AND l.revoked_at IS NULL AND l.idle_until > :now AND l.expires_at > :now
JOIN push_subscription b ON b.practice_id = l.practice_id AND b.session_id = l.id
WHERE s.practice_id = :practice_id AND {TEAM_OF_CLINIC} AND NOT EXISTS (
    SELECT FROM off_duty o
    WHERE o.practice_id = s.practice_id AND o.staff_id = s.id AND (o.until IS NULL OR o.until > :now))
""")  # noqa: S608 - made of constants


async def may_look(swept: Sweep, waiting: Any) -> bool:
    """``waiting``: of which practice, clinic and thread it is."""
    [(_, light)] = await availability_of(swept.uow, [waiting.practice_id], [waiting.clinic_id])
    if light.team is not None and light.team.present:
        return True
    place: dict[str, UUID] = {"practice_id": waiting.practice_id, "thread_id": waiting.thread_id}
    values = {"now": swept.now, "is_off_duty": light.state == "off_duty"}
    return (await swept.uow.execute(_RINGS, {**place, **values})).scalar_one()
