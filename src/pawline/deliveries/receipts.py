"""Receipts: kept as they come, in any order and any number of times, at an address of its own for every attempt."""

from uuid import UUID

from sqlalchemy import text

from pawline.carriers.interface import Receipt
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.desk import Touch
from pawline.deliveries.rising import Word, rise
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings

_PURPOSE = "receipt"
# The attempt has to be one of that delivery: what the address claims is the carrier's to repeat, not to choose.
_KEEP = text("""
    INSERT INTO delivery_event
        (practice_id, id, delivery_id, attempt_id, carrier_message_id, state, reason, carrier_code, at, recorded_at)
    SELECT :practice_id, :event_id, a.delivery_id, a.id, :carrier_message_id, :state, :reason, :carrier_code,
        CAST(:at AS timestamptz), clock_timestamp()
    FROM delivery_attempt a
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id AND a.delivery_id = :id
    ON CONFLICT (practice_id, delivery_id, carrier_message_id, state) DO NOTHING
    RETURNING id
""")


def receipt_url(settings: Settings, carrier: str, key: AttemptKey) -> str:
    path = "/".join([str(key.practice_id), str(key.delivery_id), str(key.attempt_id), _mac(settings, carrier, key)])
    return f"{settings.public_url}/hooks/{carrier}/receipt/{path}"


def read_receipt_path(settings: Settings, carrier: str, path: str) -> AttemptKey | None:
    """``path`` is what follows ``/receipt/``. None: not an address of ours."""
    parts = path.strip("/").split("/")
    if len(parts) != 4:
        return None
    try:
        key = AttemptKey(UUID(parts[0]), UUID(parts[1]), UUID(parts[2]))
    except ValueError:
        return None
    return key if is_same(parts[3], _mac(settings, carrier, key)) else None


async def record_receipt(uow: UnitOfWork, key: AttemptKey, receipt: Receipt, *, touch: Touch) -> bool:
    """Keep a receipt, and move the text up if it says more than is known. Returns whether the text's state is another now."""
    values = {
        "practice_id": key.practice_id,
        "event_id": new_id(),
        "id": key.delivery_id,
        "attempt_id": key.attempt_id,
        "carrier_message_id": receipt.carrier_message_id,
        "state": receipt.state.value,
        "reason": receipt.reason.name.lower() if receipt.reason else None,
        "carrier_code": receipt.carrier_code,
        "at": receipt.at,
    }
    if (await uow.execute(_KEEP, values)).first() is None:
        return False
    word = Word(
        carrier_message_id=receipt.carrier_message_id,
        state=receipt.state,
        reason=receipt.reason,
        carrier_code=receipt.carrier_code,
    )
    return await rise(uow, key, word, touch=touch)


def _mac(settings: Settings, carrier: str, key: AttemptKey) -> str:
    ids = (str(key.practice_id), str(key.delivery_id), str(key.attempt_id))
    return keyed_hash(settings, _PURPOSE, carrier, *ids).hex()[:32]
