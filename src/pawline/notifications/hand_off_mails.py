"""E-mails to those to whom a colleague handed a conversation, alone or with others, at once.

Where it would reach nobody, those hear of it who can see to it that somebody answers; and of what was given back the team.
"""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_HANDED, ClaimedNotice
from pawline.notifications.finding import FOLDER, MARGIN, OLDEST
from pawline.notifications.mail import read_logo
from pawline.notifications.models import HandOffNotice
from pawline.notifications.note_mails import Deed, mail_of_colleague
from pawline.notifications.returned_mails import find_returned, mail_of_returned
from pawline.notifications.staff_finding import REACHED_BY_HAND_OFF, TEAM_OF_CLINIC, UNHEARD_HAND_OFF
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import STAFF_TAKES_MAIL, waits_from
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
WHERE h.at > :since AND h.at <= :now AND {reached} AND {takes_mail} AND NOT EXISTS (
    SELECT FROM hand_off_notice n
    WHERE n.practice_id = h.practice_id AND (n.id = h.id OR n.hand_off_id = h.id AND n.staff_id = s.id))
""".replace("{reached}", REACHED_BY_HAND_OFF).replace("{takes_mail}", STAFF_TAKES_MAIL)
)
_FIND_STAND_INS = text(
    FOLDER.joinpath("find_stand_ins.sql")
    .read_text()
    .replace("{team_of_clinic}", TEAM_OF_CLINIC)
    .replace("{takes_mail}", STAFF_TAKES_MAIL)
    .replace("{unheard}", UNHEARD_HAND_OFF)
)
# What was taken, handed on, given back or ended meanwhile is nothing to tell any more.
_FACTS = text(f"""
SELECT s.email, s.role, p.name, b.name AS by_name, y.name AS practice_name, k.name AS clinic_name, k.logo_id, k.mails_show_words,
    f.name AS family_name, m.body, h.to_staff_id, h.to_role, o.name AS to_name, {REACHED_BY_HAND_OFF} AS is_reached
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
LEFT JOIN person o ON o.practice_id = h.practice_id AND o.id = h.to_staff_id
WHERE n.practice_id = :practice_id AND n.id = :id AND {STAFF_TAKES_MAIL}
    AND (({REACHED_BY_HAND_OFF}) OR {TEAM_OF_CLINIC} AND {UNHEARD_HAND_OFF})
""")  # noqa: S608 - made of constants


class HandOffMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await sweep(self._database, "hand_offs", oldest=OLDEST, queue=_queue)
        return await send_claimed(self._settings, self._database, TO_HANDED, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            values = {"practice_id": notice.practice_id, "id": notice.id, "now": clock.now()}
            to = (await uow.execute(_FACTS, values)).one_or_none()
            if to is None:
                return await mail_of_returned(uow, self._settings, notice, files=self._files)
            # Basic staff see what was handed to them up to the end of the day.
            if not await can_read(uow, notice.practice_id, notice.about_id, staff_id=notice.person_id):
                return None
        template = "hand_off" if to.is_reached else "hand_off_unheard"
        deed = Deed(f"handed {_whom(to)} a conversation", template, await read_logo(self._files, to.logo_id))
        return mail_of_colleague(self._settings, notice, to, deed=deed)


def _whom(to: Any) -> str:
    if to.to_staff_id is not None:
        return "you" if to.is_reached else to.to_name
    return ROLE_NAMES[to.to_role] if to.to_role is not None else f"everybody at {to.clinic_name}"


async def _queue(swept: Sweep) -> int:
    times = {"since": swept.since - MARGIN, "now": swept.now}
    reached = (await swept.uow.execute(_FIND, times)).all()
    stand_ins = (await swept.uow.execute(_FIND_STAND_INS, {**times, "oldest": swept.now - OLDEST})).all()
    # For one person the id is that of the hand-off, as in the release before this one, which then makes no second.
    others = [*stand_ins, *await find_returned(swept)]
    rows = [_row(swept, each, new_id() if each.to_staff_id is None else each.hand_off_id) for each in reached]
    return await swept.keep(HandOffNotice, rows + [_row(swept, each, new_id()) for each in others])


def _row(swept: Sweep, found: Any, notice_id: UUID) -> dict[str, Any]:
    return {
        "practice_id": found.practice_id,
        "id": notice_id,
        "thread_id": found.thread_id,
        "hand_off_id": found.hand_off_id,
        "staff_id": found.staff_id,
        "first_seq": found.seq,
        "up_to_seq": found.seq,
        **waits_from(swept.now),
    }
