"""Somebody calls the text number: the call goes on to the clinic, and a call that nobody took leaves a line in the thread."""

from uuid import UUID
from zoneinfo import ZoneInfo

from pawline.carriers.interface import CallEnded, InboundCall, WebhookAnswer
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.texting.blocked_numbers import block_in_force
from pawline.texting.clinic_numbers import ClinicNumber, Pair, lock_pair, number_by_id, number_called
from pawline.texting.desk import TextingDesk
from pawline.texting.inbound import Event, keep_event, mark_processed, normal_number, settle_call
from pawline.texting.senders import find_or_add_arrival
from pawline.texting.wordings import MISSED_CALL
from pawline.texting.writing import add_line


async def answer_call(desk: TextingDesk, carrier: str, call: InboundCall) -> WebhookAnswer:
    """Send the call on to the clinic's phone (V2P-9); without one the caller is told to text."""
    async with desk.database.transaction() as uow:
        number = await number_called(uow, carrier=carrier, number=normal_number(call.to_number, ""))
        if number is None:
            raise NotFound
        event_id = await _keep(uow, number, call)
        if number.clinic_phone is None and event_id is not None:
            await _note_missed(uow, Pair(number, normal_number(call.from_number, number.country)), event_id=event_id)
    if number.clinic_phone is None:
        return desk.carriers[carrier].end_call(MISSED_CALL)
    done_url = f"{desk.settings.public_url}/hooks/{carrier}/voice/done"
    return desk.carriers[carrier].forward_call(to_number=number.forward_to, done_url=done_url)


async def end_call(desk: TextingDesk, carrier: str, call: CallEnded) -> WebhookAnswer:
    """Nobody took it: the team finds it in the thread, however often the carrier says so."""
    async with desk.database.transaction() as uow:
        event = await settle_call(uow, carrier, call)
        if event is not None and not call.was_answered:
            number = await number_by_id(uow, event.practice_id, event.number_id)
            await _note_missed(uow, Pair(number, event.from_number), event_id=event.id)
    return desk.carriers[carrier].end_call("" if call.was_answered else MISSED_CALL)


async def _keep(uow: UnitOfWork, number: ClinicNumber, call: InboundCall) -> UUID | None:
    event = Event(
        kind="call",
        carrier_event_id=call.carrier_call_id,
        from_number=normal_number(call.from_number, number.country),
        content=call.carrier_call_id,
        columns={"body": "", "media": []},
    )
    return await keep_event(uow, number, event)


async def _note_missed(uow: UnitOfWork, pair: Pair, *, event_id: UUID) -> None:
    # A caller who hides their number cannot be called back, so there is no thread it would belong to.
    is_shown = pair.contact_number.startswith("+") and await block_in_force(uow, pair) is None
    message_id = await _add_missed_call(uow, pair) if is_shown else None
    await mark_processed(uow, pair.number, event_id, message_id=message_id)


async def _add_missed_call(uow: UnitOfWork, pair: Pair) -> UUID:
    await lock_pair(uow, pair)
    arrival = await find_or_add_arrival(uow, pair)
    now = clock.now()
    words = f"Missed call from {arrival.sender.name} at {now.astimezone(ZoneInfo(pair.number.timezone)):%H:%M}."
    return await add_line(uow, arrival.place, words, occurred_at=now)
