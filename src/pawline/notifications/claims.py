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
GIVE_UP_AFTER = timedelta(hours=24)
_SHORTEST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=5)
_DOUBLED = Counter("pawline_unread_mails_maybe_doubled", "E-mails sent again because a worker vanished while it sent them")
_log = structlog.get_logger()

_CLAIM = """
UPDATE {table} n
SET state = 'sending', attempts = n.attempts + 1, next_attempt_at = :lease_until,
    may_be_doubled = n.may_be_doubled OR n.state = 'sending'
FROM (
    SELECT d.practice_id, d.id, d.state AS was FROM {table} d
    WHERE d.state IN ('queued', 'sending') AND d.next_attempt_at <= :now
    ORDER BY d.next_attempt_at LIMIT :most
    FOR UPDATE SKIP LOCKED
) due
WHERE n.practice_id = due.practice_id AND n.id = due.id
RETURNING n.practice_id, n.id, n.thread_id, n.{person} AS person_id, n.first_seq, n.up_to_seq, n.attempts, n.queued_at, due.was
"""
# Whose lease was taken over meanwhile has no say any more.
_CONCLUDE = """
UPDATE {table}
SET state = :state, next_attempt_at = :next_attempt_at, quiet_until = :quiet_until, sent_at = :sent_at
WHERE practice_id = :practice_id AND id = :id AND state = 'sending' AND attempts = :attempts
"""


@dataclass(frozen=True)
class NoticeKind:
    """One table of e-mails that wait: to whom they are, and for how long one keeps the next one back."""

    table: str
    person: str
    quiet_for: timedelta

    @cached_property
    def claim(self) -> TextClause:
        return text(_CLAIM.format(table=self.table, person=self.person))

    @cached_property
    def conclude(self) -> TextClause:
        return text(_CONCLUDE.format(table=self.table))


TO_CONTACTS = NoticeKind("unread_notice", "contact_id", timedelta(minutes=60))
TO_STAFF = NoticeKind("staff_notice", "staff_id", timedelta(minutes=10))
TO_HANDED = NoticeKind("hand_off_notice", "staff_id", timedelta(0))


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """An e-mail that this worker holds until its lease ends."""

    kind: NoticeKind
    practice_id: UUID
    id: UUID
    thread_id: UUID
    person_id: UUID
    first_seq: int
    up_to_seq: int
    attempts: int
    is_late: bool


async def claim_notices(database: Database, kind: NoticeKind) -> list[ClaimedNotice]:
    now = clock.now()
    async with database.transaction() as uow:
        rows = (await uow.execute(kind.claim, {"now": now, "lease_until": now + LEASE, "most": MOST_AT_ONCE})).all()
    for row in rows:
        if row.was == "sending":
            _DOUBLED.inc()
            _log.warning("mail_taken_over", notice_id=str(row.id))
    return [_claimed(kind, row, is_late=now - row.queued_at > GIVE_UP_AFTER) for row in rows]


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


def _claimed(kind: NoticeKind, row: Any, *, is_late: bool) -> ClaimedNotice:
    return ClaimedNotice(
        kind=kind,
        practice_id=row.practice_id,
        id=row.id,
        thread_id=row.thread_id,
        person_id=row.person_id,
        first_seq=row.first_seq,
        up_to_seq=row.up_to_seq,
        attempts=row.attempts,
        is_late=is_late,
    )
