"""Writing down how an attempt ended. What moves a text back needs the fence; what proves that it left does not."""

import random

from sqlalchemy import text

from pawline.carriers.interface import FailureReason, ReceiptState, SendFailed
from pawline.deliveries.beginning import Attempt
from pawline.deliveries.claiming import Claimed
from pawline.deliveries.desk import SendingDesk
from pawline.deliveries.lessons import learn
from pawline.deliveries.rising import Word, rise
from pawline.platform import clock

# As long again as it has been tried already, which doubles the wait each time without counting.
_NEXT_TRY = """now() + make_interval(secs => greatest(:retry_after, :jitter * least(:longest, greatest(:shortest, (
    SELECT CAST(extract(epoch FROM now() - min(a.begun_at)) AS double precision) FROM delivery_attempt a
    WHERE a.practice_id = :practice_id AND a.delivery_id = :id)))))"""
_IN_TIME = """now() < (SELECT min(a.begun_at) FROM delivery_attempt a WHERE a.practice_id = :practice_id AND a.delivery_id = :id)
    + make_interval(secs => :give_up_after)"""
_RETRY = text(f"""
    UPDATE delivery d
    SET state = 'queued', claims = 0, leased_until = NULL, reason = :reason, carrier_code = :carrier_code, due_at = {_NEXT_TRY}
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'attempting' AND {_IN_TIME}
    RETURNING d.due_at
""")  # noqa: S608 - constants
_END = text("""
    UPDATE delivery d
    SET state = :state, leased_until = NULL, reason = :reason, carrier_code = :carrier_code, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'attempting'
    RETURNING d.id
""")
# Without waiting, as in beginning.py. Whoever holds the row cancels it; if not, the lease runs out and it is claimed anew.
_VERDICT = text("""
    UPDATE delivery d
    SET state = :state, leased_until = NULL, reason = :reason, ended_at = :now
    WHERE (d.practice_id, d.id) IN (
        SELECT e.practice_id, e.id FROM delivery e
        WHERE e.practice_id = :practice_id AND e.id = :id AND e.fence = :fence AND e.state = 'leased'
        FOR NO KEY UPDATE SKIP LOCKED)
""")
_IS_UNKNOWN = text("""
    UPDATE delivery d
    SET state = 'unknown', leased_until = now() + make_interval(secs => :receipt_wait)
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'attempting'
    RETURNING d.id
""")
# Once nobody knew what became of an attempt, a later "not now" under the same reference does not make it certain.
_CLOSE_ATTEMPT = text("""
    UPDATE delivery_attempt a
    SET outcome = CASE WHEN a.outcome = 'unknown' AND :is_retryable THEN 'unknown' ELSE :outcome END,
        reason = :reason, carrier_code = :carrier_code, ended_at = clock_timestamp()
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id AND a.outcome IS DISTINCT FROM 'accepted'
""")
_WHOLE_NUMBER_WAITS = text("""
    UPDATE number n SET free_from = greatest(n.free_from, :until) WHERE n.practice_id = :practice_id AND n.id = :number_id
""")


async def record_verdict(desk: SendingDesk, claimed: Claimed) -> None:
    """The claim found that the text may not go out."""
    state = "failed" if claimed.verdict == "too_many_claims" else "cancelled"
    async with desk.database.transaction() as uow:
        await desk.touch_message(uow, claimed.practice_id, claimed.message_id)
        await uow.execute(_VERDICT, {**claimed.hold, "state": state, "reason": claimed.verdict, "now": clock.now()})


async def record_accepted(desk: SendingDesk, attempt: Attempt, carrier_message_id: str) -> None:
    word = Word(carrier_message_id=carrier_message_id, state=ReceiptState.ACCEPTED)
    async with desk.database.transaction() as uow:
        await rise(uow, attempt.key, word, touch=desk.touch)


async def record_refused(desk: SendingDesk, attempt: Attempt, error: SendFailed) -> None:
    """Nothing went out, for certain: try again later if that can help."""
    claimed, reason = attempt.claimed, error.reason
    why = {"reason": reason.name.lower(), "carrier_code": error.carrier_code}
    async with desk.database.transaction() as uow:
        await desk.touch_message(uow, claimed.practice_id, claimed.message_id)
        due_at = None
        if reason.is_retryable:
            wait = {**_wait(desk), "retry_after": error.retry_after_seconds or 0}
            due_at = (await uow.execute(_RETRY, {**claimed.hold, **why, **wait})).scalar_one_or_none()
        if due_at is None:
            await uow.execute(_END, {**claimed.hold, **why, "state": "failed", "now": clock.now()})
        elif reason is FailureReason.TOO_MANY:
            number = {"practice_id": claimed.practice_id, "number_id": claimed.number_id}
            await uow.execute(_WHOLE_NUMBER_WAITS, {**number, "until": due_at})
        outcome = {**why, "outcome": "refused", "is_retryable": reason.is_retryable}
        await uow.execute(_CLOSE_ATTEMPT, {**_ids(attempt), **outcome})
        await learn(uow, claimed.practice_id, reason, number_id=claimed.number_id, contact_number=claimed.to_number)


async def record_unknown(desk: SendingDesk, attempt: Attempt) -> None:
    """The text may be on its way. Where the carrier knows it by its reference it is sent again; elsewhere it is looked for."""
    claimed = attempt.claimed
    async with desk.database.transaction() as uow:
        await desk.touch_message(uow, claimed.practice_id, claimed.message_id)
        if desk.carriers[claimed.carrier].sends_are_keyed:
            why = {"reason": "carrier_trouble", "carrier_code": ""}
            if (await uow.execute(_RETRY, {**claimed.hold, **why, **_wait(desk)})).first() is None:
                end = {"reason": "outcome_unknown", "carrier_code": "", "state": "failed", "now": clock.now()}
                await uow.execute(_END, {**claimed.hold, **end})
        else:
            await uow.execute(_IS_UNKNOWN, {**claimed.hold, "receipt_wait": desk.pace.receipt_wait})
        outcome = {"outcome": "unknown", "reason": None, "carrier_code": "", "is_retryable": True}
        await uow.execute(_CLOSE_ATTEMPT, {**_ids(attempt), **outcome})


def _ids(attempt: Attempt) -> dict[str, object]:
    return {"practice_id": attempt.key.practice_id, "attempt_id": attempt.key.attempt_id}


def _wait(desk: SendingDesk) -> dict[str, float]:
    pace = desk.pace
    return {
        "retry_after": 0,
        "shortest": pace.shortest_wait,
        "longest": pace.longest_wait,
        "give_up_after": pace.give_up_after,
        "jitter": random.uniform(0.8, 1.2),  # noqa: S311 - spreads tries, hides nothing
    }
