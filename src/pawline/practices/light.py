"""A clinic's light, worked out from its hours, from who is there and from what the team chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pawline.practices.hours import ClosedPeriod, closed_period, closes_next_at, opens_next_at
from pawline.practices.weekly_hours import ClinicHoursRules

State = Literal["available", "away", "off_duty"]
Chosen = Literal["away", "off_duty"]
Reason = Literal["hours", "by_hand", "nobody_here", "somebody_here"]

WORDS: dict[State, str] = {
    "available": "Staff are on duty and checking messages",
    "away": "Responses may be delayed",
    "off_duty": "The practice is closed; emergency contact info is shown",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a staff member set by hand; ``until`` None: until somebody changes it."""

    state: Chosen
    by_name: str
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Light:
    """``opens_at`` and ``closed_since`` are those of an off-duty clinic. No ``opens_at``: nobody knows."""

    state: State
    reason: Reason
    closed_since: datetime | None = None
    opens_at: datetime | None = None


def light_at(rules: ClinicHoursRules, choice: Choice | None, now: datetime, *, is_staffed: bool) -> Light:
    """``choice`` is one that counts at ``now``. Outside hours a clinic is off duty whatever was chosen."""
    closed = closed_period(rules.hours, now, rules.zone)
    is_closed_by_hand = choice is not None and choice.state == "off_duty"
    if closed is not None:
        opens_at = _opens_at(rules, choice, now) if is_closed_by_hand else closed.ends_at
        return Light("off_duty", "hours", closed.begun_at, opens_at)
    if choice is not None and is_closed_by_hand:
        return Light("off_duty", "by_hand", choice.at, _opens_at(rules, choice, now))
    if choice is not None:
        return Light("away", "by_hand")
    return Light("available", "somebody_here") if is_staffed else Light("away", "nobody_here")


def off_duty_at(rules: ClinicHoursRules, choice: Choice | None, now: datetime) -> ClosedPeriod | None:
    """Since when and until when the clinic is off duty, by its hours or by hand (C12); None: it is not.

    What was closed by hand before the hours ended is one stretch with the night that follows.
    """
    light = light_at(rules, choice, now, is_staffed=False)
    if light.closed_since is None:
        return None
    if choice is None or choice.state != "off_duty":
        return ClosedPeriod(light.closed_since, light.opens_at)
    return ClosedPeriod(min(choice.at, light.closed_since), light.opens_at)


def lasts_until(state: Chosen, rules: ClinicHoursRules, now: datetime) -> datetime | None:
    """How long a choice counts when nobody says: off duty until the next opening, away until the next closing.

    So that a light which somebody forgot puts itself right. None: the clinic never opens or closes.
    """
    if state == "away":
        return closes_next_at(rules.hours, now, rules.zone)
    return next_opening(rules, now)


def next_opening(rules: ClinicHoursRules, now: datetime) -> datetime | None:
    """The next one to begin, also while the clinic is open."""
    closed = closed_period(rules.hours, now, rules.zone)
    if closed is not None:
        return closed.ends_at
    closes_at = closes_next_at(rules.hours, now, rules.zone)
    return None if closes_at is None else opens_next_at(rules.hours, closes_at, rules.zone)


def _opens_at(rules: ClinicHoursRules, choice: Choice | None, now: datetime) -> datetime | None:
    if choice is None or choice.until is None:
        return None
    return opens_next_at(rules.hours, max(now, choice.until), rules.zone)
