"""A text arrives: from the carrier's webhook to the thread, its replies queued, all of it in one transaction.

The order is that of the decision table: keyword, opting back in, conversation, reminder, message, closed hours, questions.
After the keyword, what a blocked number texts is held: kept for administrators, and answered outside hours as anybody's is.
"""

from uuid import UUID

import structlog

from pawline.carriers.interface import InboundText
from pawline.consent.changes import Category, Cause, Ground
from pawline.consent.keywords import is_wish_to_stop
from pawline.consent.service import may_send, record, record_ground, standing
from pawline.families.numbers import Holder
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound, Unavailable
from pawline.platform.failpoints import reach
from pawline.platform.jobs import defer
from pawline.texting.answered_reminder import answered_reminder
from pawline.texting.away import send_away_reply, send_away_reply_alone
from pawline.texting.blocked_numbers import block_in_force
from pawline.texting.card_answers import answer_card_number
from pawline.texting.clinic_numbers import Pair, lock_pair, number_by_id, number_called
from pawline.texting.desk import TextingDesk
from pawline.texting.inbound import IncomingText, keep_text, mark_held, mark_processed, normal_number, waiting_text
from pawline.texting.keyword_answers import obey_keyword
from pawline.texting.media_in import await_media
from pawline.texting.profile_bot import begin_questions, take_answer
from pawline.texting.senders import Sender, find_or_add_arrival
from pawline.texting.writing import Place, add_line, copy_reminder
from pawline.threads.entries import Entry, add_entry, has_copy_of

LATER_TASK = "process_inbound_text"

_log = structlog.get_logger()


async def receive_text(desk: TextingDesk, carrier: str, text: InboundText) -> None:
    """Take in a text that a carrier brings, however often it brings it.

    When this returns, the text is stored. Should the rules stumble over it, it waits for a job to try again.

    Raises:
        NotFound: the number that was texted is none of ours.
        Unavailable: nothing is stored; the carrier has to come back.
    """
    try:
        async with desk.database.transaction() as uow:
            incoming = await _keep(uow, carrier, text)
            if incoming is not None:
                await _process(uow, desk, incoming)
            await reach("hooks.before_commit")
        await reach("hooks.after_commit")
    except (NotFound, Unavailable):
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with our rules, the text itself must be kept
        _log.error("inbound_text_not_processed", carrier=carrier, error=type(error).__name__, exc_info=True)
        async with desk.database.transaction() as uow:
            incoming = await _keep(uow, carrier, text)
            if incoming is not None:
                practice_id, number_id = str(incoming.pair.practice_id), str(incoming.pair.number.id)
                event_id = str(incoming.event_id)
                await defer(uow, LATER_TASK, practice_id=practice_id, number_id=number_id, event_id=event_id)


async def process_inbound_text_now(desk: TextingDesk, *, practice_id: str, number_id: str, event_id: str) -> None:
    async with desk.database.transaction() as uow:
        number = await number_by_id(uow, UUID(practice_id), UUID(number_id))
        incoming = await waiting_text(uow, number, UUID(event_id))
        if incoming is not None:
            await _process(uow, desk, incoming)


async def _keep(uow: UnitOfWork, carrier: str, text: InboundText) -> IncomingText | None:
    number = await number_called(uow, carrier=carrier, number=normal_number(text.to_number, ""))
    if number is None:
        raise NotFound
    from_number = normal_number(text.from_number, number.country)
    return await keep_text(uow, number, text, from_number=from_number)


async def _process(uow: UnitOfWork, desk: TextingDesk, incoming: IncomingText) -> None:
    number = incoming.pair.number
    message_id: UUID | None = None
    # A short code is no phone that anybody could be answered at: its text is kept, and nothing more.
    if number.is_enabled and incoming.pair.contact_number.startswith("+"):
        await lock_pair(uow, incoming.pair)
        if not await obey_keyword(uow, desk, incoming):
            block_id = await block_in_force(uow, incoming.pair)
            if block_id is not None:
                await _hold(uow, incoming, block_id)
                return
            message_id = await _take_in(uow, incoming)
    await mark_processed(uow, number, incoming.event_id, message_id=message_id)


