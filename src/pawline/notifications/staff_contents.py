"""What an e-mail to a staff member about a family of their schedule says, looked up at the moment it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from pawline.notifications.claims import ClaimedNotice
from pawline.notifications.finding_staff import WRITTEN_FOR_STAFF, clinic_day
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.mail_queue import STAFF_TAKES_MAIL

_MOST_SHOWN = 20
_TO_WHOM = text(f"""
SELECT s.email, s.role, p.name, y.name AS practice_name, k.name AS clinic_name, k.logo_id, k.timezone, k.mails_show_words,
    f.name AS family_name, t.family_id, t.clinic_id
FROM thread t
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN staff_member s ON s.practice_id = t.practice_id AND s.id = :staff_id AND s.left_at IS NULL
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
WHERE t.practice_id = :practice_id AND t.id = :thread_id AND {STAFF_TAKES_MAIL} AND (s.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic x WHERE x.practice_id = t.practice_id AND x.staff_id = s.id AND x.clinic_id = t.clinic_id))
""")  # noqa: S608 - made of constants
_WRITTEN = text(
    """
SELECT DISTINCT m.seq, m.author_id, m.author_name, m.body, m.has_attachments, ARRAY(
    SELECT e.name FROM message_pet g JOIN pet e ON e.practice_id = g.practice_id AND e.id = g.pet_id
    WHERE g.practice_id = m.practice_id AND g.message_id = m.id ORDER BY e.name) AS pet_names
FROM staff_member s
CROSS JOIN LATERAL (
    SELECT y.begins_at, y.ends_at
    FROM unnest(
        CAST(:dates AS date[]), CAST(:begins AS timestamptz[]), CAST(:ends AS timestamptz[])
    ) AS y(on_date, begins_at, ends_at)
    JOIN appointment a ON a.practice_id = :practice_id AND a.family_id = :family_id AND a.clinic_id = :clinic_id
        AND a.staff_id = s.id AND a.on_date = y.on_date AND a.status <> 'cancelled'
    UNION
    SELECT g.granted_at, g.until
    FROM thread_grant g
    WHERE g.practice_id = :practice_id AND g.thread_id = :thread_id AND g.staff_id = s.id
        AND g.ended_at IS NULL AND g.until > :now
) d
JOIN message m ON m.practice_id = s.practice_id AND m.thread_id = :thread_id AND m.seq BETWEEN :first_seq AND :up_to_seq
WHERE s.practice_id = :practice_id AND s.id = :staff_id AND {written_for_staff}
    AND m.seq > coalesce((
        SELECT r.up_to_seq FROM read_mark r
        WHERE r.practice_id = m.practice_id AND r.thread_id = m.thread_id AND r.person_id = s.id), 0)
ORDER BY m.seq
LIMIT :most
""".replace("{written_for_staff}", WRITTEN_FOR_STAFF)
)


@dataclass(frozen=True, slots=True)
class StaffMailFacts:
    """``to`` is the row of the staff member, the clinic and the family; ``messages`` what they have not read, oldest first."""

    to: Any
    messages: Sequence[Any]

    @property
    def headline(self) -> str:
        authors = list(dict.fromkeys(message.author_name for message in self.messages))
        pets = sorted({name for message in self.messages for name in message.pet_names})
        writer = authors[0] if len(authors) == 1 else f"The {self.to.family_name}"
        return f"{writer} wrote about {pets[0]}" if len(pets) == 1 else f"{writer} wrote to you"


async def staff_mail_facts(uow: UnitOfWork, notice: ClaimedNotice) -> StaffMailFacts | None:
    """None: read, deleted, cancelled or taken back meanwhile, or nobody who may be told any more.

    Basic staff see the family up to the end of the day, and what they may not open they are not told of: to them nothing of
    yesterday goes out. Others may get it late, like after a night without a mail server.
    """
    key = {"practice_id": notice.practice_id, "thread_id": notice.about_id, "staff_id": notice.person_id}
    to = (await uow.execute(_TO_WHOM, key)).one_or_none()
    if to is None:
        return None
    now = clock.now()
    days = [clinic_day(to.timezone, now, days_ago=days_ago) for days_ago in ((0,) if to.role == "basic" else (0, 1))]
    values = {
        "family_id": to.family_id,
        "clinic_id": to.clinic_id,
        "first_seq": notice.first_seq,
        "up_to_seq": notice.up_to_seq,
        "dates": [day.on_date for day in days],
        "begins": [day.begins_at for day in days],
        "ends": [day.ends_at for day in days],
        "now": now,
        "most": _MOST_SHOWN,
    }
    messages = (await uow.execute(_WRITTEN, {**key, **values})).all()
    return StaffMailFacts(to, messages) if messages else None
