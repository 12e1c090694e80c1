"""What was texted before the demo began: conversations by text, the deliveries they went out with, and who said STOP."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any
from uuid import UUID

from pawline.carriers.simulator.account import SPOKEN
from pawline.deliveries.history import PastDelivery
from pawline.demo.cast import ClinicPart, Household, PracticePart
from pawline.demo.ids import Ids
from pawline.demo.voices import contact_author, staff_author
from pawline.demo.year import ToldThread
from pawline.practices.service import AUTOMATIC
from pawline.texting.segments import count_segments
from pawline.threads.history import BetweenNumbers, PastAuthor, PastConversation, PastMessage, PastReader, PastThread

_KINDS = {"copy": "reminder_copy", "line": "system"}
_AUTOMATIC = ("auto", "question", "reminder")
_OUTGOING = (*_AUTOMATIC, "nurse")


@dataclass(frozen=True, slots=True)
class Line:
    voice: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One table of texts.toml."""

    household: Household
    clinic: ClinicPart
    title: str
    lines: tuple[Line, ...]
    marks: frozenset[str]

    @property
    def contact_number(self) -> str:
        return self.household.contacts[0].phone

    @property
    def asked_at(self) -> datetime | None:
        """When the first question went to an unknown number."""
        return next((line.at for line in self.lines if line.voice == "question"), None)


@dataclass
class TextedTalk:
    """``bot_run_id``: of the questions, where some were asked."""

    story: Story
    conversation: PastConversation
    deliveries: list[PastDelivery]
    readers: list[PastReader]
    bot_run_id: UUID | None


def tell_texts(practice: PracticePart, start: datetime, *, seed: str) -> Iterator[TextedTalk]:
    for story in _read_stories(practice, start):
        rng = Random(f"{seed}: texts of {story.household.name}")  # noqa: S311 - the same ids every time is the point
        yield _Told(practice, story, Ids(rng)).talk(start)


def with_texts(practice: PracticePart, told: Iterable[ToldThread], talks: Sequence[TextedTalk]) -> Iterator[ToldThread]:
    """The threads with what was texted in them, and those of families who only text."""
    left = {talk.story.household.id: talk for talk in talks}
    for thread in told:
        talk = left.pop(thread.past.family_id, None)
        yield thread if talk is None else replace(thread, past=_added(thread.past, talk))
    for talk in left.values():
        yield ToldThread(_thread_of(practice, talk), ())


def _added(past: PastThread, talk: TextedTalk) -> PastThread:
    return replace(past, conversations=[*past.conversations, talk.conversation], deliveries=talk.deliveries)


def _thread_of(practice: PracticePart, talk: TextedTalk) -> PastThread:
    story, opened_at = talk.story, talk.conversation.opened_at
    rng = Random(story.household.id.int)  # noqa: S311 - the same ids every time is the point
    return PastThread(
        practice_id=practice.id,
        id=Ids(rng).at(opened_at),
        family_id=story.household.id,
        clinic_id=story.clinic.id,
        created_at=opened_at,
        conversations=[talk.conversation],
        readers=talk.readers,
        deliveries=talk.deliveries,
    )


def _read_stories(practice: PracticePart, start: datetime) -> Iterator[Story]:
    households = {household.name: household for household in practice.households}
    tables = tomllib.loads(files("pawline.demo").joinpath("dialogues", "texts.toml").read_text("utf-8"))
    for table in tables["text"]:
        if table["family"] in households:
            marks = frozenset(mark for mark in ("ended", "unread", "lost", "stopped") if table.get(mark))
            clinic = practice.clinic_of[table["clinic"]]
            yield Story(households[table["family"]], clinic, table["title"], tuple(_lines(table, start)), marks)


def _lines(table: dict[str, Any], start: datetime) -> Iterator[Line]:
    minutes = [minutes for _, minutes, _ in table["lines"]]
    begun_at = start - timedelta(hours=table["hours_ago"], minutes=sum(minutes))
    for place, (voice, _, body) in enumerate(table["lines"]):
        # Two of the same minute still come one after the other.
        yield Line(voice, body, begun_at + timedelta(minutes=sum(minutes[: place + 1]), seconds=place))


@dataclass
class _Told:
    practice: PracticePart
    story: Story
    ids: Ids
    deliveries: list[PastDelivery] = field(default_factory=list[PastDelivery])

    def talk(self, start: datetime) -> TextedTalk:
        story = self.story
        bot_run_id = self.ids.at(story.asked_at) if story.asked_at else None
        entries = [(line, message) for line in story.lines if (message := self._message(line)) is not None]
        messages = [message for _, message in entries]
        is_ended = "ended" in story.marks
        began = next(message.author for line, message in entries if line.voice in ("contact", "nurse"))
        conversation = PastConversation(
            id=self.ids.at(messages[0].written_at),
            title=story.title,
            messages=messages,
            opened_by=began,
            opened_at=messages[0].written_at,
            ended_by=self._nurse if is_ended else None,
            ended_at=messages[-1].written_at + timedelta(minutes=8) if is_ended else None,
            texted=BetweenNumbers(story.clinic.number_id, story.contact_number),
        )
        return TextedTalk(story, conversation, self.deliveries, list(self._readers(messages, start)), bot_run_id)

    @property
    def _nurse(self) -> PastAuthor:
        return staff_author(next(member for member in self.practice.staff_of(self.story.clinic) if member.job_title == "Nurse"))

    def _author(self, line: Line) -> PastAuthor:
        if line.voice == "contact":
            return contact_author(self.story.household.contacts[0])
        return self._nurse if line.voice == "nurse" else PastAuthor(self.practice.id, AUTOMATIC, "system")

    def _message(self, line: Line) -> PastMessage | None:
        if line.voice == "reminder":
            self._deliver(line, None)
            return None
        reminder = self.deliveries[-1] if line.voice == "copy" else None
        message = PastMessage(
            id=self.ids.at(line.at),
            client_id=self.ids.loose(),
            author=self._author(line),
            body=reminder.body if reminder else line.body,
            written_at=line.at,
            kind=_KINDS.get(line.voice, "text"),  # type: ignore[arg-type]  # the two words of the table above
            copied_delivery_id=reminder.id if reminder else None,
            occurred_at=reminder.queued_at if reminder else None,
        )
        if line.voice in _OUTGOING:
            self._deliver(line, message.id)
        return message

    def _deliver(self, line: Line, message_id: UUID | None) -> None:
        clinic = self.story.clinic
        is_lost = "lost" in self.story.marks
        self.deliveries.append(
            PastDelivery(
                id=self.ids.at(line.at),
                message_id=message_id,
                clinic_id=clinic.id,
                number_id=clinic.number_id,
                carrier=SPOKEN,
                from_number=clinic.text_number,
                to_number=self.story.contact_number,
                category="health_reminders" if line.voice == "reminder" else "two_way",
                body=line.body,
                segments=count_segments(line.body).count,
                queued_at=line.at,
                is_automatic=line.voice in _AUTOMATIC,
                requested_by_id=self._nurse.id if line.voice in ("nurse", "reminder") else None,
                reason="landline" if is_lost else None,
                carrier_code="30006" if is_lost else "",
            )
        )

    def _readers(self, messages: list[PastMessage], start: datetime) -> Iterator[PastReader]:
        last = messages[-1].written_at
        read_at = last - timedelta(seconds=1) if "unread" in self.story.marks else min(start, last + timedelta(minutes=4))
        for member in self.practice.staff_of(self.story.clinic):
            yield PastReader(staff_author(member), read_at)
