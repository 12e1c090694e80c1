"""Texts whose outcome nobody knows: a receipt may have told; if not, the carrier's own list is searched before one goes again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import Counter
from sqlalchemy import text

from pawline.carriers.interface import CarrierFailed, SentText
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.desk import SendingDesk
from pawline.deliveries.exchanges import about
from pawline.deliveries.rising import Word, rise
from pawline.deliveries.states import SIGN_IN
from pawline.platform import clock
from pawline.platform.db import UnitOfWork

POSSIBLE_DUPLICATES = Counter(
    "pawline_texts_possible_duplicates", "Texts sent again although an earlier attempt may have gone out unseen"
)
_CLOCKS_DIFFER_BY = timedelta(seconds=60)
_log = structlog.get_logger()

_DUE = text("""
    WITH due AS (
        SELECT d.practice_id, d.id FROM delivery d
        WHERE d.state = 'unknown' AND d.leased_until <= now() AND d.carrier = ANY(CAST(:carriers AS text[]))
        ORDER BY d.leased_until LIMIT 20
        FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE delivery d
    SET leased_until = now() + make_interval(secs => :lease), fence = d.fence + 1
    FROM due, LATERAL (
        SELECT a.id, a.begun_at, a.searches FROM delivery_attempt a
        WHERE a.practice_id = due.practice_id AND a.delivery_id = due.id
        ORDER BY a.begun_at DESC, a.id DESC LIMIT 1) latest
    WHERE d.practice_id = due.practice_id AND d.id = due.id
    RETURNING d.practice_id, d.id, d.fence, d.message_id, d.category, d.carrier, d.from_number, d.to_number, d.body,
        latest.id AS attempt_id, latest.begun_at, latest.searches
""")
# The same words went to the same number twice, say: a text that an attempt has is not the one that another one looks for.
_TAKEN = text("""
    SELECT a.carrier_message_id FROM delivery_attempt a
    JOIN delivery d ON d.practice_id = a.practice_id AND d.id = a.delivery_id
    WHERE a.practice_id = :practice_id AND d.from_number = :from_number AND d.to_number = :to_number
        AND a.carrier_message_id = ANY(CAST(:found AS text[]))
""")
_SEARCHED = text("""
    UPDATE delivery_attempt a SET searches = a.searches + 1
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id
""")
_NOT_FOUND = text("""
    UPDATE delivery_attempt a SET outcome = 'not_found', ended_at = clock_timestamp()
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id AND a.outcome IS DISTINCT FROM 'accepted'
""")
_SEARCH_LATER = text("""
    UPDATE delivery d SET leased_until = now() + make_interval(secs => :wait)
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'unknown'
""")
_IN_TIME = text("""
    SELECT now() < min(a.begun_at) + make_interval(secs => :give_up_after) FROM delivery_attempt a
    WHERE a.practice_id = :practice_id AND a.delivery_id = :id
""")
_DECIDE = text("""
    UPDATE delivery d
    SET state = :state, reason = :reason, leased_until = NULL, due_at = now(), ended_at = :ended_at
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'unknown'
    RETURNING d.id
""")


@dataclass(frozen=True, slots=True)
class Missing:
    """A text of unknown outcome that this worker looks for."""

    row: Any

    @property
    def key(self) -> AttemptKey:
        return AttemptKey(self.row.practice_id, self.row.id, self.row.attempt_id)

    @property
    def hold(self) -> dict[str, Any]:
        return {"practice_id": self.row.practice_id, "id": self.row.id, "fence": self.row.fence}

    @property
    def since(self) -> datetime:
        return self.row.begun_at - _CLOCKS_DIFFER_BY


async def missing_texts(desk: SendingDesk) -> list[Missing]:
    """Take those whose time to be looked for has come."""
    lookable = [name for name, carrier in desk.carriers.items() if not carrier.sends_are_keyed]
    async with desk.database.single_statements() as connection:
        lease = 2 * desk.pace.call_lease
        return [Missing(row) for row in await connection.execute(_DUE, {"carriers": lookable, "lease": lease})]


async def look_for(desk: SendingDesk, missing: Missing) -> None:
    """Search the carrier's list; found: accepted. Not found twice: sent again, marked and counted; a code is not."""
    row = missing.row
    try:
        with about(missing.key):
            listed = await desk.carriers[row.carrier].find_sent(
                from_number=row.from_number, to_number=row.to_number, since=missing.since
            )
    except CarrierFailed as error:
        _log.warning("text_search_failed", delivery_id=str(row.id), cause=str(error))
        await _search_again(desk, missing)
        return
    candidates = [each for each in listed if each.body.strip() == row.body.strip() and _is_late_enough(each, missing)]
    async with desk.database.transaction() as uow:
        # The thread comes before everything else that is locked.
        await desk.touch_message(uow, row.practice_id, row.message_id)
        found = await _first_free(uow, missing, candidates)
        if found is None:
            await _not_found(desk, uow, missing)
        else:
            word = Word(
                carrier_message_id=found.carrier_message_id,
                state=found.state,
                reason=found.reason,
                carrier_code=found.carrier_code,
            )
            await rise(uow, missing.key, word, touch=desk.touch)


def _is_late_enough(listed: SentText, missing: Missing) -> bool:
    return listed.sent_at is None or listed.sent_at >= missing.since.replace(microsecond=0)


async def _first_free(uow: UnitOfWork, missing: Missing, candidates: Sequence[SentText]) -> SentText | None:
    row = missing.row
    await uow.lock(f"search {row.practice_id} {row.from_number} {row.to_number}")
    ids = {
        "practice_id": row.practice_id,
        "from_number": row.from_number,
        "to_number": row.to_number,
        "found": [each.carrier_message_id for each in candidates],
    }
    taken = set((await uow.execute(_TAKEN, ids)).scalars())
    return next((each for each in candidates if each.carrier_message_id not in taken), None)


async def _not_found(desk: SendingDesk, uow: UnitOfWork, missing: Missing) -> None:
    row = missing.row
    await uow.execute(_SEARCHED, {"practice_id": row.practice_id, "attempt_id": row.attempt_id})
    if row.searches + 1 < desk.pace.searches:
        await uow.execute(_SEARCH_LATER, {**missing.hold, "wait": desk.pace.search_wait})
        return
    await uow.execute(_NOT_FOUND, {"practice_id": row.practice_id, "attempt_id": row.attempt_id})
    # Whoever waits for a code asks for another one; two of them, or one that comes too late, only confuse.
    if row.category != SIGN_IN and await _is_in_time(desk, uow, missing):
        decision = {"state": "queued", "reason": None, "ended_at": None}
        if (await uow.execute(_DECIDE, {**missing.hold, **decision})).first() is not None:
            POSSIBLE_DUPLICATES.inc()
            _log.warning("text_sent_again", delivery_id=str(row.id), attempt_id=str(row.attempt_id))
    else:
        await uow.execute(_DECIDE, {**missing.hold, **_given_up()})


async def _search_again(desk: SendingDesk, missing: Missing) -> None:
    """The list could not be read, which says nothing about the text. After hours of that a person has to ask the client."""
    async with desk.database.transaction() as uow:
        await desk.touch_message(uow, missing.row.practice_id, missing.row.message_id)
        if await _is_in_time(desk, uow, missing):
            await uow.execute(_SEARCH_LATER, {**missing.hold, "wait": desk.pace.search_wait})
        else:
            await uow.execute(_DECIDE, {**missing.hold, **_given_up()})


async def _is_in_time(desk: SendingDesk, uow: UnitOfWork, missing: Missing) -> bool:
    ids = {"practice_id": missing.row.practice_id, "id": missing.row.id}
    return (await uow.execute(_IN_TIME, {**ids, "give_up_after": desk.pace.give_up_after})).scalar_one()


def _given_up() -> dict[str, Any]:
    return {"state": "failed", "reason": "outcome_unknown", "ended_at": clock.now()}
