"""Was a text lost, or sent twice? Jepsen's five words, on the carrier's ledger against what was acknowledged.

The same for both directions: what the product acknowledged has to be on the phones, what a phone got through to the product
has to be in the conversations.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import NamedTuple

from pawline.deliveries.states import outranks

# What the carrier has said of a text is not unsaid.
_SAID = ("accepted", "sent", "failed", "delivered")


class Text(NamedTuple):
    """One text is known by the phone it goes to or comes from, and its words, which no other text to that phone has."""

    phone: str
    body: str


class Found(NamedTuple):
    """A text where it was to arrive, and when."""

    text: Text
    at: datetime


@dataclass(slots=True)
class TextRecord:
    """What was asked for, and which of it was acknowledged. ``stops``: since when a phone has to be left alone.

    ``in_flight`` had left before, ``confirmations`` say that it will be.
    """

    asked: set[Text] = field(default_factory=set[Text])
    acknowledged: set[Text] = field(default_factory=set[Text])
    stops: dict[str, datetime] = field(default_factory=dict[str, datetime])
    in_flight: set[Text] = field(default_factory=set[Text])
    confirmations: set[Text] = field(default_factory=set[Text])

    def ask(self, phone: str, body: str) -> Text:
        text = Text(phone, body)
        assert text not in self.asked, f"two texts are alike: {text}"
        self.asked.add(text)
        return text

    def acknowledge(self, text: Text) -> None:
        self.acknowledged.add(text)


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """ok: acknowledged and there once. lost: acknowledged and not there. recovered: there without an acknowledgement.

    duplicated: there more often than once and once for each ambiguous attempt. unexpected: there, and nobody asked for it.
    withheld: acknowledged, and not there because the phone said STOP. after_stop: there although it came after the STOP.
    ambiguous: attempts that were counted as possible duplicates. doubled: texts there twice for one of these.
    """

    ok: int
    lost: int
    recovered: int
    duplicated: int
    unexpected: int
    withheld: int
    after_stop: int
    ambiguous: int
    doubled: int

    @property
    def is_good(self) -> bool:
        return self.lost == self.duplicated == self.unexpected == self.after_stop == 0

    def __str__(self) -> str:
        return ", ".join(f"{each.name} {getattr(self, each.name)}" for each in fields(self))


def judge(record: TextRecord, found: Iterable[Found], *, ambiguous: Mapping[Text, int] | None = None) -> TextVerdict:
    """``ambiguous``: how many attempts of a text were counted as possible duplicates."""
    there, counted = list(found), Counter(ambiguous or {})
    times = Counter(each.text for each in there)
    acknowledged = record.acknowledged
    return TextVerdict(
        ok=sum(1 for text in acknowledged if times[text] == 1),
        lost=sum(1 for text in acknowledged if not times[text] and text.phone not in record.stops),
        recovered=sum(1 for text in times if text in record.asked - acknowledged),
        duplicated=sum(1 for text, many in times.items() if many > 1 + counted[text]),
        unexpected=sum(many for text, many in times.items() if text not in record.asked),
        withheld=sum(1 for text in acknowledged if not times[text] and text.phone in record.stops),
        after_stop=sum(1 for each in there if _is_after_stop(record, each)),
        ambiguous=counted.total(),
        doubled=sum(1 for text, many in times.items() if 1 < many <= 1 + counted[text]),
    )


class Change(NamedTuple):
    """A text's state was one and is another now."""

    before: str
    after: str


def downs(changes: Iterable[Change]) -> list[Change]:
    """Where a state went down (I7). Before the carrier has said anything a text may go back to the queue."""
    return [change for change in changes if change.before in _SAID and not outranks(change.after, change.before)]


def _is_after_stop(record: TextRecord, found: Found) -> bool:
    stop = record.stops.get(found.text.phone)
    return stop is not None and found.at > stop and found.text not in record.in_flight | record.confirmations
