"""The worker's part: looks again and again for whom to tell. Nobody has to call it when a message is posted."""

import asyncio

from pawline.notifications.hand_off_mails import HandOffMails
from pawline.notifications.pushing import WebPush
from pawline.notifications.staff_mails import StaffMails
from pawline.notifications.unread_mails import UnreadMails
from pawline.platform.db import Database
from pawline.platform.repeating import repeat
from pawline.platform.settings import Settings

_MAILS_EVERY_SECONDS = 5.0
_STAFF_MAILS_EVERY_SECONDS = 2.0
_PUSHES_EVERY_SECONDS = 1.0
_FAREWELL_SECONDS = 20
_TROUBLE = "people_not_told"


async def tell_people(settings: Settings, database: Database) -> None:
    """Until cancelled; what is under way then gets time to end, for an e-mail broken off may have arrived."""
    mails, staff = UnreadMails(settings, database), StaffMails(settings, database)
    handed = HandOffMails(settings, database)
    push, stop = WebPush(settings, database), asyncio.Event()
    loops = {
        asyncio.create_task(repeat(mails.tell_now, every=_MAILS_EVERY_SECONDS, stop=stop, trouble=_TROUBLE)),
        asyncio.create_task(repeat(staff.tell_now, every=_STAFF_MAILS_EVERY_SECONDS, stop=stop, trouble=_TROUBLE)),
        asyncio.create_task(repeat(handed.tell_now, every=_STAFF_MAILS_EVERY_SECONDS, stop=stop, trouble=_TROUBLE)),
        asyncio.create_task(repeat(push.push_now, every=_PUSHES_EVERY_SECONDS, stop=stop, trouble=_TROUBLE)),
    }
    try:
        await asyncio.wait(loops)
    finally:
        stop.set()
        _, late = await asyncio.wait(loops, timeout=_FAREWELL_SECONDS)
        for loop in late:
            loop.cancel()
        await push.close()
