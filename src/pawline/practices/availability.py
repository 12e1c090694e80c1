"""The availability of clinics: what families and the team see of it, and setting it by hand."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import and_, delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.person import Person
from pawline.practices.hours import ClosedPeriod, closes_next_at, hours_of
from pawline.practices.hours_rows import hours_of_clinics
from pawline.practices.light import WORDS, Choice, Chosen, Light, lasts_until, light_at, next_opening, off_duty_at
from pawline.practices.models import AvailabilityChoice
from pawline.practices.presence import COUNTS_FOR
from pawline.practices.reply_times import reply_words
from pawline.practices.views import AvailabilityView, ChoiceView, TeamAvailability
from pawline.practices.weekly_hours import ClinicHoursRules

LONGEST_CHOICE = timedelta(days=60)

# Who may read a clinic's threads and is on duty counts as there: see visible_clinic_ids in threads/access.py.
_FACTS = text("""
SELECT c.practice_id, c.id, c.emergency_number, c.phone, r.median_seconds,
    a.state AS chosen, p.name AS chosen_by_name, a.chosen_at, a.until,
    ARRAY(
        SELECT who.name
        FROM staff_presence s
        JOIN staff_member m ON m.practice_id = s.practice_id AND m.id = s.staff_id AND m.left_at IS NULL
        JOIN person who ON who.practice_id = s.practice_id AND who.id = s.staff_id
        WHERE s.practice_id = c.practice_id AND s.seen_at > :since AND (
            m.role = 'practice_owner' OR m.role <> 'basic' AND EXISTS (
                SELECT FROM staff_clinic k
                WHERE k.practice_id = s.practice_id AND k.staff_id = s.staff_id AND k.clinic_id = c.id))
            AND NOT EXISTS (
                SELECT FROM off_duty o
                WHERE o.practice_id = s.practice_id AND o.staff_id = s.staff_id AND (o.until IS NULL OR o.until > :now))
        ORDER BY who.name
    ) AS present
FROM clinic c
LEFT JOIN availability_choice a
    ON a.practice_id = c.practice_id AND a.clinic_id = c.id AND (a.until IS NULL OR a.until > :now)
LEFT JOIN person p ON p.practice_id = a.practice_id AND p.id = a.chosen_by_id
LEFT JOIN reply_time r ON r.practice_id = c.practice_id AND r.clinic_id = c.id
WHERE c.practice_id = ANY(:practice_ids) AND (:is_all OR c.id = ANY(CAST(:clinic_ids AS uuid[])))
ORDER BY c.name, c.id
""")


async def availability_of(
    uow: UnitOfWork, practice_ids: Sequence[UUID], clinic_ids: Collection[UUID] | None = None
) -> list[tuple[UUID, AvailabilityView]]:
    """(practice, what the team sees) of the clinics named, or of all of these practices."""
    now = clock.now()
    which = {"practice_ids": list(practice_ids), "is_all": clinic_ids is None, "clinic_ids": list(clinic_ids or ())}
    facts = (await uow.execute(_FACTS, {**which, "now": now, "since": now - COUNTS_FOR})).all()
    rules = await hours_of_clinics(uow, practice_ids, clinic_ids)
    found: list[tuple[UUID, AvailabilityView]] = []
    for row in facts:
        if row.id in rules:
            found.append((row.practice_id, _view(row, rules[row.id], now)))
            await asyncio.sleep(0)  # a clinic's hours take most of a millisecond, and live frames must not wait for hundreds
    return found


def for_families(view: AvailabilityView) -> AvailabilityView:
    """Why the light is what it is, and who is there, stays within the practice."""
    return msgspec.structs.replace(view, team=None)


async def off_duty_period(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, now: datetime) -> ClosedPeriod | None:
    """Since when and until when families see the clinic off duty; None: they do not."""
    rules = await hours_of(uow, practice_id, clinic_id)
    return off_duty_at(rules, await _choice_of(uow, practice_id, clinic_id, now=now), now)


async def choose_availability(
    uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, state: Chosen | None, until: datetime | None
) -> None:
    """Set a clinic's light by hand, or with None leave it to hours and presence again. Every open screen hears of it.

    Without ``until`` it lasts as ``lasts_until`` says.
    """
    now, practice_id = clock.now(), actor.practice_id
    if until is not None and (state is None or not now < until <= now + LONGEST_CHOICE):
        raise Invalid.field("until", f"needs a state and a time within the next {LONGEST_CHOICE.days} days; or leave it out")
    rules = await hours_of(uow, practice_id, clinic_id)
    uow.emit(Hint.availability(practice_id, clinic_id))
    if state is None:
        mine = (AvailabilityChoice.practice_id == practice_id, AvailabilityChoice.clinic_id == clinic_id)
        await uow.execute(delete(AvailabilityChoice).where(*mine))
        return
    until = until or lasts_until(state, rules, now)
    chosen = {"state": state, "chosen_by_id": actor.person_id, "chosen_at": now, "until": until}
    statement = insert(AvailabilityChoice).values(practice_id=practice_id, clinic_id=clinic_id, **chosen)
    await uow.execute(statement.on_conflict_do_update(index_elements=["practice_id", "clinic_id"], set_=chosen))


async def _choice_of(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, now: datetime) -> Choice | None:
    of = AvailabilityChoice
    by = and_(Person.practice_id == of.practice_id, Person.id == of.chosen_by_id)
    statement = select(of.state, Person.name, of.chosen_at, of.until).join(Person, by)
    in_force = or_(of.until.is_(None), of.until > now)
    row = (await uow.execute(statement.where(of.practice_id == practice_id, of.clinic_id == clinic_id, in_force))).one_or_none()
    return None if row is None else Choice(cast(Chosen, row.state), row.name, row.chosen_at, row.until)


def _view(row: Any, rules: ClinicHoursRules, now: datetime) -> AvailabilityView:
    choice = Choice(row.chosen, row.chosen_by_name, row.chosen_at, row.until) if row.chosen else None
    light = light_at(rules, choice, now, is_staffed=bool(row.present))
    return AvailabilityView(
        clinic_id=row.id,
        state=light.state,
        words=WORDS[light.state],
        closed_since=light.closed_since,
        opens_at=light.opens_at,
        emergency_number=row.emergency_number or row.phone,
        reply_words=None if light.state == "off_duty" else reply_words(row.median_seconds),
        team=_team(light, choice, rules, now=now, present=row.present),
    )


def _team(light: Light, choice: Choice | None, rules: ClinicHoursRules, *, now: datetime, present: list[str]) -> TeamAvailability:
    return TeamAvailability(
        reason=light.reason,
        present=present,
        chosen=ChoiceView(choice.state, choice.by_name, choice.at, choice.until) if choice else None,
        closes_next_at=closes_next_at(rules.hours, now, rules.zone),
        opens_next_at=next_opening(rules, now),
    )
