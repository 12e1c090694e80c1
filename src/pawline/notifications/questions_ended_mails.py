"""E-mails to a clinic's team when the questions to a stranger end, and no screen and no browser has made anybody look.

The last of the questions promises that one of the team will respond: somebody has to know of it.
"""

from email.message import EmailMessage
from typing import Any

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_TEAM, ClaimedNotice
from pawline.notifications.finding import MARGIN, OLDEST
from pawline.notifications.mail import build_mail, read_logo
from pawline.notifications.models import QuestionsEndedNotice
from pawline.notifications.staff_finding import ENDED_QUESTIONS, TEAM_OF_CLINIC
from pawline.notifications.staff_paths import staff_path
from pawline.notifications.sweeping import Sweep, sweep
from pawline.notifications.team_at_hand import MAY_LOOK_FOR, may_look
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import STAFF_TAKES_MAIL, waits_from
from pawline.platform.settings import Settings
from pawline.threads.waiting_sql import WAITS_FOR_ANSWER

HEADLINE = "A new client waits for an answer"
# What one of the team has read is known to them.
_FIND = text(f"""
SELECT q.* FROM ({ENDED_QUESTIONS.replace("{until}", ":now")}) q
JOIN thread t ON t.practice_id = q.practice_id AND t.id = q.thread_id
WHERE NOT EXISTS (SELECT FROM questions_ended_notice n WHERE n.practice_id = q.practice_id AND n.message_id = q.message_id)
    AND NOT EXISTS (
        SELECT FROM staff_member s
        JOIN read_mark r ON r.practice_id = s.practice_id AND r.thread_id = t.id AND r.person_id = s.id AND r.up_to_seq >= q.seq
        WHERE s.practice_id = t.practice_id AND {TEAM_OF_CLINIC})
""")  # noqa: S608 - made of constants
_TEAM = text(f"""
SELECT s.id FROM staff_member s JOIN thread t ON t.practice_id = s.practice_id AND t.id = :thread_id
WHERE s.practice_id = :practice_id AND {TEAM_OF_CLINIC} AND {STAFF_TAKES_MAIL}
""")  # noqa: S608 - made of constants
# What was read, answered, taken or ended meanwhile is nothing to tell any more.
_FACTS = text(f"""
SELECT s.email, s.role, p.name, y.name AS practice_name, k.name AS clinic_name, k.logo_id, f.name AS family_name
FROM questions_ended_notice n
JOIN message m ON m.practice_id = n.practice_id AND m.id = n.message_id
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN conversation v ON v.practice_id = m.practice_id AND v.id = m.conversation_id AND v.ended_at IS NULL AND v.assignee_id IS NULL
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN staff_member s ON s.practice_id = n.practice_id AND s.id = n.staff_id AND {TEAM_OF_CLINIC} AND {STAFF_TAKES_MAIL}
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
LEFT JOIN read_mark r ON r.practice_id = m.practice_id AND r.thread_id = m.thread_id AND r.person_id = s.id
WHERE n.practice_id = :practice_id AND n.id = :id AND m.seq > coalesce(r.up_to_seq, 0) AND {WAITS_FOR_ANSWER}
""")  # noqa: S608 - made of constants


class QuestionsEndedMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await sweep(self._database, "questions_ended", oldest=OLDEST, queue=_queue)
        return await send_claimed(self._settings, self._database, TO_TEAM, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_FACTS, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
        if to is None:
            return None
        shown = {
            "headline": HEADLINE,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "logo": await read_logo(self._files, to.logo_id),
            "family": to.family_name,
            "link": self._settings.public_url + staff_path(to.role, notice.about_id),
        }
        return build_mail(self._settings, to=to.email, subject=HEADLINE, template="questions_ended", facts=shown)


async def _queue(swept: Sweep) -> int:
    """Looked at for some minutes: whoever was there may go, or never look up."""
    since = swept.since - MARGIN - MAY_LOOK_FOR
    ended = (await swept.uow.execute(_FIND, {"since": since, "now": swept.now})).all()
    rows = [
        {
            "practice_id": each.practice_id,
            "id": new_id(),
            "thread_id": each.thread_id,
            "message_id": each.message_id,
            "staff_id": staff_id,
            "first_seq": each.seq,
            "up_to_seq": each.seq,
            **waits_from(swept.now),
        }
        for each in ended
        if each.ended_at <= swept.now - MAY_LOOK_FOR or not await may_look(swept, each)
        for staff_id in (await swept.uow.execute(_TEAM, _place(each))).scalars()
    ]
    return await swept.keep(QuestionsEndedNotice, rows)


def _place(ended: Any) -> dict[str, Any]:
    return {"practice_id": ended.practice_id, "thread_id": ended.thread_id}
