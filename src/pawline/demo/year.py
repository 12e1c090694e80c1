"""A year of one family with one clinic: which dialogues happened when, and who has read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from pawline.demo import hours
from pawline.demo.cast import FAMILY_TO_PLAY, ClinicPart, Household, PetPart, PracticePart
from pawline.demo.dialogue import Dialogue, OpenDialogue, read_dialogues, read_open_dialogues
from pawline.demo.ids import Ids
from pawline.demo.talk import AskedPayment, SentPhoto, Teller, Told
from pawline.demo.voices import contact_author, staff_author
from pawline.platform.actor import Role
from pawline.threads.history import PastMessage, PastReader, PastThread, PastTriage

_YEAR = timedelta(days=363)
# The last days before the open dialogues are left quiet, so that no two of a thread overlap.
_QUIET = timedelta(days=2)
_MOMENT = timedelta(seconds=20)
# And nothing ordinary disturbs a special occasion.
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ToldThread:
    """``labels``: names of those in labels.py, on what is open in the app."""

    past: PastThread
    photos: tuple[SentPhoto, ...]
    labels: tuple[str, ...] = ()
    payments: tuple[AskedPayment, ...] = ()


def tell_year(practice: PracticePart, start: datetime, *, seed: str) -> Iterator[ToldThread]:
    """All threads of the practice, up to ``start``."""
    scripts = Scripts(read_dialogues(), {found.family: found for found in read_open_dialogues()})
    for household in practice.households:
        for letter in "" if household.only_texts else household.clinics:
            rng = Random(f"{seed}: {household.name} {letter}")  # noqa: S311 - the same year every time is the point
            yield _Year(practice, practice.clinic_of[letter], household, rng=rng).told(scripts, start)


@dataclass(frozen=True, slots=True)
class Scripts:
    dialogues: list[Dialogue]
    open_of_family: dict[str, OpenDialogue]

    def everyday(self, pet: PetPart, moment: datetime) -> list[Dialogue]:
        month = moment.astimezone(hours.ZONE).month
        return [found for found in self._suitable("", pet, moment) if month in (found.months or (month,))]

    def special(self, use: str, pet: PetPart, moment: datetime) -> Dialogue | None:
        return next(iter(self._suitable(use, pet, moment)), None)

    def _suitable(self, use: str, pet: PetPart, moment: datetime) -> list[Dialogue]:
        years = pet.years_old(moment)
        return [found for found in self.dialogues if found.use == use and found.suits(pet.species, years=years)]


class _Year:
    def __init__(self, practice: PracticePart, clinic: ClinicPart, household: Household, *, rng: Random) -> None:
        self._practice = practice
        self._clinic = clinic
        self._household = household
        self._rng = rng
        self._ids = Ids(rng)
        self._staff = practice.staff_of(clinic)
        self._is_main = household.clinics[0] == clinic.letter
        self._teller = Teller(self._staff, household, rng)

    def told(self, scripts: Scripts, start: datetime) -> ToldThread:
        now = scripts.open_of_family.get(self._household.name) if self._is_main else None
        told = list(self._past(scripts, start - _YEAR, start - _QUIET))
        if now is not None:
            told.append(self._told_now(now, start))
        opened_at = min(found.conversation.opened_at for found in told)
        past = PastThread(
            practice_id=self._practice.id,
            id=self._ids.at(opened_at),
            family_id=self._household.id,
            clinic_id=self._clinic.id,
            created_at=opened_at,
            conversations=[found.conversation for found in told],
            readers=list(self._readers(told[-1], now, start)),
        )
        return ToldThread(
            past,
            photos=tuple(photo for found in told for photo in found.photos),
            labels=now.labels if now else (),
            payments=tuple(payment for found in told for payment in found.payments),
        )

    def _told_now(self, now: OpenDialogue, start: datetime) -> Told:
        told = self._teller.tell_until(now.dialogue, self._household.pets[0], start - now.ago)
        if not now.set_down:
            return told
        by = staff_author(next(member for member in self._staff if member.role is Role.SENIOR))
        if now.set_down == "urgent":
            triage = PastTriage(by, urgent_at=told.last_at + _MOMENT)
        else:
            triage = PastTriage(by, snoozed_until=hours.tomorrow_morning(start))
        return replace(told, conversation=replace(told.conversation, triage=triage))

    def _past(self, scripts: Scripts, first: datetime, last: datetime) -> Iterator[Told]:
        free_from = first
        for moment, pet, dialogue in self._plan(scripts, first, last):
            told = self._teller.tell(dialogue, pet, max(moment, free_from + timedelta(hours=3)))
            if told.last_at < last:
                free_from = told.last_at
                yield told

    def _plan(self, scripts: Scripts, first: datetime, last: datetime) -> list[tuple[datetime, PetPart, Dialogue]]:
        occasions = list(self._occasions(scripts, first)) if self._is_main else []
        plan = list(occasions)
        used: list[str] = []
        for _ in range(self._how_many()):
            moment = hours.in_daytime(first + (last - first) * self._rng.random(), self._rng)
            pets = self._at_home(moment)
            if not pets or any(occasion - _BEFORE < moment < occasion + _AFTER for occasion, *_ in occasions):
                continue
            pet = self._rng.choice(pets)
            dialogue = self._fresh(scripts.everyday(pet, moment), used)
            used.append(dialogue.title)
            plan.append((moment, pet, dialogue))
        return sorted(plan, key=lambda entry: entry[0])

    def _occasions(self, scripts: Scripts, first: datetime) -> Iterator[tuple[datetime, PetPart, Dialogue]]:
        for pet in self._household.pets:
            if pet.died_at and (goodbye := scripts.special("goodbye", pet, pet.died_at)):
                yield pet.died_at, pet, goodbye
            came_home = datetime.combine(pet.came_home, first.timetz())
            if came_home > first and (young := scripts.special("young", pet, came_home)):
                yield hours.in_daytime(came_home, self._rng), pet, young

    def _how_many(self) -> int:
        if self._household.name == FAMILY_TO_PLAY:
            return 36 if self._is_main else 4
        return self._rng.randint(8, 15) if self._is_main else self._rng.randint(2, 5)

    def _at_home(self, moment: datetime) -> list[PetPart]:
        return [
            pet
            for pet in self._household.pets
            if pet.came_home <= moment.date() and (pet.died_at is None or moment < pet.died_at)
        ]

    def _fresh(self, dialogues: list[Dialogue], used: list[str]) -> Dialogue:
        """One of those told least often in this thread so far."""
        fewest = min(used.count(found.title) for found in dialogues)
        return self._rng.choice([found for found in dialogues if used.count(found.title) == fewest])

    def _readers(self, last: Told, now: OpenDialogue | None, start: datetime) -> Iterator[PastReader]:
        """Nearly everybody has read nearly everything."""
        messages = last.conversation.messages
        unread_for = now.unread_for if now else "none"
        for member in self._staff:
            if unread_for == "called" and (call := _first_call(messages, member.id)) is not None:
                yield PastReader(staff_author(member), call.written_at - _MOMENT)
                continue
            is_behind = unread_for == "staff"
            yield PastReader(staff_author(member), self._read_at(messages, start, before="contact" if is_behind else None))
        for contact in self._household.contacts:
            if contact.is_reader:
                is_behind = unread_for == "family" or (now is None and self._rng.random() < 0.08)
                yield PastReader(contact_author(contact), self._read_at(messages, start, before="staff" if is_behind else None))

    def _read_at(self, messages: Sequence[PastMessage], start: datetime, *, before: str | None) -> datetime:
        """Soon after the last message, or just before the last ones that the other side has written."""
        new = len(messages)
        while before and new and messages[new - 1].author.kind == before:
            new -= 1
        if new == len(messages):
            return min(start, messages[-1].written_at + timedelta(seconds=self._rng.randint(30, 3600)))
        return messages[new].written_at - _MOMENT


def _first_call(messages: Sequence[PastMessage], staff_id: UUID) -> PastMessage | None:
    return next((message for message in messages if staff_id in {called.id for called in message.calls}), None)
