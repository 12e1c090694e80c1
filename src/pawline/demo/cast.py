"""The people and animals of the demo, and the ones who are known by name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid5

from pawline.families.models import ContactRole  # imports: the closed set of roles is spelt there
from pawline.platform.actor import Role

PASSWORD = "pixel-likes-carrots"  # noqa: S105 - shown on the start page; the demo holds nothing worth locking away
STAFF_TO_PLAY = "nora@northside.example"
FAMILY_TO_PLAY = "Hart family"
CONTACT_TO_PLAY = "olive@example.com"
OUTSIDER = "rita@riverside.example"
GUEST = "Guest"


@dataclass(frozen=True, slots=True)
class StaffPart:
    """``clinics`` are the clinics' letters; empty for a practice owner, who sees all of them."""

    id: UUID
    name: str
    email: str
    role: Role
    job_title: str
    clinics: str
    since: datetime

    @property
    def spoken_name(self) -> str:
        title, _, last = self.name.partition(" ")
        return f"Dr {last.rpartition(' ')[2]}" if title == "Dr" else title


@dataclass(frozen=True, slots=True)
class ContactPart:
    id: UUID
    name: str
    role: ContactRole
    email: str | None
    phone: str

    @property
    def is_reader(self) -> bool:
        return self.role is not ContactRole.OTHER


@dataclass(frozen=True, slots=True)
class PetPart:
    id: UUID
    name: str
    species: str
    breed: str
    born_on: date
    died_at: datetime | None
    weight_grams: int
    is_female: bool

    @property
    def came_home(self) -> date:
        return self.born_on + timedelta(days=70)

    def years_old(self, moment: datetime) -> float:
        return (moment.date() - self.born_on).days / 365.25


@dataclass(frozen=True, slots=True)
class Household:
    """``only_texts``: nobody of it uses the app."""

    id: UUID
    name: str
    clinics: str
    contacts: tuple[ContactPart, ...]
    pets: tuple[PetPart, ...]
    since: datetime
    only_texts: bool

    @property
    def is_guest(self) -> bool:
        return self.name.startswith(GUEST)


@dataclass(frozen=True, slots=True)
class ClinicPart:
    """``text_number``: E.164, empty where there is none. ``address``: street, city, region and postcode."""

    id: UUID
    letter: str
    name: str
    phone: str
    emergency_number: str
    country: str
    zone: str
    text_number: str
    address: tuple[str, str, str, str]

    @property
    def number_id(self) -> UUID:
        return uuid5(self.id, self.text_number)


@dataclass(frozen=True)
class PracticePart:
    id: UUID
    name: str
    since: datetime
    clinics: tuple[ClinicPart, ...]
    staff: tuple[StaffPart, ...]
    households: tuple[Household, ...]

    @cached_property
    def clinic_of(self) -> dict[str, ClinicPart]:
        return {clinic.letter: clinic for clinic in self.clinics}

    def staff_of(self, clinic: ClinicPart) -> list[StaffPart]:
        return [member for member in self.staff if member.role is Role.PRACTICE_OWNER or clinic.letter in member.clinics]
