"""E-mails to those to whom a colleague handed a conversation, alone or with others, at once."""

from email.message import EmailMessage
from typing import Any

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_HANDED, ClaimedNotice
from pawline.notifications.finding import MARGIN, OLDEST
from pawline.notifications.models import HandOffNotice
from pawline.notifications.note_mails import mail_of_colleague
from pawline.notifications.staff_finding import REACHED_BY_HAND_OFF
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import waits_from
from pawline.platform.settings import Settings
from pawline.threads.assigning import ROLE_NAMES
from pawline.threads.mentions import can_read

_FIND = text(
    """
SELECT h.practice_id, h.id AS hand_off_id, h.to_staff_id, v.thread_id, s.id AS staff_id, m.seq
FROM hand_off h
JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
JOIN staff_member s ON s.practice_id = h.practice_id
WHERE h.at > :since AND h.at <= :now AND {reached} AND NOT EXISTS (
    SELECT FROM hand_off_notice n
    WHERE n.practice_id = h.practice_id AND (n.id = h.id OR n.hand_off_id = h.id AND n.staff_id = s.id))
""".replace("{reached}", REACHED_BY_HAND_OFF)
)
# What was taken, handed on, given back or ended meanwhile is nothing to tell any more.
_FACTS = text(
    """
SELECT s.email, s.role, p.name, b.name AS by_name, y.name AS practice_name, k.name AS clinic_name, k.mails_show_words,
    f.name AS family_name, m.body, h.to_staff_id, h.to_role
FROM hand_off_notice n
JOIN hand_off h ON h.practice_id = n.practice_id AND h.id = coalesce(n.hand_off_id, n.id)
JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id AND m.deleted_at IS NULL
JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN staff_member s ON s.practice_id = n.practice_id AND s.id = n.staff_id
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
JOIN person b ON b.practice_id = h.practice_id AND b.id = h.by_id
WHERE n.practice_id = :practice_id AND n.id = :id AND {reached}
""".replace("{reached}", REACHED_BY_HAND_OFF)
)


class HandOffMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await sweep(self._database, "hand_offs", oldest=OLDEST, queue=_queue)
        return await send_claimed(self._settings, self._database, TO_HANDED, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_FACTS, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
            # Basic staff see what was handed to them up to the end of the day.
            if to is None or not await can_read(uow, notice.practice_id, notice.about_id, staff_id=notice.person_id):
                return None
        return mail_of_colleague(self._settings, notice, to, did=f"handed {_whom(to)} a conversation", template="hand_off")


def _whom(to: Any) -> str:
    if to.to_staff_id is not None:
        return "you"
    return ROLE_NAMES[to.to_role] if to.to_role is not None else f"everybody at {to.clinic_name}"


async def _queue(swept: Sweep) -> int:
    rows = [
        {
            "practice_id": row.practice_id,
            # For one person that of the hand-off, as in the release before this one, which then makes no second.
            "id": new_id() if row.to_staff_id is None else row.hand_off_id,
            "thread_id": row.thread_id,
            "hand_off_id": row.hand_off_id,
            "staff_id": row.staff_id,
            "first_seq": row.seq,
            "up_to_seq": row.seq,
            **waits_from(swept.now),
        }
        for row in await swept.uow.execute(_FIND, {"since": swept.since - MARGIN, "now": swept.now})
    ]
    return await swept.keep(HandOffNotice, rows)
