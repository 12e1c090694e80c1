"""Who speaks in a conversation of the demo, and what they call each other."""

from dataclasses import dataclass
from random import Random

from pawline.demo.cast import ContactPart, Household, PetPart, StaffPart
from pawline.platform.actor import Role
from pawline.threads.history import PastAuthor

_HE, _SHE = ("he", "him", "his"), ("she", "her", "her")


@dataclass(frozen=True, slots=True)
class Voices:
    """``words`` fill the gaps of the texts."""

    authors: dict[str, PastAuthor]
    words: dict[str, str]

    def say(self, text: str) -> str:
        return text.format_map(self.words)

    def called_in(self, note: str) -> tuple[PastAuthor, ...]:
        colleagues = {author.id: author for author in self.authors.values() if author.kind == "staff"}
        return tuple(author for author in colleagues.values() if f"@{author.name}" in note)


def choose_voices(staff: list[StaffPart], household: Household, pet: PetPart, *, rng: Random) -> Voices:
    nurse = _one(staff, "Nurse", rng)
    vet = _one(staff, "Veterinarian", rng)
    desk = _one(staff, "Practice manager", rng, instead=nurse)
    contact, other = _contacts(household, rng)
    authors = {"nurse": staff_author(nurse), "vet": staff_author(vet), "desk": staff_author(desk)}
    authors |= {"contact": contact_author(contact), "other": contact_author(other)}
    words = {"pet": pet.name, "vet": vet.spoken_name, "nurse": nurse.spoken_name, "contact": contact.name.partition(" ")[0]}
    whole = {"whole_nurse": nurse.name, "whole_vet": vet.name}
    return Voices(authors, words | whole | _pronouns(pet) | _digits(rng))


def staff_author(member: StaffPart) -> PastAuthor:
    return PastAuthor(member.id, member.name, "staff")


def contact_author(contact: ContactPart) -> PastAuthor:
    return PastAuthor(contact.id, contact.name, "contact")


def _one(staff: list[StaffPart], job_title: str, rng: Random, *, instead: StaffPart | None = None) -> StaffPart:
    found = [member for member in staff if member.job_title == job_title and member.role is not Role.PRACTICE_OWNER]
    return rng.choice(found) if found else instead or staff[0]


def _contacts(household: Household, rng: Random) -> tuple[ContactPart, ContactPart]:
    """The one who writes and the other one; mostly it is the primary contact who writes."""
    readers = [contact for contact in household.contacts if contact.is_reader]
    first, second = readers[0], readers[-1]
    return (second, first) if rng.random() < 0.15 else (first, second)


def _pronouns(pet: PetPart) -> dict[str, str]:
    chosen = dict(zip(_HE, _SHE if pet.is_female else _HE, strict=True))
    return chosen | {word.capitalize(): said.capitalize() for word, said in chosen.items()}


def _digits(rng: Random) -> dict[str, str]:
    return {f"n{length}": "".join(rng.choices("0123456789", k=length)) for length in (2, 3, 4)}
