"""The worker's part: looks again and again for whom to tell. Nobody has to call it when a message is posted."""

import asyncio

from pawline.notifications.day_end_mails import DayEndMails
from pawline.notifications.hand_off_mails import HandOffMails
from pawline.notifications.mention_mails import MentionMails
from pawline.notifications.pushing import WebPush
from pawline.notifications.questions_ended_mails import QuestionsEndedMails
from pawline.notifications.staff_mails import StaffMails
from pawline.notifications.staff_pushing import StaffPush
from pawline.notifications.transcript_mails import TranscriptMails
from pawline.notifications.unread_mails import UnreadMails
from pawline.platform.db import Database
from pawline.platform.repeating import repeat
from pawline.platform.settings import Settings

_MAILS_EVERY_SECONDS = 5.0
_STAFF_MAILS_EVERY_SECONDS = 2.0
_DAY_ENDS_EVERY_SECONDS = 30.0
_PUSHES_EVERY_SECONDS = 1.0
_CATCH_UPS_EVERY_SECONDS = 5.0
_FAREWELL_SECONDS = 20
_TROUBLE = "people_not_told"


async def tell_people(settings: Settings, database: Database) -> None:
    """Until cancelled; what is under way then gets time to end, for an e-mail broken off may have arrived."""
    mails, staff = UnreadMails(settings, database), StaffMails(settings, database)
    handed, called = HandOffMails(settings, database), MentionMails(settings, database)
    transcripts, day_ends = TranscriptMails(settings, database), DayEndMails(settings, database)
    strangers = QuestionsEndedMails(settings, database)
    push, stop = WebPush(settings, database), asyncio.Event()
    staff_push = StaffPush(database, push)
    verbs = {
        mails.tell_now: _MAILS_EVERY_SECONDS,
        staff.tell_now: _STAFF_MAILS_EVERY_SECONDS,
        handed.tell_now: _STAFF_MAILS_EVERY_SECONDS,
        called.tell_now: _STAFF_MAILS_EVERY_SECONDS,
        strangers.tell_now: _STAFF_MAILS_EVERY_SECONDS,
        transcripts.tell_now: _STAFF_MAILS_EVERY_SECONDS,
        day_ends.tell_now: _DAY_ENDS_EVERY_SECONDS,
        staff_push.push_now: _PUSHES_EVERY_SECONDS,
        staff_push.catch_up_now: _CATCH_UPS_EVERY_SECONDS,
        push.push_now: _PUSHES_EVERY_SECONDS,
    }
    loops = {asyncio.create_task(repeat(verb, every=every, stop=stop, trouble=_TROUBLE)) for verb, every in verbs.items()}
    try:
        await asyncio.wait(loops)
    finally:
        stop.set()
        _, late = await asyncio.wait(loops, timeout=_FAREWELL_SECONDS)
        for loop in late:
            loop.cancel()
        await push.close()
