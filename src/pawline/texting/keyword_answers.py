"""STOP, START and HELP: the ledger, one confirmation, a line for the team, and nothing else."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pawline.consent.changes import ALL, Cause, ConsentChange
from pawline.consent.keywords import Keyword, read_keyword
from pawline.consent.service import opt_in, record, standing
from pawline.deliveries.service import ReminderSent, cancel_queued, enqueue
from pawline.platform.db import UnitOfWork
from pawline.texting.answered_reminder import answered_reminder
from pawline.texting.clinic_numbers import Pair
from pawline.texting.desk import TextingDesk
from pawline.texting.inbound import IncomingText
from pawline.texting.profile_bot import stop_questions
from pawline.texting.senders import find_or_add_arrival
from pawline.texting.wordings import HELP, STARTED, STOPPED, STOPPED_AFTER_CONFIRMATION
from pawline.texting.writing import Place, add_line, build_delivery, send_automatic
from pawline.threads.entries import lock_thread, touch_messages
from pawline.threads.text_conversations import latest_text_conversation_of


@dataclass(frozen=True, slots=True)
class _Heard:
    """A keyword, where it belongs if anything was ever texted with this number, and what it may be an answer to."""

    incoming: IncomingText
    word: str
    place: Place | None
    reminder: ReminderSent | None

    @property
    def pair(self) -> Pair:
        return self.incoming.pair

    @property
    def change(self) -> ConsentChange:
        return self.incoming.consent_change(self.word, categories=ALL)


async def obey_keyword(uow: UnitOfWork, desk: TextingDesk, incoming: IncomingText) -> bool:
    """Do what a keyword asks. False: the text is none."""
    pair = incoming.pair
    before = await standing(uow, pair.practice_id, number_id=pair.number.id, contact_number=pair.contact_number)
    keyword = read_keyword(incoming.body, is_out=before.stops_anything) if not incoming.media else None
    if keyword is None:
        return False
    heard = _Heard(incoming, incoming.body.strip(), await _place(uow, pair), await answered_reminder(uow, pair))
    match keyword:
        case Keyword.STOP:
            await _stop(uow, desk, heard)
        case Keyword.START:
            await _start(uow, desk, heard)
        case Keyword.HELP:
            await _help(uow, heard)
    return True


async def _stop(uow: UnitOfWork, desk: TextingDesk, heard: _Heard) -> None:
    pair = heard.pair
    # The thread first, then texts on their way: the send pipeline takes its locks in this order too.
    if heard.place is not None:
        await lock_thread(uow, pair.practice_id, heard.place.thread_id)
        await stop_questions(uow, pair.practice_id, heard.place.conversation_id, state="stopped_by_contact")
    cancelled = await cancel_queued(uow, pair.practice_id, pair.number.id, to_number=pair.contact_number)
    await touch_messages(uow, pair.practice_id, cancelled)
    carrier_acts = heard.incoming.keyword == "stop" or heard.word.upper() in desk.opt_out_rules(pair.number).stop
    cause = Cause.CONTACT_STOPS_AT_CARRIER if carrier_acts else Cause.CONTACT_STOPS
    if not await record(uow, pair.practice_id, cause, heard.change):
        return
    about_at = heard.reminder.about_at if heard.reminder else None
    if not carrier_acts:
        await _confirm(uow, heard, _filled(pair, STOPPED if about_at is None else STOPPED_AFTER_CONFIRMATION))
    await _tell(uow, heard, f"Texted “{heard.word}”: gets no more texts, neither messages nor reminders nor confirmations.")
    if about_at is not None:
        # Somebody has to call, so this is shown even if nothing was ever texted back and forth.
        heard = replace(heard, place=heard.place or (await find_or_add_arrival(uow, pair)).place)
        day = about_at.astimezone(ZoneInfo(pair.number.timezone))
        words = f"May have wanted to cancel the appointment of {day.day} {day:%b}, {day:%H:%M}. It still stands; please call."
        await _tell(uow, heard, words)


async def _start(uow: UnitOfWork, desk: TextingDesk, heard: _Heard) -> None:
    pair = heard.pair
    rules = desk.opt_out_rules(pair.number)
    carrier_acts = heard.incoming.keyword == "start" or heard.word.upper() in rules.start
    # A carrier that lifts blocks by certain words only is not moved by others, like YES to a toll-free number.
    if carrier_acts or not rules.start:
        is_news = await record(uow, pair.practice_id, Cause.CONTACT_STARTS, heard.change)
    else:
        is_news = await opt_in(uow, pair.practice_id, heard.change)
    if not is_news:
        return
    if not carrier_acts:
        await _confirm(uow, heard, _filled(pair, STARTED))
    await _tell(uow, heard, f"Texted “{heard.word}”: gets texts again.")


async def _help(uow: UnitOfWork, heard: _Heard) -> None:
    if heard.incoming.keyword != "help":
        await _confirm(uow, heard, _filled(heard.pair, HELP))
    await _tell(uow, heard, f"Texted “{heard.word}” and was told how to reach you.")


async def _confirm(uow: UnitOfWork, heard: _Heard, words: str) -> None:
    """It goes out although texts may be stopped: the law allows this one answer."""
    if heard.place is None:
        await enqueue(uow, heard.pair.practice_id, replace(build_delivery(heard.pair, words), confirms_opt_out=True))
    else:
        await send_automatic(uow, heard.place, words, answers_keyword=True)


async def _tell(uow: UnitOfWork, heard: _Heard, words: str) -> None:
    if heard.place is not None:
        await add_line(uow, heard.place, words)


def _filled(pair: Pair, words: str) -> str:
    number = pair.number
    return words.format(practice=number.practice_name, phone=number.clinic_phone or number.number)


async def _place(uow: UnitOfWork, pair: Pair) -> Place | None:
    found = await latest_text_conversation_of(uow, pair.practice_id, number_id=pair.number.id, contact_number=pair.contact_number)
    return None if found is None else Place(pair, found.thread_id, found.id)
