"""Appointments from some days ago to some days ahead, and again whenever days without any have come near.

The same at every fill with the same clock: what a day brings follows from the clinic and the day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from pawline.demo.cast import FAMILY_TO_PLAY, PracticePart
from pawline.demo.ids import Ids
from pawline.demo.people import Row, Table
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.wall_clock import instant_of
from pawline.schedule.models import Appointment  # imports: fill.py says why

DAYS_BEFORE, DAYS_AFTER = 5, 9
_SUNDAY = 6
_SLOTS = tuple(time(hour, minute) for hour in range(8, 17) for minute in (0, 30))
_KINDS = (("Check-up", 30), ("Vaccination", 20), ("Follow-up", 20), ("Dental check", 30), ("Blood test", 15), ("Ear check", 15))
_KINDS_OF_BASIC = (("Weigh-in", 10), ("Nail trim", 15), ("Bath and brush", 45))
# Of the pet that whoever tries the demo meets first: days from today, time, what for, minutes.
_OF_THE_FAMILY_TO_PLAY = (
    (-38, time(9, 30), ("Vaccination", 20)),
    (2, time(10, 30), ("Check-up", 30)),
    (16, time(15), ("Dental check", 45)),
)
# tenancy: keeps the made-up practices of the demo at work.
_CLINICS = text("""
SELECT c.practice_id, c.id, c.timezone FROM clinic c JOIN practice y ON y.id = c.practice_id AND y.is_demo
ORDER BY y.created_at, y.id, c.created_at, c.id
""")
_TEAM = text("""
SELECT m.id, m.role = 'basic' AS is_basic, ARRAY(
    SELECT DISTINCT a.on_date FROM appointment a
    JOIN family f ON f.practice_id = a.practice_id AND f.id = a.family_id AND f.name <> :family_to_play
    WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.clinic_id = :clinic_id AND a.on_date >= :first) AS booked
FROM staff_member m
JOIN staff_clinic x ON x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id
WHERE m.practice_id = :practice_id AND m.role <> 'administrator' AND m.left_at IS NULL ORDER BY m.created_at, m.id
""")
_PETS = text("""
SELECT p.id, p.family_id, EXISTS (
    SELECT FROM thread t JOIN conversation o ON o.practice_id = t.practice_id AND o.id = t.open_conversation_id
    WHERE t.practice_id = p.practice_id AND t.family_id = p.family_id AND t.clinic_id = n.clinic_id
        AND o.snoozed_until IS NULL) AS writes
FROM pet p
JOIN family f ON f.practice_id = p.practice_id AND f.id = p.family_id AND f.name <> :family_to_play
JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.clinic_id = :clinic_id AND n.state = 'accepted'
WHERE p.practice_id = :practice_id AND p.died_on IS NULL ORDER BY p.created_at, p.id
""")


async def book_days(uow: UnitOfWork, *, days_before: int = 0) -> None:
    """Everybody who sees animals gets appointments on each day near today on which they have none."""
    for clinic in (await uow.execute(_CLINICS)).all():
        today = clock.now().astimezone(ZoneInfo(clinic.timezone)).date()
        days = [today + timedelta(days=offset) for offset in range(-days_before, DAYS_AFTER + 1)]
        place = {"practice_id": clinic.practice_id, "clinic_id": clinic.id, "family_to_play": FAMILY_TO_PLAY}
        team = (await uow.execute(_TEAM, {**place, "first": days[0]})).all()
        booking = _Booking(clinic, clock.now(), (await uow.execute(_PETS, place)).all())
        rows = [row for member in team for day in days if day not in member.booked for row in booking.day_of(member, day)]
        if rows:
            await uow.execute(insert(Appointment), rows)


def tables_of_family_to_play(practice: PracticePart, start: datetime) -> Iterator[Table]:
    yield Appointment, list(_of_family_to_play(practice, start))


@dataclass(frozen=True, slots=True)
class _Booking:
    """At one clinic; ``pets`` are those who come there."""

    clinic: Any
    now: datetime
    pets: Sequence[Any]

    def day_of(self, member: Any, day: date) -> Iterator[Row]:
        """On Sundays only basic staff work: whoever plays one of them has somebody to see on every day."""
        rng = Random(f"{member.id} {self.clinic.id} {day}")  # noqa: S311 - the same days every time is the point
        if self.pets and member.is_basic:
            yield from self._day_of_basic(member.id, day, rng)
        elif self.pets and day.weekday() != _SUNDAY:
            ids, coming = Ids(rng), cycle(rng.sample(self.pets, len(self.pets)))
            for at in sorted(rng.sample(_SLOTS, rng.randint(3, 5))):
                row = self._row((day, at), next(coming), ids) | _what(member.id, rng.choice(_KINDS))
                yield row | {"status": _outcome(row["status"], rng)}

    def _day_of_basic(self, staff_id: UUID, day: date, rng: Random) -> Iterator[Row]:
        """They see today's families only; one of these has a conversation open, if any has."""
        writing = [pet for pet in self.pets if pet.writes] or self.pets
        ids, slots = Ids(rng), sorted(rng.sample(_SLOTS, 2))
        for at, pets in zip(slots, (writing, self.pets), strict=True):
            yield self._row((day, at), rng.choice(pets), ids) | _what(staff_id, rng.choice(_KINDS_OF_BASIC))

    def _row(self, slot: tuple[date, time], pet: Any, ids: Ids) -> Row:
        where = {"practice_id": self.clinic.practice_id, "clinic_id": self.clinic.id}
        return {
            **where,
            "family_id": pet.family_id,
            "pet_id": pet.id,
            **_at(*slot, zone=self.clinic.timezone, now=self.now, ids=ids),
        }


def _outcome(status: str, rng: Random) -> str:
    if status == "booked":
        return rng.choice(("booked", "confirmed", "confirmed"))
    return "cancelled" if rng.random() < 0.06 else status


def _at(day: date, at: time, *, zone: str, now: datetime, ids: Ids) -> Row:
    starts_at = instant_of(day, at, ZoneInfo(zone))
    booked_at = min(starts_at, now) - timedelta(days=6, minutes=at.hour * 7)
    return {
        "id": ids.at(booked_at),
        "starts_at": starts_at,
        "on_date": day,
        "status": "done" if starts_at < now else "booked",
        "created_at": booked_at,
        "changed_at": booked_at,
        "revision": 1,
    }


def _what(staff_id: UUID, kind: tuple[str, int]) -> Row:
    return {"staff_id": staff_id, "kind": kind[0], "minutes": kind[1]}


def _of_family_to_play(practice: PracticePart, start: datetime) -> Iterator[Row]:
    ids = Ids(Random(practice.id.int + 1))  # noqa: S311 - the same ids every time is the point
    for household in practice.households:
        if household.name == FAMILY_TO_PLAY:
            clinic = practice.clinic_of[household.clinics[0]]
            pet = next(pet for pet in household.pets if pet.died_at is None)
            vet = next(member for member in practice.staff_of(clinic) if member.name.startswith("Dr "))
            with_whom = {"clinic_id": clinic.id, "family_id": household.id, "pet_id": pet.id}
            for offset, at, kind in _OF_THE_FAMILY_TO_PLAY:
                day = start.astimezone(ZoneInfo(clinic.zone)).date() + timedelta(days=offset)
                day += timedelta(days=1 if day.weekday() == _SUNDAY else 0)
                yield {**with_whom, **_at(day, at, zone=clinic.zone, now=start, ids=ids), **_what(vet.id, kind)}
