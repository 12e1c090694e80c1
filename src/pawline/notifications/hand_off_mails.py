"""E-mails to those to whom a colleague handed a conversation, at once."""

from email.message import EmailMessage
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_HANDED, ClaimedNotice
from pawline.notifications.finding import MARGIN, OLDEST
from pawline.notifications.mail import build_mail, sender_domain
from pawline.notifications.models import HandOffNotice
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.settings import Settings

_HOLD = text("SELECT swept_until FROM notice_sweep WHERE name = 'hand_offs' FOR UPDATE SKIP LOCKED")
_FIND = text("""
SELECT h.practice_id, h.id, c.thread_id, h.to_staff_id AS staff_id, m.seq
FROM hand_off h
JOIN conversation c ON c.practice_id = h.practice_id AND c.id = h.conversation_id
JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
WHERE h.at > :since AND h.at <= :now AND h.act = 'handed' AND h.to_staff_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM hand_off_notice n WHERE n.practice_id = h.practice_id AND n.id = h.id)
""")
_DONE = text("UPDATE notice_sweep SET swept_until = :now WHERE name = 'hand_offs'")
# What was taken, handed on, given back or ended meanwhile is nothing to tell any more.
_FACTS = text("""
SELECT s.email, s.role, p.name, b.name AS by_name, y.name AS practice_name, k.name AS clinic_name, k.mails_show_words,
    f.name AS family_name, m.body
FROM hand_off h
JOIN conversation c ON c.practice_id = h.practice_id AND c.id = h.conversation_id
JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
JOIN thread t ON t.practice_id = c.practice_id AND t.id = c.thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN staff_member s ON s.practice_id = h.practice_id AND s.id = h.to_staff_id AND s.left_at IS NULL
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
JOIN person b ON b.practice_id = h.practice_id AND b.id = h.by_id
WHERE h.practice_id = :practice_id AND h.id = :id AND c.ended_at IS NULL AND c.assignee_id = h.to_staff_id
    AND c.assigned_by_id = h.by_id AND c.assigned_at = h.at AND m.deleted_at IS NULL
    AND (s.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = t.clinic_id))
""")


class HandOffMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await _queue(self._database)
        return await send_claimed(self._settings, self._database, TO_HANDED, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_FACTS, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
        return self._mail(notice, to) if to else None

    def _mail(self, notice: ClaimedNotice, to: Any) -> EmailMessage:
        place = "day" if to.role == "basic" else "threads"
        subject = f"{to.by_name} handed you a conversation"
        shown: dict[str, Any] = {
            "headline": subject,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "family": to.family_name,
            "link": f"{self._settings.public_url}/staff/{place}/{notice.thread_id}",
            "line": to.body if to.mails_show_words else "",
        }
        mail = build_mail(self._settings, to=to.email, subject=subject, template="hand_off", facts=shown)
        # The same at every try: should one arrive twice, a mail reader can tell that it is one.
        mail.replace_header("Message-ID", f"<hand-off-{notice.id}@{sender_domain(self._settings)}>")
        return mail


async def _queue(database: Database) -> None:
    now = clock.now()
    async with database.transaction() as uow:
        swept_until = (await uow.execute(_HOLD)).scalar_one_or_none()
        if swept_until is None:
            return
        since = max(min(swept_until, now), now - OLDEST) - MARGIN
        found = (await uow.execute(_FIND, {"since": since, "now": now})).all()
        times = {"queued_at": now, "next_attempt_at": now, "quiet_until": now}
        about = [{"practice_id": row.practice_id, "id": row.id, "thread_id": row.thread_id} for row in found]
        rows = [
            {**key, "staff_id": row.staff_id, "first_seq": row.seq, "up_to_seq": row.seq, **times}
            for key, row in zip(about, found, strict=True)
        ]
        if rows:
            await uow.execute(insert(HandOffNotice).on_conflict_do_nothing(), rows)
        await uow.execute(_DONE, {"now": now})
