"""A text of the product on its way to a phone: taken or refused, paced, delivered or not, and reported."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.dialling_plan import (
    NumberType,
    carries_pictures,
    country_of,
    is_number,
    read_number,
    type_of,
)
from pawline.carriers.simulator.events import shortened
from pawline.carriers.simulator.ledger import Entry, now
from pawline.carriers.simulator.opt_outs import Pair
from pawline.carriers.simulator.own_numbers import OwnNumber
from pawline.carriers.simulator.pacing import Pacer
from pawline.carriers.simulator.receipts import Receipts
from pawline.carriers.simulator.refusals import (
    BODY_REQUIRED,
    BODY_TOO_LONG,
    FROM_NOT_OURS,
    FROM_REQUIRED,
    INVALID_TO,
    LANDLINE,
    NOT_A_MOBILE,
    NOT_VERIFIED,
    OPTED_OUT,
    PAIR_NOT_POSSIBLE,
    PHONE_OFF,
    QUEUE_FULL,
    REGION_NOT_ENABLED,
    TO_REQUIRED,
    TOO_MUCH_MEDIA,
    Refused,
)
from pawline.carriers.simulator.segments import count_segments
from pawline.carriers.simulator.sids import new_sid

LONGEST_BODY = 1_600
MOST_MEDIA = 10
LONGEST_QUEUE = timedelta(hours=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAsked:
    """What the product asks to be sent, in its own spelling."""

    from_number: str
    to_number: str
    body: str
    media_links: Sequence[str] = ()
    receipt_url: str = ""


class Outbound:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._receipts = Receipts(desk)
        self._pacer = Pacer(desk.sky, desk.background, self._carry)

    def take(self, asked: TextAsked) -> Entry:
        """Raises Refused, in which case nothing goes out."""
        try:
            own = self._require_possible(asked)
            if self._pacer.waits(own.number) > LONGEST_QUEUE:
                raise Refused(QUEUE_FULL, own.number)
        except Refused as refused:
            self._desk.events.log(f"refused {refused.code} to {shortened(asked.to_number)}")
            raise
        entry = self._desk.ledger.write(_entry(asked, asked.receipt_url or own.receipt_url))
        self._desk.events.log(f"send {_short_sid(entry)} to {shortened(entry.to_number)} → queued")
        self._pacer.add(entry)
        return entry

    def resume(self) -> None:
        """Go on with what an earlier run had taken and not finished."""
        for entry in self._desk.ledger.between(kind="outbound"):
            if entry.state in {"queued", "sent"}:
                self._pacer.add(entry)

    def forget(self) -> None:
        self._pacer.clear()

    def _require_possible(self, asked: TextAsked) -> OwnNumber:
        _require_complete(asked)
        own, to = self._desk.numbers.find(read_number(asked.from_number)), read_number(asked.to_number)
        if own is None:
            raise Refused(FROM_NOT_OURS, asked.from_number)
        if not is_number(to):
            raise Refused(INVALID_TO, asked.to_number)
        self._require_reachable(own, to, has_media=bool(asked.media_links))
        if self._desk.opt_outs.is_blocked(Pair(own.number, to)):
            raise Refused(OPTED_OUT)
        return own

    def _require_reachable(self, own: OwnNumber, to: str, *, has_media: bool) -> None:
        country = country_of(to)
        if not country:
            raise Refused(REGION_NOT_ENABLED, to)
        leaves_home = type_of(own.number) is NumberType.TOLL_FREE and country == "GB"
        if leaves_home or (has_media and not carries_pictures(own.number, to)):
            raise Refused(PAIR_NOT_POSSIBLE, f"{own.number}, {to}")
        if self._is_landline(to) and country == "GB":
            raise Refused(NOT_A_MOBILE, to)

    def _is_landline(self, number: str) -> bool:
        phone = self._desk.phones.find(number)
        return phone is not None and phone.kind == "landline"

    async def _carry(self, entry: Entry) -> None:
        """From the carrier's queue to the phone. The phone does not wait for what the product says to receipts."""
        failure = self._failure_before(entry)
        if failure is not None:
            self._end(entry, failure)
            await self._receipts.report(entry, entry.state)
            return
        self._leave(entry)
        is_reordered = self._desk.sky.happens(self._desk.sky.weather.reordered_receipts)
        first = None if is_reordered else self._desk.background.start(self._receipts.report(entry, "sent"))
        await asyncio.sleep(self._desk.sky.scaled(self._desk.settings.handset_seconds))
        self._end(entry, self._failure_at_phone(entry))
        if first is not None:
            await asyncio.wait([first])
        await self._receipts.report(entry, entry.state)
        if is_reordered:
            await self._receipts.report(entry, "sent")

    def _leave(self, entry: Entry) -> None:
        entry.state, entry.sent_at = "sent", now()
        self._desk.ledger.write(entry)

    def _failure_before(self, entry: Entry) -> int | None:
        own = self._desk.numbers.find(entry.from_number)
        return None if own is not None and self._desk.numbers.may_send(own) else NOT_VERIFIED

    def _failure_at_phone(self, entry: Entry) -> int | None:
        phone = self._desk.phones.find(entry.to_number)
        if phone is None:
            return None
        if phone.kind == "landline":
            return LANDLINE
        return phone.failure_code if phone.is_on else PHONE_OFF

    def _end(self, entry: Entry, failure: int | None) -> None:
        entry.error_code = failure
        if failure is None:
            entry.state, entry.arrived_at, entry.times_seen = "delivered", now(), entry.times_seen + 1
        else:
            entry.state = "undelivered"
        self._desk.ledger.write(entry)
        self._desk.events.log(f"{_short_sid(entry)} {entry.state}{f' {failure}' if failure else ''}")


def _require_complete(asked: TextAsked) -> None:
    if not asked.to_number:
        raise Refused(TO_REQUIRED)
    if not asked.from_number:
        raise Refused(FROM_REQUIRED)
    if not asked.body and not asked.media_links:
        raise Refused(BODY_REQUIRED)
    if len(asked.body) > LONGEST_BODY:
        raise Refused(BODY_TOO_LONG)
    if len(asked.media_links) > MOST_MEDIA:
        raise Refused(TOO_MUCH_MEDIA)


def _entry(asked: TextAsked, receipt_url: str) -> Entry:
    return Entry(
        sid=new_sid("MM" if asked.media_links else "SM"),
        kind="outbound",
        from_number=read_number(asked.from_number),
        to_number=read_number(asked.to_number),
        body=asked.body,
        segments=count_segments(asked.body),
        state="queued",
        at=now(),
        media_links=list(asked.media_links),
        receipt_url=receipt_url,
    )


def _short_sid(entry: Entry) -> str:
    return f"{entry.sid[:2]}…{entry.sid[-4:]}"
