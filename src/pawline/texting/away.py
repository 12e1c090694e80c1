"""The reply while the clinic is off duty, by its hours or by hand, and what keeps it quiet."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from pawline.deliveries.service import TextRefused, enqueue
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.practices.availability import off_duty_period
from pawline.practices.hours import ClosedPeriod
from pawline.texting.answering import answering_of
from pawline.texting.clinic_numbers import ClinicNumber, Pair
from pawline.texting.models import AwayReply, HoursOverride
from pawline.texting.wordings import fill_away
from pawline.texting.writing import Place, build_delivery, send_automatic

NOT_AGAIN_WITHIN = timedelta(minutes=10)
MOST_IN_A_CLOSED_PERIOD = 5
# Also where every text is to be answered, two machines must come to an end.
MOST_AT_ALL = 30


async def send_away_reply(uow: UnitOfWork, place: Place) -> None:
    """Say that nobody is there, if that is so and the client does not know it yet."""
    words = await _words_due(uow, place.pair, place.conversation_id)
    if words is not None:
        await send_automatic(uow, place, words)
        await _remember(uow, place.pair)


async def send_away_reply_alone(uow: UnitOfWork, pair: Pair) -> None:
    """The same to a number whose texts enter no conversation. That the team answers in one means nothing to it then."""
    words = await _words_due(uow, pair, None)
    if words is None:
        return
    with suppress(TextRefused):  # no text gets through to this number, and there is no conversation to say so in
        await enqueue(uow, pair.practice_id, build_delivery(pair, words))
        await _remember(uow, pair)


async def override_hours(uow: UnitOfWork, number: ClinicNumber, conversation_id: UUID) -> None:
    """The team writes in this conversation although the clinic is closed: until it opens, nobody here is told of hours."""
    closed = await closed_now(uow, number, clock.now())
    if closed is None:
        return
    until = closed.ends_at or clock.now() + timedelta(days=1)
    statement = upsert(HoursOverride).values(practice_id=number.practice_id, conversation_id=conversation_id, until=until)
    key = ["practice_id", "conversation_id"]
    await uow.execute(statement.on_conflict_do_update(index_elements=key, set_={"until": statement.excluded.until}))


async def closed_now(uow: UnitOfWork, number: ClinicNumber, now: datetime) -> ClosedPeriod | None:
    """Since when and until when the clinic is off duty, as its light says (C12); None: it is not."""
    return await off_duty_period(uow, number.practice_id, number.clinic_id, now=now)


async def is_overridden(uow: UnitOfWork, practice_id: UUID, conversation_id: UUID, *, now: datetime) -> bool:
    statement = select(func.count()).where(
        HoursOverride.practice_id == practice_id, HoursOverride.conversation_id == conversation_id, HoursOverride.until > now
    )
    return (await uow.execute(statement)).scalar_one() > 0


async def _words_due(uow: UnitOfWork, pair: Pair, conversation_id: UUID | None) -> str | None:
    """None: the clinic is open, the team answers in this conversation, or the client was told just now."""
    now, number = clock.now(), pair.number
    closed = await closed_now(uow, number, now)
    if closed is None:
        return None
    if conversation_id is not None and await is_overridden(uow, pair.practice_id, conversation_id, now=now):
        return None
    answering = await answering_of(uow, number)
    if not answering.after_hours_number:  # texting cannot be enabled without one; an empty placeholder never goes out
        return None
    if not await _may_repeat(uow, pair, closed, now=now, every_text=answering.answers_every_text):
        return None
    return fill_away(answering.away_words, answering.after_hours_number)


async def _remember(uow: UnitOfWork, pair: Pair) -> None:
    values = {"number_id": pair.number.id, "contact_number": pair.contact_number, "at": clock.now()}
    await uow.execute(insert(AwayReply).values(practice_id=pair.practice_id, id=new_id(), **values))


async def _may_repeat(uow: UnitOfWork, pair: Pair, closed: ClosedPeriod, *, now: datetime, every_text: bool) -> bool:
    """The loop guard (D3). Ten minutes are ten minutes, also when somebody closed the clinic anew in between."""
    in_period = func.count().filter(AwayReply.at >= closed.begun_at)
    statement = select(in_period.label("many"), func.max(AwayReply.at).label("latest")).where(
        AwayReply.practice_id == pair.practice_id,
        AwayReply.number_id == pair.number.id,
        AwayReply.contact_number == pair.contact_number,
        AwayReply.at >= min(closed.begun_at, now - NOT_AGAIN_WITHIN),
    )
    sent = (await uow.execute(statement)).one()
    if every_text:
        return sent.many < MOST_AT_ALL
    return sent.many < MOST_IN_A_CLOSED_PERIOD and (sent.latest is None or now - sent.latest >= NOT_AGAIN_WITHIN)
