"""What tables of e-mails that wait to be sent have in common."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Moment

# Of a ``contact c``: no mail server has said for good that it takes nothing for the address.
ADDRESS_TAKES_MAIL = """NOT EXISTS (
        SELECT FROM mail_refusal r WHERE r.practice_id = c.practice_id AND r.contact_id = c.id AND r.email = c.email)"""
# The same of a ``staff_member s``.
STAFF_TAKES_MAIL = """NOT EXISTS (
        SELECT FROM staff_mail_refusal z WHERE z.practice_id = s.practice_id AND z.staff_id = s.id AND z.email = s.email)"""

# Of a ``practice y``: its logo, unless its clinics have several.
PRACTICE_LOGO = """(
    SELECT CASE WHEN count(*) = 1 THEN CAST(max(CAST(g.logo_id AS text)) AS uuid) END
    FROM clinic g WHERE g.practice_id = y.id AND g.logo_id IS NOT NULL)"""


class WaitingMail:
    """How far one has come. ``may_be_doubled``: a worker vanished while it sent this one."""

    state: Mapped[str] = mapped_column(Text, default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[Moment]
    # When to try next; of one that is being sent: when whoever sends it has to be done.
    next_attempt_at: Mapped[Moment]
    # Until then its reader gets no other one of the kind, unless they read.
    quiet_until: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    may_be_doubled: Mapped[bool] = mapped_column(default=False, server_default=false())


def waits_from(now: datetime, *, quiet_for: timedelta = timedelta(0)) -> dict[str, datetime]:
    """The times of one that is queued."""
    return {"queued_at": now, "next_attempt_at": now, "quiet_until": now + quiet_for}


def rules_of_waiting(table: str) -> tuple[Index, CheckConstraint]:
    return (
        Index(f"ix_{table}_waiting", "next_attempt_at", postgresql_where=text("state IN ('queued', 'sending')")),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name="state_is_known"),
    )
