"""Telling a dialogue: real names in the gaps, real times between the lines."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from pawline.demo import hours
from pawline.demo.cast import Household, PetPart, StaffPart
from pawline.demo.dialogue import Dialogue, Line
from pawline.demo.ids import Ids
from pawline.demo.voices import Voices, choose_voices
from pawline.threads.history import PastConversation, PastMessage

_PAID_AFTER = timedelta(minutes=2)
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """``picture`` names one of pictures.py."""

    message_id: UUID
    sender_id: UUID
    picture: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class AskedPayment:
    """In cents of the country's currency. ``paid_at`` None: it waits."""

    message_id: UUID
    amount_minor: int
    asked_at: datetime
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    conversation: PastConversation
    photos: tuple[SentPhoto, ...]
    payments: tuple[AskedPayment, ...] = ()

    @property
    def last_at(self) -> datetime:
        """When it ended, or what was said last if it has not."""
        return self.conversation.ended_at or self.conversation.messages[-1].written_at


class Teller:
    """Tells the dialogues of one family at one clinic; the same generator gives the same talk."""

    def __init__(self, staff: list[StaffPart], household: Household, rng: Random) -> None:
        self._rng = rng
        self._ids = Ids(rng)
        self._staff = staff
        self._household = household

    def tell(self, dialogue: Dialogue, pet: PetPart, start: datetime) -> Told:
        """From about ``start`` on, in the hours in which people work and are awake; then a staff member ends it."""
        voices = choose_voices(self._staff, self._household, pet, rng=self._rng)
        told = self._told(dialogue, pet, voices, times=self._times(dialogue, start))
        ended_by = voices.authors[next((line.voice for line in reversed(dialogue.lines) if line.is_staff), "nurse")]
        ended_at = hours.at_work(told.last_at + timedelta(minutes=self._rng.randint(15, 240)), self._rng)
        return replace(told, conversation=replace(told.conversation, ended_by=ended_by, ended_at=ended_at))

    def tell_until(self, dialogue: Dialogue, pet: PetPart, end: datetime) -> Told:
        """Open, with the last line exactly at ``end``, whatever the hour: this is what goes on right now."""
        gaps = [line.gap or timedelta(0) for line in dialogue.lines]
        times = [end - sum(gaps[place + 1 :], timedelta(0)) for place in range(len(gaps))]
        return self._told(dialogue, pet, choose_voices(self._staff, self._household, pet, rng=self._rng), times=times)

    def _times(self, dialogue: Dialogue, start: datetime) -> list[datetime]:
        times: list[datetime] = []
        moment = start
        for line in dialogue.lines:
            if times:
                moment += self._gap(line)
            moment = hours.at_work(moment, self._rng) if line.is_staff else hours.awake(moment, self._rng)
            times.append(moment)
        return times

    def _gap(self, line: Line) -> timedelta:
        if line.gap is None:
            return timedelta(seconds=self._rng.randint(60, 1500))
        return line.gap * self._rng.uniform(0.8, 1.25)

    def _told(self, dialogue: Dialogue, pet: PetPart, voices: Voices, *, times: list[datetime]) -> Told:
        said = Voices(voices.authors, voices.words | self._words_of(times[0]))
        messages = [
            self._message(line, said, pet, written_at=written_at) for line, written_at in zip(dialogue.lines, times, strict=True)
        ]
        conversation = PastConversation(
            id=self._ids.at(times[0]),
            title=said.say(dialogue.title),
            messages=messages,
            opened_by=messages[0].author,
            opened_at=times[0],
        )
        photos = [
            SentPhoto(message.id, message.author.id, line.photo, message.written_at)
            for line, message in zip(dialogue.lines, messages, strict=True)
            if line.photo
        ]
        payments = [
            AskedPayment(message.id, line.pay, message.written_at, message.written_at + _PAID_AFTER if line.is_paid else None)
            for line, message in zip(dialogue.lines, messages, strict=True)
            if line.pay is not None
        ]
        return Told(conversation, tuple(photos), tuple(payments))

    def _words_of(self, start: datetime) -> dict[str, str]:
        return {"hello": hours.greeting(start, self._rng), "day": hours.coming_weekday(start, self._rng)}

    def _message(self, line: Line, voices: Voices, pet: PetPart, *, written_at: datetime) -> PastMessage:
        body = voices.say(_CHOICE.sub(lambda found: self._rng.choice(found[1].split("|")), line.text))
        return PastMessage(
            id=self._ids.at(written_at),
            client_id=self._ids.loose(),
            author=voices.authors[line.voice],
            body=body,
            written_at=written_at,
            kind="note" if line.is_note else "text",
            pet_ids=(pet.id,),
            deleted_at=written_at + timedelta(seconds=self._rng.randint(20, 90)) if line.is_deleted else None,
            calls=voices.called_in(body) if line.is_note else (),
        )