async def _hold(uow: UnitOfWork, incoming: IncomingText, block_id: UUID) -> None:
    await _opt_back_in(uow, incoming)
    await send_away_reply_alone(uow, incoming.pair)
    await mark_held(uow, incoming.pair.number, incoming.event_id, block_id=block_id)


async def _take_in(uow: UnitOfWork, incoming: IncomingText) -> UUID:
    is_back = await _opt_back_in(uow, incoming)
    arrival = await find_or_add_arrival(uow, incoming.pair)
    sender, place = arrival.sender, arrival.place
    if arrival.is_first:
        await _record_ground(uow, incoming)
    await _copy_reminder(uow, place)
    message_id = await _add_message(uow, incoming, sender, place=place)
    if is_back:
        await _tell_of_return(uow, place, sender)
    if is_wish_to_stop(incoming.body):
        await add_line(uow, place, "This may be a wish to get no more texts.", prompt="offer_opt_out")
    if await _can_be_answered(uow, incoming.pair):
        await send_away_reply(uow, place)
        await answer_card_number(uow, place, body=incoming.body)
        await _ask_who_it_is(uow, place, sender.holder, body=incoming.body)
    return message_id


async def _can_be_answered(uow: UnitOfWork, pair: Pair) -> bool:
    """Behind a block of the carrier no automatic text is worth trying; the team is told of the block."""
    number_id, contact_number = pair.number.id, pair.contact_number
    denial = await may_send(uow, pair.practice_id, number_id=number_id, contact_number=contact_number, category=Category.TWO_WAY)
    return denial is None


async def _opt_back_in(uow: UnitOfWork, incoming: IncomingText) -> bool:
    """Any other text from a number that was opted out of messages opts it back in: of messages only (V2P-83, D7)."""
    return await record(uow, incoming.pair.practice_id, Cause.CONTACT_WRITES, incoming.consent_change("texted again"))


async def _record_ground(uow: UnitOfWork, incoming: IncomingText) -> None:
    change = incoming.consent_change("wrote first")
    await record_ground(uow, incoming.pair.practice_id, change, ground=Ground.INBOUND_INITIATED)


async def _copy_reminder(uow: UnitOfWork, place: Place) -> None:
    """Show the team which reminder is being answered, once in a conversation (V2P-74, D6)."""
    sent = await answered_reminder(uow, place.pair)
    if sent is None or await has_copy_of(uow, place.practice_id, place.conversation_id, delivery_id=sent.delivery_id):
        return
    await copy_reminder(uow, place, delivery_id=sent.delivery_id, body=sent.body, reached_at=sent.reached_at)


async def _add_message(uow: UnitOfWork, incoming: IncomingText, sender: Sender, *, place: Place) -> UUID:
    entry = Entry(
        conversation_id=place.conversation_id,
        author=sender.author,
        body=incoming.body,
        client_id=incoming.event_id,
        files_waiting=len(incoming.media),
        is_from_shared_number=sender.is_shared,
    )
    message_id = await add_entry(uow, place.practice_id, place.thread_id, entry=entry)
    if incoming.media:
        await await_media(uow, place.practice_id, message_id, carrier=incoming.carrier, media=incoming.media)
    return message_id


async def _tell_of_return(uow: UnitOfWork, place: Place, sender: Sender) -> None:
    pair = place.pair
    after = await standing(uow, pair.practice_id, number_id=pair.number.id, contact_number=pair.contact_number)
    words = f"{sender.holder.name} had been opted out of texts and is opted in again by writing."
    if after.carrier_block is not None:
        words += " The carrier still blocks your texts: call them, and ask them to text START to this number."
    await add_line(uow, place, words)


async def _ask_who_it_is(uow: UnitOfWork, place: Place, holder: Holder, *, body: str) -> None:
    # The text that begins the questions is not an answer to the first of them (V2P-66).
    if await take_answer(uow, place, holder, answer=body):
        return
    if holder.is_guest:
        await begin_questions(uow, place, holder.contact_id)
