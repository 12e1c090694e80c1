"""The list of open conversations at the end of a clinic's day: which family waits for an answer, and for how long."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import DAY_ENDS, ClaimedNotice
from pawline.notifications.day_end_choice import WANTS_DAY_END
from pawline.notifications.finding_day_ends import queue_day_ends
from pawline.notifications.mail import build_mail, read_logo
from pawline.notifications.off_links import add_one_click, day_end_off_url
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.mail_queue import STAFF_TAKES_MAIL
from pawline.platform.settings import Settings
from pawline.threads.waiting_sql import WAITS_FOR_ANSWER

_MOST_SHOWN = 50
# They may have left, lost the clinic or switched it off since it was queued.
_TO_WHOM = text(f"""
SELECT s.email, p.name, k.name AS clinic_name, k.logo_id, k.timezone, k.mails_show_words, y.name AS practice_name,
    n.on_date, n.clinic_id, n.practice_id, n.staff_id
FROM day_end_notice n
JOIN clinic k ON k.practice_id = n.practice_id AND k.id = n.clinic_id
JOIN practice y ON y.id = n.practice_id
JOIN staff_member s ON s.practice_id = n.practice_id AND s.id = n.staff_id AND s.left_at IS NULL
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
LEFT JOIN day_end_choice o ON o.practice_id = s.practice_id AND o.staff_id = s.id
WHERE n.practice_id = :practice_id AND n.id = :id AND {WANTS_DAY_END} AND {STAFF_TAKES_MAIL}
    AND (s.role = 'practice_owner' OR EXISTS (
        SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = n.clinic_id))
""")  # noqa: S608 - made of constants
# Whoever waits longest stands first.
_OPEN = text(f"""
SELECT t.id AS thread_id, f.name AS family_name, c.title, w.waiting_since, count(*) OVER () AS total
FROM thread t
JOIN conversation c ON c.practice_id = t.practice_id AND c.thread_id = t.id AND c.ended_at IS NULL
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
LEFT JOIN LATERAL (
    SELECT m.created_at AS waiting_since FROM message m
    WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.conversation_id = c.id AND {WAITS_FOR_ANSWER}
    ORDER BY m.seq LIMIT 1) w ON true
WHERE t.practice_id = :practice_id AND t.clinic_id = :clinic_id
ORDER BY w.waiting_since NULLS LAST, c.opened_at, c.id
LIMIT :most
""")  # noqa: S608 - made of constants


class DayEndMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await queue_day_ends(self._database)
        return await send_claimed(self._settings, self._database, DAY_ENDS, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_TO_WHOM, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
            if to is None:
                return None
            about = {"practice_id": notice.practice_id, "clinic_id": to.clinic_id, "most": _MOST_SHOWN}
            found = (await uow.execute(_OPEN, about)).all()
        if not found:
            return None
        shown = {
            "lines": [self._line(to, row) for row in found],
            "more": found[0].total - len(found),
            "logo": await read_logo(self._files, to.logo_id),
        }
        return self._mail(to, shown, total=found[0].total)

    def _line(self, to: Any, row: Any) -> dict[str, str]:
        link = f"{self._settings.public_url}/staff/threads/{row.thread_id}"
        title = row.title if to.mails_show_words else ""
        return {"family": row.family_name, "title": title, "waits": _waits(row.waiting_since, to.timezone), "link": link}

    def _mail(self, to: Any, shown: dict[str, Any], *, total: int) -> EmailMessage:
        subject = f"{_counted(total, 'conversation')} still open at {to.clinic_name}"
        off = day_end_off_url(self._settings, to.practice_id, to.staff_id)
        shown |= {
            "headline": subject,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "inbox": f"{self._settings.public_url}/staff",
            "settings_link": f"{self._settings.public_url}/staff/devices",
            "off_link": off,
        }
        mail = build_mail(self._settings, to=to.email, subject=subject, template="day_end", facts=shown)
        add_one_click(mail, off)
        return mail


def _waits(since: datetime | None, zone: str) -> str:
    if since is None:
        return "answered, not ended"
    local = since.astimezone(ZoneInfo(zone))
    return f"waits for an answer for {_length(since)}, since {local:%a} {local.day} {local:%b}, {local:%H:%M}"


def _length(since: datetime) -> str:
    minutes = max(1, int((clock.now() - since).total_seconds()) // 60)
    if minutes < 60:
        return _counted(minutes, "minute")
    return _counted(minutes // 60, "hour") if minutes < 48 * 60 else _counted(minutes // (24 * 60), "day")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
