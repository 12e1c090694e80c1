"""E-mails that wait: taken by one worker at a time, tried again, and given back when a worker vanishes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import TextClause, text

from pawline.platform import clock
from pawline.platform.db import Database

MOST_AT_ONCE = 8
LEASE = timedelta(seconds=90)
_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=5)
_DOUBLED = Counter("pawline_unread_mails_maybe_doubled", "E-mails sent again because a worker vanished while it sent them")
_log = structlog.get_logger()

_CLAIM = """
UPDATE {table} n
SET state = CASE WHEN n.queued_at < :too_old THEN 'failed' ELSE 'sending' END,
    attempts = n.attempts + 1, next_attempt_at = :lease_until,
    may_be_doubled = n.may_be_doubled OR n.state = 'sending'
FROM (
    SELECT d.practice_id, d.id, d.state AS was FROM {table} d
    WHERE d.state IN ('queued', 'sending') AND d.next_attempt_at <= :now
    ORDER BY d.next_attempt_at LIMIT :most
    FOR UPDATE SKIP LOCKED
) due
WHERE n.practice_id = due.practice_id AND n.id = due.id
RETURNING n.practice_id, n.id, n.{person} AS person_id, {about}, n.attempts, n.state, due.was
"""
# Whose lease was taken over meanwhile has no say any more.
_CONCLUDE = """
UPDATE {table}
SET state = :state, next_attempt_at = :next_attempt_at, quiet_until = :quiet_until, sent_at = :sent_at
WHERE practice_id = :practice_id AND id = :id AND state = 'sending' AND attempts = :attempts
"""


_A_THREAD = "n.thread_id AS about_id, n.first_seq, n.up_to_seq"
_A_CLINIC = "n.clinic_id AS about_id, 0 AS first_seq, 0 AS up_to_seq"


@dataclass(frozen=True)
class NoticeKind:
    """One table of e-mails that wait: to whom they are, and for how long one keeps the next one back.

    ``lease``: how long one worker may take over what it claimed. ``about``: what it tells of. ``give_up_after``: what waits for
    longer is no news any more, whatever kept it back.
    """

    table: str
    person: str
    quiet_for: timedelta
    most_at_once: int = MOST_AT_ONCE
    lease: timedelta = LEASE
    about: str = _A_THREAD
    give_up_after: timedelta = timedelta(hours=24)

    @property
    def mail_name(self) -> str:
        """What the ids of such mails begin with."""
        return self.table.rpartition("_")[0].replace("_", "-")

    @cached_property
    def claim(self) -> TextClause:
        return text(_CLAIM.format(table=self.table, person=self.person, about=self.about))

    @cached_property
    def conclude(self) -> TextClause:
        return text(_CONCLUDE.format(table=self.table))


TO_CONTACTS = NoticeKind("unread_notice", "contact_id", timedelta(minutes=60))
TO_STAFF = NoticeKind("staff_notice", "staff_id", timedelta(0))
TO_HANDED = NoticeKind("hand_off_notice", "staff_id", timedelta(0))
# To print a long one takes a while.
TRANSCRIPTS = NoticeKind("transcript_mail", "contact_id", timedelta(0), most_at_once=1, lease=timedelta(minutes=5))
TO_CALLED = NoticeKind("mention_notice", "staff_id", timedelta(0))
TO_TEAM = NoticeKind("questions_ended_notice", "staff_id", timedelta(0))
# Of the next morning it would tell as of the day before.
DAY_ENDS = NoticeKind("day_end_notice", "staff_id", timedelta(0), about=_A_CLINIC, give_up_after=timedelta(hours=6))


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """An e-mail that this worker holds until its lease ends. ``about_id``: of the thread, or else of what its kind says."""

    kind: NoticeKind
    practice_id: UUID
    id: UUID
    about_id: UUID
    person_id: UUID
    first_seq: int
    up_to_seq: int
    attempts: int


async def claim_notices(database: Database, kind: NoticeKind) -> list[ClaimedNotice]:
    """Some of those that are due; what has waited for too long is given up instead."""
    now = clock.now()
    times = {"now": now, "lease_until": now + kind.lease, "too_old": now - kind.give_up_after}
    async with database.transaction() as uow:
        rows = (await uow.execute(kind.claim, {**times, "most": kind.most_at_once})).all()
    for row in rows:
        if row.state == "failed":
            _log.warning("mail_given_up", notice_id=str(row.id), table=kind.table)
        elif row.was == "sending":
            _DOUBLED.inc()
            _log.warning("mail_taken_over", notice_id=str(row.id))
    return [_claimed(kind, row) for row in rows if row.state == "sending"]


async def was_sent(database: Database, notice: ClaimedNotice) -> None:
    now = clock.now()
    await _conclude(database, notice, state="sent", next_attempt_at=now, quiet_until=now + notice.kind.quiet_for, sent_at=now)


async def is_needless(database: Database, notice: ClaimedNotice) -> None:
    """Read, deleted or switched off meanwhile. The next search looks at once whether something else is unread by now."""
    now = clock.now()
    await _conclude(database, notice, state="skipped", next_attempt_at=now, quiet_until=now)


async def was_refused(database: Database, notice: ClaimedNotice) -> None:
    """The mail server will not take it, now or later."""
    now = clock.now()
    await _conclude(database, notice, state="failed", next_attempt_at=now, quiet_until=now + notice.kind.quiet_for)


async def try_again(database: Database, notice: ClaimedNotice) -> None:
    """Later each time, yet never so late that a mail server that is back has to wait long for it."""
    now = clock.now()
    wait = min(_SHORTEST_WAIT * 2 ** min(notice.attempts - 1, 10), _LONGEST_WAIT)
    await _conclude(database, notice, state="queued", next_attempt_at=now + wait, quiet_until=now + notice.kind.quiet_for)


async def _conclude(database: Database, notice: ClaimedNotice, **values: Any) -> None:
    held = {"practice_id": notice.practice_id, "id": notice.id, "attempts": notice.attempts}
    async with database.transaction() as uow:
        await uow.execute(notice.kind.conclude, {"sent_at": None, **held, **values})


def _claimed(kind: NoticeKind, row: Any) -> ClaimedNotice:
    return ClaimedNotice(
        kind=kind,
        practice_id=row.practice_id,
        id=row.id,
        about_id=row.about_id,
        person_id=row.person_id,
        first_seq=row.first_seq,
        up_to_seq=row.up_to_seq,
        attempts=row.attempts,
    )
