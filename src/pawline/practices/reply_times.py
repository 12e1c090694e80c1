"""How soon a clinic answers, from its own record."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.practices.hours import is_open
from pawline.practices.models import ReplyTime
from pawline.practices.weekly_hours import ClinicHoursRules

MEASURED_OVER = timedelta(days=30)
FEWEST_REPLIES = 5

_MINUTE, _HOUR = 60, 3_600
_STEPS = (
    *((minutes * _MINUTE, f"{minutes} minutes") for minutes in (5, 10, 15, 20, 30)),
    (_HOUR, "an hour"),
    (2 * _HOUR, "2 hours"),
    (4 * _HOUR, "4 hours"),
    (24 * _HOUR, "a day"),
)


class Wait(NamedTuple):
    """From the first message of a family to the first answer of a person."""

    asked_at: datetime
    answered_at: datetime


def reply_words(median_seconds: int | None) -> str | None:
    """Rounded up, so that a family is promised no less than was kept; None when it would be more than a day."""
    if median_seconds is None:
        return None
    within = next((words for seconds, words in _STEPS if median_seconds <= seconds), None)
    return within and f"Usually replies within {within}"


def within_hours(waits: Iterable[Wait], rules: ClinicHoursRules) -> list[Wait]:
    """Without those that began outside conversation hours: they say when the clinic opens, not how soon it answers."""
    return [wait for wait in waits if is_open(rules.hours, wait.asked_at, rules.zone)]


async def keep_reply_time(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, waits: Sequence[Wait]) -> None:
    seconds = [(wait.answered_at - wait.asked_at).total_seconds() for wait in waits]
    measured = {
        "median_seconds": round(median(seconds)) if len(seconds) >= FEWEST_REPLIES else None,
        "replies": len(seconds),
        "measured_at": clock.now(),
    }
    statement = insert(ReplyTime).values(practice_id=practice_id, clinic_id=clinic_id, **measured)
    await uow.execute(statement.on_conflict_do_update(index_elements=["practice_id", "clinic_id"], set_=measured))
