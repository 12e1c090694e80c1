"""Two working weeks of appointments around the day of the fill. The same at every fill with the same clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from zoneinfo import ZoneInfo

from pawline.demo.cast import FAMILY_TO_PLAY, ClinicPart, Household, PetPart, PracticePart, StaffPart
from pawline.demo.ids import Ids
from pawline.demo.people import Row, Table
from pawline.platform.actor import Role
from pawline.platform.wall_clock import instant_of
from pawline.schedule.models import Appointment  # imports: fill.py says why

DAYS_BEFORE, DAYS_AFTER = 5, 9
_SUNDAY = 6
_SLOTS = tuple(time(hour, minute) for hour in range(8, 17) for minute in (0, 30))
_KINDS = (("Check-up", 30), ("Vaccination", 20), ("Follow-up", 20), ("Dental check", 30), ("Blood test", 15), ("Ear check", 15))
_KINDS_OF_BASIC = (("Weigh-in", 10), ("Nail trim", 15))
# Of the pet that whoever tries the demo meets first: days from today, time, what for, minutes.
_OF_THE_FAMILY_TO_PLAY = (
    (-38, time(9, 30), "Vaccination", 20),
    (2, time(10, 30), "Check-up", 30),
    (16, time(15), "Dental check", 45),
)


def schedule_tables(practice: PracticePart, start: datetime) -> Iterator[Table]:
    rng = Random(practice.id.int)  # noqa: S311 - the same days every time is the point
    booking = _Booking(practice, start, rng)
    rows = [row for clinic in practice.clinics for row in _days(booking, clinic)]
    yield Appointment, [*rows, *_of_family_to_play(booking)]


class _Booking:
    def __init__(self, practice: PracticePart, start: datetime, rng: Random) -> None:
        self.practice = practice
        self.start = start
        self.rng = rng
        self._ids = Ids(rng)

    def row(self, clinic: ClinicPart, slot: tuple[date, time], who: tuple[Household, PetPart], **values: object) -> Row:
        (day, at), (household, pet) = slot, who
        starts_at = instant_of(day, at, ZoneInfo(clinic.zone))
        booked_at = min(starts_at, self.start) - timedelta(days=6, minutes=at.hour * 7)
        return {
            "id": self._ids.at(booked_at),
            "clinic_id": clinic.id,
            "family_id": household.id,
            "pet_id": pet.id,
            "starts_at": starts_at,
            "on_date": day,
            "status": "done" if starts_at < self.start else "booked",
            "created_at": booked_at,
            "changed_at": booked_at,
            "revision": 1,
            **values,
        }

    def today(self, clinic: ClinicPart) -> date:
        return self.start.astimezone(ZoneInfo(clinic.zone)).date()


def _days(booking: _Booking, clinic: ClinicPart) -> Iterator[Row]:
    pets = [
        (household, pet)
        for household in booking.practice.households
        if clinic.letter in household.clinics and not household.is_guest and household.name != FAMILY_TO_PLAY
        for pet in household.pets
        if pet.died_at is None
    ]
    for offset in range(-DAYS_BEFORE, DAYS_AFTER + 1):
        day = booking.today(clinic) + timedelta(days=offset)
        if pets and day.weekday() != _SUNDAY:
            coming = cycle(booking.rng.sample(pets, len(pets)))
            for member in _seeing_animals(booking.practice, clinic):
                yield from _day_of(booking, clinic, member, day=day, coming=coming)


def _seeing_animals(practice: PracticePart, clinic: ClinicPart) -> list[StaffPart]:
    return [member for member in practice.staff if clinic.letter in member.clinics and member.role is not Role.ADMINISTRATOR]


def _day_of(
    booking: _Booking,
    clinic: ClinicPart,
    member: StaffPart,
    *,
    day: date,
    coming: Iterator[tuple[Household, PetPart]],
) -> Iterator[Row]:
    is_basic, rng = member.role is Role.BASIC, booking.rng
    for at in sorted(rng.sample(_SLOTS, 2 if is_basic else rng.randint(3, 5))):
        kind, minutes = rng.choice(_KINDS_OF_BASIC if is_basic else _KINDS)
        row = booking.row(clinic, (day, at), next(coming), staff_id=member.id, kind=kind, minutes=minutes)
        if row["status"] == "booked":
            row["status"] = rng.choice(("booked", "confirmed", "confirmed"))
        elif rng.random() < 0.06:
            row["status"] = "cancelled"
        yield row


def _of_family_to_play(booking: _Booking) -> Iterator[Row]:
    for household in booking.practice.households:
        if household.name == FAMILY_TO_PLAY:
            clinic = booking.practice.clinic_of[household.clinics[0]]
            pet = next(pet for pet in household.pets if pet.died_at is None)
            vet = next(member for member in _seeing_animals(booking.practice, clinic) if member.name.startswith("Dr "))
            for offset, at, kind, minutes in _OF_THE_FAMILY_TO_PLAY:
                day = booking.today(clinic) + timedelta(days=offset)
                day += timedelta(days=1 if day.weekday() == _SUNDAY else 0)
                yield booking.row(clinic, (day, at), (household, pet), staff_id=vet.id, kind=kind, minutes=minutes)
