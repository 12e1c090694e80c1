"""The rows around texting: numbers, hours, the contacts' own numbers, and the ledger of who said STOP."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from pawline.carriers.simulator.account import SPOKEN
from pawline.consent.changes import ALL
from pawline.consent.models import CarrierBlock, ConsentEvent, Subscription  # imports: fill.py says why
from pawline.demo.cast import ClinicPart, PracticePart
from pawline.demo.ids import Ids
from pawline.demo.texts import Story, TextedTalk
from pawline.families.models import ContactNumber  # imports: fill.py says why
from pawline.platform.db import Model
from pawline.platform.phone_numbers import format_for_people
from pawline.practices.models import ClinicHours  # imports: fill.py says why
from pawline.texting.models import BotRun, Number, TextingSettings  # imports: fill.py says why
from pawline.texting.policy import VERSION  # imports: fill.py says why

Row = dict[str, Any]
Table = tuple[type[Model], list[Row]]

_SATURDAY = 5
_WEEK = {
    "US": [(day, time(8), time(18)) for day in range(_SATURDAY)] + [(_SATURDAY, time(9), time(13))],
    "GB": [(day, time(8, 30), time(18, 30)) for day in range(_SATURDAY)],
}
_KIND = {"US": "toll_free", "GB": "local"}
_SEGMENTS_PER_SECOND = {"US": 3.0, "GB": 1.0}


def number_tables(practice: PracticePart, talks: list[TextedTalk]) -> Iterator[Table]:
    """Before the threads, whose conversations name the clinic's number."""
    texting = [clinic for clinic in practice.clinics if clinic.text_number]
    yield Number, [_number_row(practice, clinic) for clinic in texting]
    yield TextingSettings, [_settings_row(clinic) for clinic in texting]
    yield ClinicHours, [row for clinic in practice.clinics for row in _hours_rows(clinic)]
    on_landlines = {talk.story.household.id for talk in talks if "lost" in talk.story.marks}
    yield ContactNumber, list(_contact_number_rows(practice, on_landlines))


def consent_tables(talks: list[TextedTalk]) -> Iterator[Table]:
    """After the threads: who agreed to what, who said STOP, and who is still being asked for a name."""
    stopped = [talk.story for talk in talks if "stopped" in talk.story.marks]
    events = [row for story in stopped for row in _stop_events(story)]
    yield ConsentEvent, [row for talk in talks for row in _ground_events(talk)] + events
    yield Subscription, [row for story in stopped for row in _subscription_rows(story)]
    yield CarrierBlock, [_block_row(story) for story in stopped]
    yield BotRun, [_bot_row(talk) for talk in talks if talk.bot_run_id is not None]


def _number_row(practice: PracticePart, clinic: ClinicPart) -> Row:
    manager = next((member for member in practice.staff if member.job_title == "Practice manager"), practice.staff[0])
    since = practice.since + timedelta(days=60)
    is_toll_free = clinic.country == "US"
    return {
        "id": clinic.number_id,
        "clinic_id": clinic.id,
        "kind": _KIND[clinic.country],
        "state": "enabled",
        "number": clinic.text_number,
        "carrier": SPOKEN,
        "carrier_number_id": f"PN{uuid5(clinic.number_id, SPOKEN).hex}",
        "policy_version": VERSION,
        "policy_accepted_by_id": manager.id,
        "policy_accepted_at": since,
        "verification": "approved" if is_toll_free else None,
        "carrier_verification_id": f"HH{uuid5(clinic.number_id, 'verification').hex}" if is_toll_free else None,
        "segments_per_second": _SEGMENTS_PER_SECOND[clinic.country],
        "free_from": since,
        "requested_by_id": manager.id,
        "requested_at": since,
        "assigned_at": since + timedelta(minutes=2),
        "enabled_at": since + timedelta(minutes=9),
    }


def _settings_row(clinic: ClinicPart) -> Row:
    return {"clinic_id": clinic.id, "after_hours_number": format_for_people(clinic.emergency_number, clinic.country)}


def _hours_rows(clinic: ClinicPart) -> Iterator[Row]:
    for weekday, opens_at, closes_at in _WEEK[clinic.country]:
        yield {"clinic_id": clinic.id, "weekday": weekday, "opens_at": opens_at, "closes_at": closes_at}


def _contact_number_rows(practice: PracticePart, on_landlines: set[UUID]) -> Iterator[Row]:
    for household in practice.households:
        for contact in household.contacts:
            yield {
                "id": uuid5(contact.id, contact.phone),
                "contact_id": contact.id,
                "number": contact.phone,
                "is_landline": True if household.id in on_landlines else None,
                "created_at": household.since,
            }


def _ground_events(talk: TextedTalk) -> Iterator[Row]:
    story, first = talk.story, talk.story.lines[0]
    wrote_first = first.voice == "contact"
    yield _event(
        story,
        "ground",
        at=first.at,
        ground="inbound_initiated" if wrote_first else "legitimate_interest",
        source="contact" if wrote_first else "staff",
        actor_id=None if wrote_first else talk.conversation.opened_by.id,
        reason="wrote first" if wrote_first else "the practice started the conversation about the care of a pet",
        number_id=story.clinic.number_id,
    )


def _stop_events(story: Story) -> Iterator[Row]:
    said: dict[str, Any] = {"at": story.lines[-1].at, "source": "contact", "reason": "STOP", "number_id": story.clinic.number_id}
    for category in ALL:
        yield _event(story, "out", category=category.value, **said)
    yield _event(story, "blocked", layer="carrier", **said)


def _subscription_rows(story: Story) -> Iterator[Row]:
    for event in _stop_events(story):
        if event["category"] is not None:
            about = {"contact_number": event["contact_number"], "category": event["category"]}
            yield {**about, "is_out": True, "since": event["at"], "event_id": event["id"]}


def _block_row(story: Story) -> Row:
    event = next(row for row in _stop_events(story) if row["action"] == "blocked")
    about = {"number_id": story.clinic.number_id, "contact_number": story.contact_number}
    return {**about, "since": event["at"], "event_id": event["id"]}


def _event(story: Story, action: str, *, at: datetime, **values: Any) -> Row:
    category = values.get("category")
    rng = Random(f"{story.household.id} {action} {category}")  # noqa: S311 - the same ids every time is the point
    usual = {"layer": "platform", "category": None, "ground": None, "actor_id": None, "reason": ""}
    known = {"id": Ids(rng).at(at), "contact_number": story.contact_number, "action": action, "at": at}
    return {**usual, **known, **values}


def _bot_row(talk: TextedTalk) -> Row:
    return {
        "id": talk.bot_run_id,
        "conversation_id": talk.conversation.id,
        "contact_id": talk.story.household.contacts[0].id,
        "question": 1,
        "state": "asking",
        "begun_at": talk.story.asked_at,
    }
