"""E-mails to those whom a colleague calls in a note, unless they have it before their eyes."""

from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_CALLED, ClaimedNotice
from pawline.notifications.finding import MARGIN, OLDEST
from pawline.notifications.mail import read_logo
from pawline.notifications.models import MentionNotice
from pawline.notifications.note_mails import Deed, mail_of_colleague
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import STAFF_TAKES_MAIL, waits_from
from pawline.platform.settings import Settings
from pawline.threads.mentions import can_read

# Whoever has the thread open reads the note within seconds, and needs no e-mail.
UNSEEN_FOR = timedelta(seconds=30)
_FIND = text(f"""
SELECT x.practice_id, x.message_id, x.staff_id, m.thread_id, m.seq
FROM mention x
JOIN message m ON m.practice_id = x.practice_id AND m.id = x.message_id
JOIN staff_member s ON s.practice_id = x.practice_id AND s.id = x.staff_id AND {STAFF_TAKES_MAIL}
WHERE x.made_at > :since AND x.made_at <= :due AND x.seen_at IS NULL AND m.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT FROM mention_notice n
        WHERE n.practice_id = x.practice_id AND n.message_id = x.message_id AND n.staff_id = x.staff_id)
""")  # noqa: S608 - made of constants
_FACTS = text(f"""
SELECT s.email, s.role, p.name, m.author_name AS by_name, y.name AS practice_name, k.name AS clinic_name, k.logo_id,
    k.mails_show_words, f.name AS family_name, m.body
FROM mention_notice n
JOIN mention x ON x.practice_id = n.practice_id AND x.message_id = n.message_id AND x.staff_id = n.staff_id AND x.seen_at IS NULL
JOIN message m ON m.practice_id = n.practice_id AND m.id = n.message_id AND m.deleted_at IS NULL
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN staff_member s ON s.practice_id = n.practice_id AND s.id = n.staff_id AND s.left_at IS NULL
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
WHERE n.practice_id = :practice_id AND n.id = :id AND {STAFF_TAKES_MAIL}
""")  # noqa: S608 - made of constants


class MentionMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await sweep(self._database, "mentions", oldest=OLDEST, queue=_queue)
        return await send_claimed(self._settings, self._database, TO_CALLED, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_FACTS, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
            # Whom the day's schedule let read it may not be let any more.
            if to is None or not await can_read(uow, notice.practice_id, notice.about_id, staff_id=notice.person_id):
                return None
        deed = Deed("mentioned you in a note", "mention", await read_logo(self._files, to.logo_id))
        return mail_of_colleague(self._settings, notice, to, deed=deed)


async def _queue(swept: Sweep) -> int:
    times = {"since": swept.since - UNSEEN_FOR - MARGIN, "due": swept.now - UNSEEN_FOR}
    rows = [
        {
            "practice_id": row.practice_id,
            "id": new_id(),
            "thread_id": row.thread_id,
            "message_id": row.message_id,
            "staff_id": row.staff_id,
            "first_seq": row.seq,
            "up_to_seq": row.seq,
            **waits_from(swept.now),
        }
        for row in await swept.uow.execute(_FIND, times)
    ]
    return await swept.keep(MentionNotice, rows)
