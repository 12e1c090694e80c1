"""A text's state moves up on the carrier's word, whoever brings it: an answer, a receipt, or the carrier's own list."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.carriers.interface import FailureReason, ReceiptState
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.desk import Touch
from pawline.deliveries.lessons import learn
from pawline.deliveries.states import RANKS, outranks
from pawline.platform import clock
from pawline.platform.db import UnitOfWork

_LOOK = text("""
    SELECT d.state, d.message_id, d.number_id, d.to_number, (
        SELECT a.id FROM delivery_attempt a WHERE a.practice_id = d.practice_id AND a.delivery_id = d.id
        ORDER BY a.begun_at DESC, a.id DESC LIMIT 1) = :attempt_id AS is_latest
    FROM delivery d
    WHERE d.practice_id = :practice_id AND d.id = :id
""")
_WAS_ACCEPTED = text("""
    UPDATE delivery_attempt a
    SET outcome = 'accepted', carrier_message_id = :carrier_message_id, ended_at = coalesce(a.ended_at, clock_timestamp())
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id AND a.delivery_id = :id AND a.outcome IS DISTINCT FROM 'accepted'
""")
# A text that was given up and tried again has a successor; both cannot live, and what is shown is the successor.
_RISE = text("""
    UPDATE delivery d
    SET state = :state, carrier_message_id = :carrier_message_id, reason = :reason, carrier_code = :carrier_code,
        leased_until = NULL,
        accepted_at = coalesce(d.accepted_at, :now),
        sent_at = CASE WHEN :state = 'sent' THEN :now ELSE d.sent_at END,
        delivered_at = CASE WHEN :state = 'delivered' THEN :now ELSE d.delivered_at END,
        ended_at = CASE WHEN :state IN ('delivered', 'failed') THEN :now END
    WHERE d.practice_id = :practice_id AND d.id = :id
        AND array_position(CAST(:ranks AS text[]), d.state) < array_position(CAST(:ranks AS text[]), :state)
        AND NOT (d.state IN ('failed', 'cancelled') AND EXISTS (
            SELECT FROM delivery e
            WHERE e.practice_id = d.practice_id AND e.message_id = d.message_id AND e.to_number = d.to_number AND e.id <> d.id
                AND e.state NOT IN ('failed', 'cancelled')))
    RETURNING d.id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the carrier says of one attempt; that it says anything at all proves that it took the text."""

    carrier_message_id: str
    state: ReceiptState
    reason: FailureReason | None = None
    carrier_code: str = ""


async def rise(uow: UnitOfWork, key: AttemptKey, word: Word, *, touch: Touch) -> bool:
    """Apply the carrier's word. Returns whether the text's state is another now; late and repeated words change nothing."""
    ids = {"practice_id": key.practice_id, "id": key.delivery_id, "attempt_id": key.attempt_id}
    delivery = (await uow.execute(_LOOK, ids)).one_or_none()
    if delivery is None:
        return False
    is_rising = _counts(delivery, word)
    if is_rising and delivery.message_id is not None:
        await touch(uow, key.practice_id, delivery.message_id)
    await uow.execute(_WAS_ACCEPTED, {**ids, "carrier_message_id": word.carrier_message_id})
    if word.reason is not None:
        await learn(uow, key.practice_id, word.reason, number_id=delivery.number_id, contact_number=delivery.to_number)
    return is_rising and await _rise(uow, ids, word)


def _counts(delivery: Any, word: Word) -> bool:
    # An earlier attempt that failed says nothing of the one that followed it.
    return outranks(word.state, delivery.state) and (word.state is not ReceiptState.FAILED or delivery.is_latest)


async def _rise(uow: UnitOfWork, ids: dict[str, UUID], word: Word) -> bool:
    failed = word.state is ReceiptState.FAILED
    values = {
        "practice_id": ids["practice_id"],
        "id": ids["id"],
        "state": word.state.value,
        "carrier_message_id": word.carrier_message_id,
        "reason": (word.reason or FailureReason.UNKNOWN).name.lower() if failed else None,
        "carrier_code": word.carrier_code,
        "ranks": list(RANKS),
        "now": clock.now(),
    }
    return (await uow.execute(_RISE, values)).first() is not None
