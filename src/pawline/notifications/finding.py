"""Finding which contacts have to be told by e-mail, three minutes after a message that they have not read."""

from datetime import datetime, timedelta
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from pawline.notifications.claims import TO_CONTACTS
from pawline.notifications.models import UnreadNotice
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.ids import new_id

UNREAD_FOR = timedelta(minutes=3)
# What lay unread for longer while no worker ran is no news, and a copy restored from a backup has nothing to tell anybody.
OLDEST = timedelta(days=1)
# Between the clock that stamps a message and its commit lie seconds; between the clocks of two servers, at worst, some more.
MARGIN = timedelta(minutes=2)
MOST_READ = 200
FOLDER = files("pawline.notifications")
UNREAD_FOR_CONTACT = FOLDER.joinpath("unread_for_contact.sql").read_text().strip()
FIND_UNREAD = FOLDER.joinpath("find_unread.sql").read_text().replace("{unread_for_contact}", UNREAD_FOR_CONTACT)

# Held until the commit: of several workers one searches, and the others have nothing to do.
_HOLD = text("SELECT swept_until FROM notice_sweep WHERE name = 'unread' FOR UPDATE SKIP LOCKED")
_FIND = text(FIND_UNREAD)
_DONE = text("UPDATE notice_sweep SET swept_until = :now WHERE name = 'unread'")


async def queue_notices(database: Database) -> int:
    """Queue an e-mail for each contact who is due for one. Returns how many."""
    now = clock.now()
    async with database.transaction() as uow:
        swept_until = (await uow.execute(_HOLD)).scalar_one_or_none()
        if swept_until is None:
            return 0
        queued = await _queue(uow, since=max(min(swept_until, now), now - OLDEST), now=now)
        await uow.execute(_DONE, {"now": now})
    return queued


async def _queue(uow: UnitOfWork, *, since: datetime, now: datetime) -> int:
    values = {
        "written_since": since - UNREAD_FOR - MARGIN,
        "quiet_since": since - MARGIN,
        "oldest": now - OLDEST,
        "due": now - UNREAD_FOR,
        "now": now,
        "most_read": MOST_READ,
    }
    found = (await uow.execute(_FIND, values)).all()
    rows = [
        {
            "practice_id": row.practice_id,
            "id": new_id(),
            "thread_id": row.thread_id,
            "contact_id": row.contact_id,
            "first_seq": row.first_seq,
            "up_to_seq": row.up_to_seq,
            "queued_at": now,
            "next_attempt_at": now,
            "quiet_until": now + TO_CONTACTS.quiet_for,
        }
        for row in found
    ]
    if rows:
        # In the way can only be one that was needless at the time, like while the contact had e-mails switched off.
        await uow.execute(insert(UnreadNotice).on_conflict_do_nothing(), rows)
    return len(rows)
