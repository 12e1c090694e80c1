"""Casting: who works where, and which family lives with which animals. The same at every fill.

Every address ends in a domain reserved for examples. Every number lies between 555-0100 and 555-0199, or in the United Kingdom
between 07700 900000 and 900999, where drama finds its own.
"""

import tomllib
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from pawline.demo import hours
from pawline.demo.cast import GUEST, ClinicPart, ContactPart, Household, PetPart, PracticePart, StaffPart
from pawline.demo.ids import Ids
from pawline.families.models import ContactRole  # imports: the closed set of roles is spelt there
from pawline.platform.actor import Role
from pawline.platform.phone_numbers import ABROAD, format_for_people

SEED = "pawline demo"

NEW_YORK, LONDON = hours.ZONE.key, "Europe/London"
NORTHSIDE_CLINICS = (
    (
        "h",
        "Northside Hill Street",
        "+15185550110",
        "+15185550199",
        "US",
        NEW_YORK,
        "+18885550142",
        ("120 Hill Street", "Albany", "NY", "12203"),
    ),
    ("b", "Northside Harbour", "+15185550120", "+15185550199", "US", NEW_YORK, "", ("4 Harbour Road", "Albany", "NY", "12202")),
    (
        "t",
        "Thames Vets",
        "+447700900010",
        "+447700900099",
        "GB",
        LONDON,
        "+447700900001",
        ("8 Chandler Street", "London", "", "E1W 2QG"),
    ),
)
NORTHSIDE_STAFF = (
    ("Nora Ames", "nora", Role.SENIOR, "Nurse", "hbt"),
    ("Dr Sam Vane", "sam", Role.SENIOR, "Veterinarian", "hb"),
    ("Toby Reyes", "toby", Role.BASIC, "Groomer", "h"),
    ("Dr Ines Carvalho", "ines", Role.SENIOR, "Veterinarian", "b"),
    ("Jonah Beck", "jonah", Role.BASIC, "Nurse", "b"),
    ("Grace Lindqvist", "grace", Role.ADMINISTRATOR, "Practice manager", "hbt"),
    ("Dr Helen Marsh", "helen", Role.PRACTICE_OWNER, "Veterinarian, owner of the practice", ""),
    ("Amy Clarke", "amy", Role.SENIOR, "Nurse", "t"),
)
RIVERSIDE_CLINICS = (
    ("r", "Riverside Vets", "+19145550150", "+19145550159", "US", NEW_YORK, "", ("31 River Lane", "Yonkers", "NY", "10701")),
)
RIVERSIDE_STAFF = (
    ("Rita Solano", "rita", Role.PRACTICE_OWNER, "Practice owner", ""),
    ("Dr Paul Ito", "paul", Role.SENIOR, "Veterinarian", "r"),
)


def build_northside(start: datetime) -> PracticePart:
    builder = _Builder("Northside Veterinary", start, years=6)
    practice = builder.build(NORTHSIDE_CLINICS, NORTHSIDE_STAFF, _tables()["families"])
    guests = tuple(builder.guest(number) for number in _tables()["guests"])
    return replace(practice, households=practice.households + guests)


def build_riverside(start: datetime) -> PracticePart:
    builder = _Builder("Riverside Vets", start, years=3)
    return builder.build(RIVERSIDE_CLINICS, RIVERSIDE_STAFF, _tables()["riverside"])


def _tables() -> dict[str, Any]:
    return tomllib.loads(files("pawline.demo").joinpath("families.toml").read_text("utf-8"))


class _Builder:
    def __init__(self, name: str, start: datetime, *, years: int) -> None:
        self._rng = Random(f"{SEED}: {name}")  # noqa: S311 - the same people every time is the point
        self._ids = Ids(self._rng)
        self._name = name
        self._domain = f"{name.partition(' ')[0].lower()}.example"
        self._start = start
        self._since = start - timedelta(days=365 * years + 40)
        self._emails: set[str] = set()
        self._next_number = 0

    def build(
        self,
        clinics: tuple[tuple[Any, ...], ...],
        staff: tuple[tuple[str, str, Role, str, str], ...],
        families: list[dict[str, Any]],
    ) -> PracticePart:
        return PracticePart(
            id=self._ids.at(self._since),
            name=self._name,
            since=self._since,
            clinics=tuple(ClinicPart(self._ids.at(self._since), *clinic) for clinic in clinics),
            staff=tuple(self._staff(place, *member) for place, member in enumerate(staff)),
            households=tuple(self._household(family) for family in families),
        )

    def guest(self, number: str) -> Household:
        since, shown = self._start - timedelta(days=2), format_for_people(number, ABROAD)
        contact = ContactPart(self._ids.at(since), shown, ContactRole.PRIMARY, None, number)
        return Household(self._ids.at(since), f"{GUEST} {shown}", "", (contact,), (), since, only_texts=True)

    def _staff(self, place: int, name: str, mailbox: str, *rest: Any) -> StaffPart:
        role, job_title, letters = rest
        since = self._since + timedelta(days=place)
        return StaffPart(self._ids.at(since), name, f"{mailbox}@{self._domain}", role, job_title, letters, since)

    def _household(self, family: dict[str, Any]) -> Household:
        since = self._since + (self._start - timedelta(days=370) - self._since) * self._rng.random()
        return Household(
            id=self._ids.at(since),
            name=f"{family['name']} family",
            clinics=family["clinics"],
            contacts=tuple(self._contact(first, family, place) for place, first in enumerate(family["contacts"])),
            pets=tuple(self._pet(line) for line in family["pets"]),
            since=since,
            only_texts=family.get("only_texts", False),
        )

    def _contact(self, first: str, family: dict[str, Any], place: int) -> ContactPart:
        last, is_other = family["name"], first.endswith("?")
        role = ContactRole.OTHER if is_other else (ContactRole.PRIMARY, ContactRole.SECONDARY)[place]
        full = first.rstrip("?") if " " in first else f"{first.rstrip('?')} {last}"
        email = None if is_other else self._email(first, last)
        phone = family["phone"] if "phone" in family and place == 0 else self._phone()
        return ContactPart(self._ids.at(self._since), full, role, email, phone)

    def _email(self, first: str, last: str) -> str:
        mailbox = "".join(letter for letter in _plain(first) if letter.isalnum())
        if mailbox in self._emails:
            mailbox += "." + "".join(letter for letter in _plain(last) if letter.isalnum())
        self._emails.add(mailbox)
        return (
            f"{mailbox}@example.com" if mailbox in ("olive", "omar") else f"{mailbox}@example.{self._rng.choice(('com', 'org'))}"
        )

    def _phone(self) -> str:
        area = ("518", "914", "845")[self._next_number // 70]
        number = 130 + self._next_number % 70
        self._next_number += 1
        return f"+1{area}5550{number}"

    def _pet(self, line: str) -> PetPart:
        name, species, breed, age, sex, kilograms, *died = (part.strip() for part in line.split(","))
        born = self._start - timedelta(days=round(float(age) * 365.25) + self._rng.randint(0, 60))
        return PetPart(
            id=self._ids.at(self._since),
            name=name,
            species=species,
            breed=breed,
            born_on=born.date(),
            died_at=hours.working_morning(self._start - timedelta(days=int(died[0]))) if died else None,
            weight_grams=round(float(kilograms) * 1000),
            is_female=sex == "f",
        )


def _plain(name: str) -> str:
    """Lower case and without accents, as in a mailbox."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
