"""What came in, stored before it is acknowledged, once for each id of the carrier."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from pawline.carriers.interface import CallEnded, InboundText, MediaLink
from pawline.consent.changes import Category, ConsentChange, Source
from pawline.platform import clock
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.phone_numbers import to_e164
from pawline.texting.clinic_numbers import ClinicNumber, Pair
from pawline.texting.models import InboundEvent

SAME_WORDS_WITHIN = timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class IncomingText:
    """A text as the rules see it. ``keyword``: what the carrier has already acted on."""

    event_id: UUID
    pair: Pair
    body: str
    media: Sequence[MediaLink]
    keyword: Literal["stop", "start", "help"] | None
    carrier: str

    def consent_change(self, reason: str, *, categories: tuple[Category, ...] = ()) -> ConsentChange:
        return ConsentChange(
            contact_number=self.pair.contact_number,
            number_id=self.pair.number.id,
            categories=categories,
            source=Source.CONTACT,
            reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``content`` tells it from another event of the same phone; ``columns`` are those of its kind."""

    kind: Literal["text", "call"]
    carrier_event_id: str
    from_number: str
    content: str
    columns: dict[str, Any]

    @property
    def content_sha256(self) -> bytes:
        return hashlib.sha256(self.content.encode()).digest()


async def keep_text(uow: UnitOfWork, number: ClinicNumber, text: InboundText, *, from_number: str) -> IncomingText | None:
    """Store the event. None: it was stored before, whatever came of it."""
    body = mask_card_numbers(_storable(text.body))
    event = Event(
        kind="text",
        carrier_event_id=text.carrier_message_id,
        from_number=from_number,
        content="\x1f".join([body, *(link.url for link in text.media)]),
        columns={
            "body": body,
            "media": [{"url": link.url, "media_type": link.media_type} for link in text.media],
            "keyword": text.keyword,
            "sent_at": text.sent_at,
        },
    )
    event_id = await keep_event(uow, number, event)
    if event_id is None:
        return None
    return IncomingText(event_id, Pair(number, from_number), body, text.media, text.keyword, number.carrier)


async def keep_event(uow: UnitOfWork, number: ClinicNumber, event: Event) -> UUID | None:
    """The new row's id; None: the carrier brought this event before."""
    event_id = new_id()
    statement = insert(InboundEvent).values(
        practice_id=number.practice_id,
        id=event_id,
        number_id=number.id,
        kind=event.kind,
        carrier=number.carrier,
        carrier_event_id=event.carrier_event_id,
        from_number=event.from_number,
        content_sha256=event.content_sha256,
        is_possible_repeat=await _came_just_now(uow, number, event),
        received_at=clock.now(),
        **event.columns,
    )
    made = await uow.execute(
        statement.on_conflict_do_nothing(index_elements=["carrier", "carrier_event_id"]).returning(InboundEvent.id)
    )
    return event_id if made.one_or_none() is not None else None


async def waiting_text(uow: UnitOfWork, number: ClinicNumber, event_id: UUID) -> IncomingText | None:
    """A stored text that nothing has come of yet, held until the commit."""
    statement = select(InboundEvent.__table__).where(
        InboundEvent.practice_id == number.practice_id, InboundEvent.id == event_id, InboundEvent.processed_at.is_(None)
    )
    row = (await uow.execute(statement.with_for_update())).one_or_none()
    if row is None:
        return None
    media = [MediaLink(link["url"], link["media_type"]) for link in row.media]
    return IncomingText(row.id, Pair(number, row.from_number), row.body, media, row.keyword, row.carrier)


async def mark_processed(uow: UnitOfWork, number: ClinicNumber, event_id: UUID, *, message_id: UUID | None) -> None:
    await _settle(uow, number, event_id, message_id=message_id)


async def mark_held(uow: UnitOfWork, number: ClinicNumber, event_id: UUID, *, block_id: UUID) -> None:
    """It enters no thread; administrators find it beside the block."""
    await _settle(uow, number, event_id, held_by_block_id=block_id)


async def settle_call(uow: UnitOfWork, carrier: str, call: CallEnded) -> Any | None:
    """Write down how a call ended and give its row; None: that was known already, or the call is not.

    Some carriers name the numbers of the other leg here, so the call is found by its id.
    """
    # tenancy: the carrier's id of the call says which row it is, and so which practice.
    statement = (
        update(InboundEvent)
        .where(
            InboundEvent.carrier == carrier,
            InboundEvent.carrier_event_id == call.carrier_call_id,
            InboundEvent.kind == "call",
            InboundEvent.was_answered.is_(None),
        )
        .values(was_answered=call.was_answered, processed_at=clock.now())
        .returning(InboundEvent.practice_id, InboundEvent.id, InboundEvent.number_id, InboundEvent.from_number)
    )
    return (await uow.execute(statement)).one_or_none()


def normal_number(spelling: str, country: str) -> str:
    """Carriers write full numbers, some without the plus; what cannot be a number is kept as it came."""
    full = spelling if spelling.startswith("+") else f"+{spelling}"
    return to_e164(full, country) or to_e164(spelling, country) or spelling


async def _settle(uow: UnitOfWork, number: ClinicNumber, event_id: UUID, **outcome: UUID | None) -> None:
    statement = update(InboundEvent).where(InboundEvent.practice_id == number.practice_id, InboundEvent.id == event_id)
    await uow.execute(statement.values(processed_at=clock.now(), **outcome))


async def _came_just_now(uow: UnitOfWork, number: ClinicNumber, event: Event) -> bool:
    """A second net for carriers that send one text under two ids: it is marked and kept, for people do write things twice."""
    statement = select(func.count()).where(
        InboundEvent.practice_id == number.practice_id,
        InboundEvent.number_id == number.id,
        InboundEvent.from_number == event.from_number,
        InboundEvent.received_at > clock.now() - SAME_WORDS_WITHIN,
        InboundEvent.content_sha256 == event.content_sha256,
    )
    return (await uow.execute(statement)).scalar_one() > 0


def _storable(words: str) -> str:
    """A text as it came, without what no text column can hold: NUL and halves of surrogate pairs."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()
