"""How many codes go out: enough for a full waiting room, too few to make money with texts or to annoy anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import TooManyRequests

MOST_TO_ADDRESS = 3
MOST_FROM_ORIGIN = 20
MOST_TEXTS_A_DAY = 200
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """``statement`` counts since ``:since``; ``words`` say what to do instead."""

    statement: TextClause
    most: int
    within: timedelta
    words: str


_TO_ADDRESS = Limit(  # tenancy: one phone is not to be sent codes by turns from every practice there is
    text("""
        SELECT count(*) AS count, min(s.created_at) AS first_at FROM (
            SELECT u.created_at FROM sign_up u
            WHERE u.created_at > :since AND (u.number = ANY(CAST(:numbers AS text[])) OR u.email = :email)
            UNION ALL
            SELECT i.created_at FROM texted_sign_in i
            WHERE i.created_at > :since AND i.number = ANY(CAST(:numbers AS text[]))) s
    """),
    MOST_TO_ADDRESS,
    _HOUR,
    "We have sent you several codes already. Use the latest one, or wait a while before you ask again.",
)
_FROM_ORIGIN = Limit(
    text("""
        SELECT count(*) AS count, min(s.created_at) AS first_at FROM sign_up s
        WHERE s.practice_id = :practice_id AND (s.clinic_code_id = :place_id OR s.family_invitation_id = :place_id)
            AND s.created_at > :since AND s.origin_hash = :origin_hash
    """),
    MOST_FROM_ORIGIN,
    _HOUR,
    "Many codes were asked for from your network. Please wait a while, or use your phone's own connection.",
)
_SIGN_INS_FROM_ORIGIN = Limit(
    text("""
        SELECT count(*) AS count, min(s.created_at) AS first_at FROM texted_sign_in s
        WHERE s.created_at > :since AND s.origin_hash = :origin_hash
    """),
    MOST_FROM_ORIGIN,
    _HOUR,
    _FROM_ORIGIN.words,
)
_TEXTS = Limit(
    text("""
        SELECT count(*) AS count, min(s.created_at) AS first_at FROM sign_up s
        WHERE s.practice_id = :practice_id AND s.clinic_code_id = :place_id AND s.created_at > :since AND s.number IS NOT NULL
    """),
    MOST_TEXTS_A_DAY,
    _DAY,
    "No more codes can be texted today. Please use your e-mail instead.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One code that is asked for: ``place_id`` is the clinic's code or the invitation that it is asked through."""

    practice_id: UUID
    place_id: UUID
    email: str | None
    number: str | None
    origin_hash: bytes


async def require_few(uow: UnitOfWork, ask: Ask) -> None:
    """One at a time for each place and address until the commit, so that the counts see every other request.

    Raises:
        TooManyRequests: with what to do instead.
    """
    for key in (f"sign-ups through {ask.place_id}", f"sign-ups of {ask.email or ask.number}"):
        await uow.lock(key)
    values = {
        "practice_id": ask.practice_id,
        "place_id": ask.place_id,
        "numbers": [ask.number] if ask.number is not None else [],
        "email": ask.email,
        "origin_hash": ask.origin_hash,
    }
    for limit in (_TO_ADDRESS, _FROM_ORIGIN, *([_TEXTS] if ask.number is not None else [])):
        await _require(uow, limit, values)


async def require_few_sign_ins(uow: UnitOfWork, numbers: Sequence[str], *, origin_hash: bytes) -> None:
    """The same for whoever signs in with a number, of which only one spelling is known: ``numbers`` is all it may mean.

    Raises:
        TooManyRequests: with what to do instead.
    """
    for key in (*(f"sign-ups of {number}" for number in sorted(numbers)), f"texted sign-ins from {origin_hash.hex()}"):
        await uow.lock(key)
    values = {"numbers": list(numbers), "email": None, "origin_hash": origin_hash}
    for limit in (_TO_ADDRESS, _SIGN_INS_FROM_ORIGIN):
        await _require(uow, limit, values)


async def _require(uow: UnitOfWork, limit: Limit, values: dict[str, Any]) -> None:
    now = clock.now()
    row: Any = (await uow.execute(limit.statement, {**values, "since": now - limit.within})).one()
    if row.count >= limit.most:
        seconds = max(1, int((row.first_at + limit.within - now).total_seconds()))
        raise TooManyRequests(limit.words, retry_after_seconds=seconds)
