"""Finding what the browsers of the team are to be told: what has just happened, and what has while somebody was off duty."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from pawline.notifications.finding import FOLDER
from pawline.notifications.pushing import LATEST, MOST_READ, SETTLED
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.mail_queue import STAFF_TAKES_MAIL
from pawline.practices.availability import availability_of
from pawline.threads.waiting_sql import WAITS_FOR_ANSWER

# Of a hand-off ``h`` in the conversation ``v`` of the thread ``t``: it stands as it was made, and reaches the staff member ``s``.
REACHED_BY_HAND_OFF = FOLDER.joinpath("reached_by_hand_off.sql").read_text().strip()
# Of such a hand-off, and of the message ``m`` that tells of it: none whom it reaches has read of it, takes e-mail, or has a
# browser that rings whenever they are on duty.
UNHEARD_HAND_OFF = (
    FOLDER.joinpath("unheard_hand_off.sql")
    .read_text()
    .strip()
    .replace("{reached}", REACHED_BY_HAND_OFF)
    .replace("{takes_mail}", STAFF_TAKES_MAIL)
)
# Who of the team, as ``s``, answers for the clinic of the thread ``t``.
TEAM_OF_CLINIC = FOLDER.joinpath("team_of_clinic.sql").read_text().strip()
# Of an act ``h`` in the conversation ``v`` of the thread ``t``: it is back in the queue with a family that waits for an answer,
# which is for each ``s`` of the clinic's team but whoever gave it back.
RETURNED = (
    FOLDER.joinpath("returned.sql")
    .read_text()
    .strip()
    .replace("{team_of_clinic}", TEAM_OF_CLINIC)
    .replace("{waits_for_answer}", WAITS_FOR_ANSWER)
)
# Strangers who were asked who they are, and whom nobody has answered since the questions ended.
ENDED_QUESTIONS = FOLDER.joinpath("ended_questions.sql").read_text().strip().replace("{waits_for_answer}", WAITS_FOR_ANSWER)
_PUSHES = (
    FOLDER.joinpath("find_staff_pushes.sql")
    .read_text()
    .replace("{reached_by_hand_off}", REACHED_BY_HAND_OFF)
    .replace("{returned}", RETURNED)
    .replace("{team_of_clinic}", TEAM_OF_CLINIC)
    .replace("{waits_for_answer}", WAITS_FOR_ANSWER)
    .replace("{ended_questions}", ENDED_QUESTIONS.replace("{until}", ":settled"))
)
# Until somebody back on duty has caught up, they are told of everything that way: news of a thread would hide what waits in it.
_ON_DUTY = """NOT EXISTS (
        SELECT FROM off_duty o WHERE o.practice_id = n.practice_id AND o.staff_id = n.staff_id AND NOT o.is_caught_up)"""
_FIND = text(_PUSHES.replace("{whose}", _ON_DUTY).replace("{waits}", "false"))
_WAITS = """(s.only_on_duty AND EXISTS (
            SELECT FROM thread t
            WHERE t.practice_id = n.practice_id AND t.id = n.thread_id AND t.clinic_id = ANY(CAST(:closed_ids AS uuid[]))))"""
_ONE = "n.practice_id = :practice_id AND n.staff_id = :staff_id"
_FIND_FOR_ONE = text(_PUSHES.replace("{whose}", _ONE).replace("{waits}", _WAITS))
# Only with a browser that is signed in: a session idles out in 12 hours, and a night off duty is longer. To tell such a browser
# all the same would show families' names on the locked screen of somebody who is signed out; so whoever is back is told
# when they have signed in and are told by that browser again.
_BACK = text("""
SELECT o.practice_id, o.staff_id, o.since, s.want_peace, ARRAY(
    SELECT k.id FROM clinic k
    JOIN staff_member m ON m.practice_id = k.practice_id AND m.id = o.staff_id
    WHERE k.practice_id = o.practice_id AND (m.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x
        WHERE x.practice_id = k.practice_id AND x.staff_id = o.staff_id AND x.clinic_id = k.id))) AS clinic_ids
FROM off_duty o
CROSS JOIN LATERAL (
    SELECT bool_and(s.only_on_duty) AS want_peace
    FROM login_session l JOIN push_subscription s ON s.practice_id = l.practice_id AND s.session_id = l.id
    WHERE l.practice_id = o.practice_id AND l.person_id = o.staff_id
        AND l.revoked_at IS NULL AND l.idle_until > :now AND l.expires_at > :now
    HAVING count(*) > 0
) s
WHERE NOT o.is_caught_up AND o.until <= :now
FOR UPDATE OF o SKIP LOCKED
""")
_LATEST_CATCH_UP = timedelta(days=7)
# Who had no such browser for so long is told of nothing that old any more.
_GIVE_UP = text(  # tenancy: of all practices
    "UPDATE off_duty SET is_caught_up = true WHERE NOT is_caught_up AND until <= :long_ago"
)
_CATCH_UP = text("UPDATE off_duty SET is_caught_up = true WHERE practice_id = :practice_id AND staff_id = :staff_id")


async def find_pushes(uow: UnitOfWork) -> Sequence[Any]:
    """Whom to tell of what has just happened; nobody else is told of it then. Who is off duty is told later."""
    now = clock.now()
    return (await uow.execute(_FIND, {**_times(now, since=now - LATEST), "now": now})).all()


async def find_for_returned(uow: UnitOfWork) -> list[Any]:
    """The same for those whose time off duty is over: what happened since it began and still is unread.

    Whoever wants peace while the clinic is off duty is told when that of the thread is open.
    """
    now = clock.now()
    await uow.execute(_GIVE_UP, {"long_ago": now - _LATEST_CATCH_UP})
    found: list[Any] = []
    for back in (await uow.execute(_BACK, {"now": now})).all():
        found += await _find_for_one(uow, back, now)
    return found


async def _find_for_one(uow: UnitOfWork, back: Any, now: datetime) -> list[Any]:
    """They have caught up when nothing of theirs waits for a clinic to open."""
    lights = [light for _, light in await availability_of(uow, [back.practice_id], back.clinic_ids)]
    closed_ids = [light.clinic_id for light in lights if light.state == "off_duty"]
    if back.want_peace and lights and len(closed_ids) == len(lights):
        return []
    whose = {"practice_id": back.practice_id, "staff_id": back.staff_id}
    values = {**_times(now, since=back.since - SETTLED), **whose, "now": now, "closed_ids": closed_ids}
    due = (await uow.execute(_FIND_FOR_ONE, values)).all()
    if not any(row.is_waiting for row in due):
        await uow.execute(_CATCH_UP, whose)
    return [row for row in due if not row.is_waiting]


def _times(now: datetime, *, since: datetime) -> dict[str, Any]:
    return {"since": since, "settled": now - SETTLED, "most_read": MOST_READ}
