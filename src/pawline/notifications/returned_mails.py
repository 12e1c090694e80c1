"""E-mails to a clinic's team about what is back in the queue while its family waits, unless one of them has looked at it."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.claims import ClaimedNotice
from pawline.notifications.finding import MARGIN
from pawline.notifications.mail import build_mail, read_logo
from pawline.notifications.staff_finding import RETURNED, TEAM_OF_CLINIC
from pawline.notifications.staff_paths import staff_path
from pawline.notifications.sweeping import Sweep
from pawline.notifications.team_at_hand import MAY_LOOK_FOR, may_look
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.files import FileStore
from pawline.platform.mail_queue import STAFF_TAKES_MAIL
from pawline.platform.settings import Settings

HEADLINE = "A conversation is back with the team"
_PLACE = """
JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
"""
# Whoever gave it back has read of it, and answers it no more.
_FIND = text(f"""
SELECT h.practice_id, h.id AS hand_off_id, h.at, t.id AS thread_id, t.clinic_id, s.id AS staff_id, m.seq
FROM hand_off h {_PLACE}
JOIN staff_member s ON s.practice_id = h.practice_id AND {STAFF_TAKES_MAIL}
WHERE h.at > :since AND h.at <= :now AND {RETURNED}
    AND NOT EXISTS (SELECT FROM hand_off_notice n WHERE n.practice_id = h.practice_id AND n.hand_off_id = h.id)
    AND NOT EXISTS (
        SELECT FROM staff_member s
        JOIN read_mark r ON r.practice_id = s.practice_id AND r.thread_id = t.id AND r.person_id = s.id AND r.up_to_seq >= m.seq
        WHERE s.practice_id = h.practice_id AND s.id <> h.by_id AND {TEAM_OF_CLINIC})
""")  # noqa: S608 - made of constants
# What was read, answered, taken or ended meanwhile is nothing to tell any more.
_FACTS = text(f"""
SELECT s.email, s.role, p.name, y.name AS practice_name, k.name AS clinic_name, k.logo_id, f.name AS family_name, m.body
FROM hand_off_notice n
JOIN hand_off h ON h.practice_id = n.practice_id AND h.id = n.hand_off_id {_PLACE}
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN staff_member s ON s.practice_id = n.practice_id AND s.id = n.staff_id AND {STAFF_TAKES_MAIL}
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = s.id
WHERE n.practice_id = :practice_id AND n.id = :id AND m.seq > coalesce(r.up_to_seq, 0) AND {RETURNED}
""")  # noqa: S608 - made of constants


async def find_returned(swept: Sweep) -> Sequence[Any]:
    """For whom an e-mail is due. Looked at for some minutes: whoever was there may go, or never look up."""
    since = swept.since - MARGIN - MAY_LOOK_FOR
    found = (await swept.uow.execute(_FIND, {"since": since, "now": swept.now})).all()
    waited_for: dict[UUID, bool] = {}
    for each in found:
        if each.hand_off_id not in waited_for:
            waited_for[each.hand_off_id] = each.at > swept.now - MAY_LOOK_FOR and await may_look(swept, each)
    return [each for each in found if not waited_for[each.hand_off_id]]


async def mail_of_returned(
    uow: UnitOfWork, settings: Settings, notice: ClaimedNotice, *, files: FileStore
) -> EmailMessage | None:
    """None: it is of something else, or nothing to tell any more."""
    values = {"practice_id": notice.practice_id, "id": notice.id, "now": clock.now()}
    to = (await uow.execute(_FACTS, values)).one_or_none()
    if to is None:
        return None
    shown = {
        "headline": HEADLINE,
        "name": to.name,
        "practice": to.practice_name,
        "clinic": to.clinic_name,
        "logo": await read_logo(files, to.logo_id),
        "family": to.family_name,
        "line": to.body,
        "link": settings.public_url + staff_path(to.role, notice.about_id),
    }
    return build_mail(settings, to=to.email, subject=HEADLINE, template="returned", facts=shown)
