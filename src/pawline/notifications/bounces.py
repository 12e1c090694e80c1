"""Bounces: what mail servers say later about an e-mail of ours marks an address as their refusal at once does."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from typing import Any, Literal
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from pawline.notifications.bounce_addresses import BounceToken, read_tokens
from pawline.notifications.delivery_reports import DeliveryReport, FailedDelivery, read_report
from pawline.notifications.refusals import RefusedAddress, is_about_the_address, mark_refused
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.idempotency import AnsweredRequest
from pawline.platform.jobs import defer
from pawline.platform.lifted_refusals import lifted_at
from pawline.platform.settings import Settings

COUNT_TASK = "count_bounce"

BounceOutcome = Literal["marked", "repeated", "another_matter", "not_failed", "no_report", "too_old", "not_ours"]
"""``another_matter``: failed, yet not because of the address, like a full mailbox. ``too_old``: of an e-mail that left long
ago, or before the address was let be tried again. ``not_ours``: no token, or a forged one, or the address is not on file any
more."""

# Mail servers give up after five days, some after a week.
_LATEST = timedelta(days=14)
# Where the mail servers of the world write whom a mail was for.
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
# A bounce has one of ours, and anybody may send one with thousands, each to be compared with all people of a practice.
_MOST_TOKENS = 4
_COUNT = Counter("pawline_mail_bounces", "Bounces that came back, by what came of them", ["outcome"])
_PEOPLE = text("""
SELECT id, email FROM contact WHERE practice_id = :practice_id AND email IS NOT NULL
UNION ALL
SELECT id, email FROM staff_member WHERE practice_id = :practice_id AND left_at IS NULL
ORDER BY id
""")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Bounce:
    report: DeliveryReport
    tokens: Sequence[BounceToken]


async def take_bounce(settings: Settings, database: Database, content: bytes) -> BounceOutcome:
    """One message as it came in. Safe to repeat: the bounces of one e-mail count once."""
    bounce = _read(content)
    async with database.transaction() as uow:
        outcome = await _take(settings, uow, bounce)
        await defer(uow, COUNT_TASK, outcome=outcome)
    return outcome


async def count_bounce_now(outcome: BounceOutcome) -> None:
    """In the worker, for whoever took the bounce ends at once and cannot be asked for numbers."""
    _COUNT.labels(outcome).inc()


def _read(content: bytes) -> _Bounce | None:
    """None: this is no report."""
    try:
        mail = message_from_bytes(content)
        report, addressed = read_report(mail), [str(value) for name in _ADDRESSED for value in mail.get_all(name, [])]
    except Exception as error:  # noqa: BLE001 - like RecursionError: anybody may send anything, and another try reads it no better
        _log.warning("bounce_not_readable", error=type(error).__name__)
        return None
    return None if report is None else _Bounce(report, read_tokens(addressed, most=_MOST_TOKENS))


async def _take(settings: Settings, uow: UnitOfWork, bounce: _Bounce | None) -> BounceOutcome:
    if bounce is None:
        return "no_report"
    failed = bounce.report.failed
    if failed is None:
        return "not_failed"
    if not is_about_the_address(failed.code, failed.words):
        return "another_matter"
    found = await _whom_it_was_for(settings, uow, bounce.tokens)
    return "not_ours" if found is None else await _mark(uow, *found, failed=failed)


async def _whom_it_was_for(settings: Settings, uow: UnitOfWork, tokens: Sequence[BounceToken]) -> tuple[BounceToken, Any] | None:
    people: dict[UUID, Sequence[Any]] = {}
    for token in tokens:
        practice_id = token.practice_id
        if practice_id not in people:
            people[practice_id] = (await uow.execute(_PEOPLE, {"practice_id": practice_id})).all()
        found = next((person for person in people[practice_id] if token.is_for(settings, person.email)), None)
        if found is not None:
            return token, found
    return None


async def _mark(uow: UnitOfWork, token: BounceToken, person: Any, *, failed: FailedDelivery) -> BounceOutcome:
    if clock.now() - token.sent_at > _LATEST:
        return "too_old"
    if not await _is_first(uow, token, person.id):
        return "repeated"
    lifted = await lifted_at(uow, token.practice_id, person.id)
    if lifted is not None and token.sent_at < lifted.replace(microsecond=0):  # tokens tell whole seconds
        return "too_old"
    await mark_refused(uow, token.practice_id, RefusedAddress(person.email, failed.as_said))
    return "marked"


async def _is_first(uow: UnitOfWork, token: BounceToken, person_id: UUID) -> bool:
    """Of this e-mail. What staff let be tried again meanwhile is not marked anew by a bounce that is delivered twice."""
    request_hash = hashlib.sha256(token.signature).digest()
    claim = insert(AnsweredRequest).values(
        practice_id=token.practice_id,
        person_id=person_id,
        key=UUID(bytes=request_hash[:16]),
        request_hash=request_hash,
        answered_at=clock.now(),
    )
    claimed = await uow.execute(claim.on_conflict_do_nothing().returning(AnsweredRequest.key))
    return claimed.one_or_none() is not None
