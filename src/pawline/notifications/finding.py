"""Finding which contacts have to be told by e-mail, three minutes after a message that they have not read."""

from datetime import timedelta
from importlib.resources import files

from sqlalchemy import text

from pawline.notifications.claims import TO_CONTACTS
from pawline.notifications.models import UnreadNotice
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import ADDRESS_TAKES_MAIL, waits_from

UNREAD_FOR = timedelta(minutes=3)
# What lay unread for longer while no worker ran is no news, and a copy restored from a backup has nothing to tell anybody.
OLDEST = timedelta(days=1)
# Between the clock that stamps a message and its commit lie seconds; between the clocks of two servers, at worst, some more.
MARGIN = timedelta(minutes=2)
MOST_READ = 200
FOLDER = files("pawline.notifications")
UNREAD_FOR_CONTACT = FOLDER.joinpath("unread_for_contact.sql").read_text().strip()
# Of a ``contact c``: has not switched e-mails off, and the address is not known to take none.
TAKES_MAIL = f"""NOT EXISTS (SELECT FROM mail_opt_out o WHERE o.practice_id = c.practice_id AND o.contact_id = c.id)
    AND {ADDRESS_TAKES_MAIL}"""
FIND_UNREAD = (
    FOLDER.joinpath("find_unread.sql")
    .read_text()
    .replace("{unread_for_contact}", UNREAD_FOR_CONTACT)
    .replace("{takes_mail}", TAKES_MAIL)
)

_FIND = text(FIND_UNREAD)


async def queue_notices(database: Database) -> int:
    """Queue an e-mail for each contact who is due for one. Returns how many."""
    return await sweep(database, "unread", oldest=OLDEST, queue=_queue)


async def _queue(swept: Sweep) -> int:
    since, now = swept.since, swept.now
    values = {
        "written_since": since - UNREAD_FOR - MARGIN,
        "quiet_since": since - MARGIN,
        "oldest": now - OLDEST,
        "due": now - UNREAD_FOR,
        "now": now,
        "most_read": MOST_READ,
    }
    rows = [
        {
            "practice_id": row.practice_id,
            "id": new_id(),
            "thread_id": row.thread_id,
            "contact_id": row.contact_id,
            "first_seq": row.first_seq,
            "up_to_seq": row.up_to_seq,
            **waits_from(now, quiet_for=TO_CONTACTS.quiet_for),
        }
        for row in await swept.uow.execute(_FIND, values)
    ]
    # In the way can only be one that was needless at the time, like while the contact had e-mails switched off.
    return await swept.keep(UnreadNotice, rows)
