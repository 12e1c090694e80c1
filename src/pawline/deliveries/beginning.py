"""The last steps before a text leaves: the attempt is written down, and one last look whether it may still go."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text

from pawline.consent.author_blocks import AUTHOR_IS_HEARD
from pawline.consent.service import SENDABLE, stands_still
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.claiming import AUTHOR_WORKS_HERE, BOT_GOES_ON, MESSAGE_STANDS, PET_LIVES, Claimed
from pawline.deliveries.desk import SendingDesk
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import LockTaken
from pawline.platform.ids import new_id

_MAY_GO = " AND ".join(
    (f"(d.confirms_opt_out OR {SENDABLE})", BOT_GOES_ON, MESSAGE_STANDS, AUTHOR_WORKS_HERE, AUTHOR_IS_HEARD, PET_LIVES)
)
# A change of consent, of a bot's run or of the text itself holds a lock until it is committed. All of them are asked for without
# waiting: whoever holds one may be waiting for the thread that this transaction has locked.
_BOT_STANDS_STILL = text("SELECT r.id FROM bot_run r WHERE r.practice_id = :practice_id AND r.id = :id FOR SHARE SKIP LOCKED")
_BEGIN = text(f"""
    UPDATE delivery d
    SET state = 'attempting', leased_until = now() + make_interval(secs => :lease)
    WHERE (d.practice_id, d.id) IN (
            SELECT e.practice_id, e.id FROM delivery e
            WHERE e.practice_id = :practice_id AND e.id = :id AND e.fence = :fence AND e.state = 'leased'
                AND e.leased_until > now()
            FOR NO KEY UPDATE SKIP LOCKED)
        AND {_MAY_GO}
    RETURNING d.id
""")  # noqa: S608 - constants
# A worker that froze in the middle of a transaction holds a thread until the server ends it. Better to give the text back
# than to let the lease run out on it: that would count as a claim that killed its worker.
_WAIT_BRIEFLY = text("SELECT set_config('lock_timeout', CAST(CAST(:milliseconds AS int) AS text), true)")
# Sent again under the same reference, the carrier takes it for the same text: it is the same attempt then.
_RESUME = text("""
    UPDATE delivery_attempt a SET fence = :fence
    WHERE a.practice_id = :practice_id AND a.id = (
        SELECT b.id FROM delivery_attempt b
        WHERE b.practice_id = :practice_id AND b.delivery_id = :id AND (b.outcome IS NULL OR b.outcome = 'unknown')
        ORDER BY b.begun_at DESC, b.id DESC LIMIT 1)
    RETURNING a.id
""")
_WRITE_DOWN = text("""
    INSERT INTO delivery_attempt
        (practice_id, id, delivery_id, fence, body_sha256, begun_at, carrier_code, searches, is_possible_duplicate)
    SELECT :practice_id, :attempt_id, :id, :fence, :body_sha256, clock_timestamp(), '', 0, EXISTS (
        SELECT FROM delivery_attempt a WHERE a.practice_id = :practice_id AND a.delivery_id = :id AND a.outcome = 'not_found')
""")
_STILL_OURS = text(f"""
    UPDATE delivery d
    SET leased_until = now() + make_interval(secs => :lease)
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'attempting' AND d.leased_until > now()
        AND {_MAY_GO}
    RETURNING d.id
""")  # noqa: S608 - constants
# Its number is not free yet, so the next claim does not follow at once. This one came to an end, so it does not count.
_PUT_BACK = text("""
    UPDATE delivery d SET state = 'queued', claims = d.claims - 1, leased_until = NULL
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state IN ('leased', 'attempting')
    RETURNING d.id
""")
_NOT_MADE = text("""
    UPDATE delivery_attempt a
    SET outcome = coalesce(a.outcome, 'refused'), reason = 'not_made', ended_at = clock_timestamp()
    WHERE a.practice_id = :practice_id AND a.id = :attempt_id
""")


class MayNotGo(Exception):
    """Somebody else has the text, or something changed since it was claimed: nothing left, and the next claim looks anew."""


@dataclass(frozen=True, slots=True)
class Attempt:
    claimed: Claimed
    key: AttemptKey


async def begin(desk: SendingDesk, claimed: Claimed) -> Attempt:
    """Write the attempt down.

    Raises:
        MayNotGo: nothing was written.
    """
    try:
        async with desk.database.transaction() as uow:
            return await _begin(desk, uow, claimed)
    except LockTaken as error:
        raise MayNotGo from error


async def _begin(desk: SendingDesk, uow: UnitOfWork, claimed: Claimed) -> Attempt:
    await uow.execute(_WAIT_BRIEFLY, {"milliseconds": desk.pace.lease / 3 * 1000})
    await desk.touch_message(uow, claimed.practice_id, claimed.message_id)
    await _require_calm(uow, claimed)
    if (await uow.execute(_BEGIN, {**claimed.hold, "lease": desk.pace.call_lease})).first() is None:
        raise MayNotGo
    resumed = None
    if desk.carriers[claimed.carrier].sends_are_keyed:
        resumed = (await uow.execute(_RESUME, claimed.hold)).scalar_one_or_none()
    attempt_id = resumed or new_id()
    if resumed is None:
        body_sha256 = sha256(claimed.body.encode()).digest()
        await uow.execute(_WRITE_DOWN, {**claimed.hold, "attempt_id": attempt_id, "body_sha256": body_sha256})
    return Attempt(claimed, AttemptKey(claimed.practice_id, claimed.id, attempt_id))


async def require_still_ours(desk: SendingDesk, attempt: Attempt) -> None:
    """A worker that was frozen meanwhile finds out here, right before the call.

    Raises:
        MayNotGo: nothing left.
    """
    async with desk.database.single_statements() as connection:
        if (await connection.execute(_STILL_OURS, {**attempt.claimed.hold, "lease": desk.pace.call_lease})).first() is None:
            raise MayNotGo


async def put_back(desk: SendingDesk, claimed: Claimed, *, attempt: Attempt | None) -> None:
    """To the queue; the next claim says what is to become of it. Nothing happens if somebody else has it."""
    async with desk.database.transaction() as uow:
        if attempt is not None:
            await desk.touch_message(uow, claimed.practice_id, claimed.message_id)
        if (await uow.execute(_PUT_BACK, claimed.hold)).first() is not None and attempt is not None:
            await uow.execute(_NOT_MADE, {"practice_id": claimed.practice_id, "attempt_id": attempt.key.attempt_id})


async def _require_calm(uow: UnitOfWork, claimed: Claimed) -> None:
    if not await stands_still(uow, claimed.practice_id, claimed.to_number):
        raise MayNotGo
    if claimed.bot_run_id is not None:
        run = await uow.execute(_BOT_STANDS_STILL, {"practice_id": claimed.practice_id, "id": claimed.bot_run_id})
        if run.first() is None:
            raise MayNotGo
