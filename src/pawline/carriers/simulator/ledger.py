"""Every text in either direction, as the carrier saw it. It is what tests count."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

import msgspec

Kind = Literal["outbound", "inbound", "carrier"]
State = Literal["queued", "sent", "delivered", "undelivered", "received", "handed_over", "refused"]


class Picture(msgspec.Struct, frozen=True):
    """``url`` is for phones: it needs no credentials, and outlives the copy that the product may delete."""

    sid: str
    media_type: str
    url: str


class Entry(msgspec.Struct, kw_only=True):
    """One text. ``outbound``: the product to a phone; ``inbound``: a phone to the product; ``carrier``: the carrier's own words.

    Outbound: queued, sent, then delivered or undelivered. Inbound: received, then handed_over or refused (the product never
    took it). A carrier's own text is delivered at once.
    ``times_seen``: how often it reached its end: a phone, at most once; the product, by as many genuine requests as it got.
    ``is_answer_lost``: the product never learnt that we took it. ``receipts``: what we reported of it, in that order.
    """

    sid: str
    kind: Kind
    from_number: str
    to_number: str
    body: str
    segments: int
    state: State
    at: datetime
    pictures: list[Picture] = []
    media_links: list[str] = []
    error_code: int | None = None
    sent_at: datetime | None = None
    arrived_at: datetime | None = None
    times_seen: int = 0
    receipt_url: str = ""
    receipts: list[str] = []
    is_answer_lost: bool = False

    @property
    def is_on_phone(self) -> bool:
        return self.kind == "inbound" or self.arrived_at is not None

    def has_party(self, number: str) -> bool:
        return number in {self.from_number, self.to_number}


class Ledger:
    def __init__(self, tell: Callable[[Entry], None]) -> None:
        """``tell`` hears of every new text and every change."""
        self._entries: dict[str, Entry] = {}
        self._tell = tell

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def write(self, entry: Entry) -> Entry:
        """Add it, or make a change to it known."""
        self._entries[entry.sid] = entry
        self._tell(entry)
        return entry

    def find(self, sid: str) -> Entry | None:
        return self._entries.get(sid)

    def between(self, *, from_number: str = "", to_number: str = "", kind: str = "") -> list[Entry]:
        """Oldest first; an empty value matches all."""
        return [
            entry
            for entry in self
            if from_number in {"", entry.from_number} and to_number in {"", entry.to_number} and kind in {"", entry.kind}
        ]

    def on_phone(self, number: str) -> list[Entry]:
        """What the phone shows, in the order it got it."""
        shown = [entry for entry in self if entry.has_party(number) and entry.is_on_phone]
        return sorted(shown, key=lambda entry: entry.arrived_at or entry.at)

    def clear(self) -> None:
        self._entries.clear()


def now() -> datetime:
    return datetime.now(UTC)
