"""Why a text is not sent, as one member of staff would tell another, and what they can do about it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pawline.consent.changes import Category, Source
from pawline.consent.keywords import Keyword, read_keyword
from pawline.consent.views import ConsentEventView
from pawline.platform.phone_numbers import format_for_people

# Every sentence begins with it, so that a name can take its place.
SOMEBODY = "The client"
_CATEGORIES = {
    Category.TWO_WAY: "texts",
    Category.HEALTH_REMINDERS: "reminders by text",
    Category.APPOINTMENT_CONFIRMATIONS: "appointment confirmations by text",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sentence is read. ``our_number`` is E.164; None: the clinic has none any more."""

    our_number: str | None
    country: str
    zone: str

    def day_of(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self.zone))
        return f"{local.day} {local:%b %Y}"

    @property
    def where_to_text(self) -> str:
        return f"to {format_for_people(self.our_number, self.country)}" if self.our_number else "to your text number"


def words_about(event: ConsentEventView, place: Place) -> str:
    if event.layer == "carrier":
        return f"{_who_blocked(event, place)} Ask them to text START {place.where_to_text}; nobody else can undo it."
    category = Category(event.category or Category.TWO_WAY)
    return f"{_who_opted_out(event, category, place)} {_way_back(category, place)}"


def _who_blocked(event: ConsentEventView, place: Place) -> str:
    if event.source == Source.CONTACT:
        return f"{SOMEBODY} stopped all texts on {place.day_of(event.at)}{_by_texting(event)}."
    return f"{SOMEBODY} stopped all texts; the carrier reported it on {place.day_of(event.at)}."


def _who_opted_out(event: ConsentEventView, category: Category, place: Place) -> str:
    what, day = _CATEGORIES[category], place.day_of(event.at)
    if event.source == Source.CONTACT:
        return f"{SOMEBODY} stopped {what} on {day}{_by_texting(event)}."
    return f"{SOMEBODY} was opted out of {what} by {event.actor_name or 'Pawline'} on {day}."


def _by_texting(event: ConsentEventView) -> str:
    said = event.reason.strip()
    return f" by texting {said}" if read_keyword(said) is Keyword.STOP else " by text"


def _way_back(category: Category, place: Place) -> str:
    """Two-way texts come back with any text of theirs; reminders and confirmations do not."""
    ask = "send any text" if category is Category.TWO_WAY else "text START"
    return f"Ask them to {ask} {place.where_to_text}, or opt them in under their subscription preferences if they asked you to."
