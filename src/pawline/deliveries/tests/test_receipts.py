"""Receipts come late, twice, and in any order; what they say of a text adds up to the same."""

import asyncio
import random
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from pawline.carriers.fake import accept_after, accept_and_lose_the_answer, lose_the_request
from pawline.carriers.interface import FailureReason, Receipt, ReceiptState
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.receipts import record_receipt
from pawline.deliveries.service import try_again
from pawline.deliveries.states import RANKS, STATES, outranks
from pawline.deliveries.tests.scene import Scene, until
from pawline.platform import clock

SETS = st.lists(st.sampled_from(list(ReceiptState)), min_size=1, max_size=8)
QUIETLY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_state_has_one_rank() -> None:
    assert sorted(STATES) == sorted(RANKS)
    assert outranks("delivered", "failed")
    assert not outranks("failed", "delivered")


@QUIETLY
@given(receipts=SETS)
async def test_any_order_and_any_number_end_the_same(scene: Scene, receipts: list[ReceiptState]) -> None:
    """I7, P-09, F-25: the state is the highest that was told, after every single receipt."""
    delivery_id = await _accepted(scene)
    seen: list[str] = [await scene.state(delivery_id)]
    for receipt in receipts:
        has_changed = await scene.receipt(delivery_id, receipt)
        seen.append(await scene.state(delivery_id))
        assert has_changed == (seen[-1] != seen[-2])

    assert seen == sorted(seen, key=RANKS.index)
    assert max([*receipts, "accepted"], key=RANKS.index) == seen[-1]


async def test_every_permutation_ends_the_same(scene: Scene) -> None:
    """I7, P-09: with each receipt doubled."""
    ends: set[str] = set()
    for order in permutations(ReceiptState):
        delivery_id = await _accepted(scene)
        for state in (*order, *order):
            await scene.receipt(delivery_id, state)
        ends.add(await scene.state(delivery_id))

    assert {"delivered"} == ends


async def test_a_repeated_receipt_changes_nothing(scene: Scene) -> None:
    """I7: nor does it tell a screen, and it is kept once."""
    message_id, delivery_id = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    assert await scene.receipt(delivery_id, ReceiptState.DELIVERED)
    touched, row = list(scene.touched), await scene.delivery(delivery_id)

    assert [False] * 3 == [
        await scene.receipt(delivery_id, state) for state in (ReceiptState.DELIVERED, ReceiptState.SENT, ReceiptState.FAILED)
    ]
    assert touched == scene.touched
    assert row == await scene.delivery(delivery_id)
    assert 3 == len(await scene.rows("SELECT id FROM delivery_event WHERE practice_id = :practice_id"))
    assert message_id in touched


async def test_receipts_are_kept_for_good(scene: Scene) -> None:
    delivery_id = await _accepted(scene)
    await scene.receipt(delivery_id, ReceiptState.SENT)

    with pytest.raises(DBAPIError, match="append-only"):
        await scene.rows("DELETE FROM delivery_event WHERE practice_id = :practice_id")


async def test_a_receipt_may_come_before_the_answer(scene: Scene) -> None:
    """F-25: the answer then moves nothing back."""
    delivery_id = await scene.queue()
    scene.carrier.otherwise = accept_after(0.3)
    async with scene.dispatching():
        await until(lambda: _is_called(scene))
        await scene.receipt(delivery_id, ReceiptState.DELIVERED)
        await until(lambda: _is_taken(scene))

    assert "delivered" == await scene.state(delivery_id)
    assert 1 == len(scene.carrier.ledger)


async def test_a_failure_on_the_way_is_told_in_plain_words(scene: Scene) -> None:
    message_id, delivery_id = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    await scene.receipt(delivery_id, ReceiptState.FAILED, reason=FailureReason.UNREACHABLE, carrier_code="30003")
    view = await scene.view(message_id)

    assert ("failed", FailureReason.UNREACHABLE.words, True) == (view.state, view.words, view.can_try_again)
    assert "30003" == (await scene.delivery(delivery_id)).carrier_code


async def test_an_earlier_attempt_that_failed_says_nothing_of_the_next_one(scene: Scene) -> None:
    delivery_id = await scene.queue()
    scene.carrier.script.append(lose_the_request)
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
    changed = await scene.receipt(delivery_id, ReceiptState.FAILED, attempt=0)

    assert not changed
    assert "accepted" == await scene.state(delivery_id)


async def test_a_late_receipt_stops_a_second_try(scene: Scene) -> None:
    """A text that waits to go again after all went out: the receipt takes it from the queue."""
    delivery_id = await scene.queue()
    scene.carrier.script.append(accept_and_lose_the_answer)
    await scene.send_claimed(*await scene.claim())
    await scene.rows("UPDATE delivery SET state = 'queued', due_at = now() WHERE practice_id = :practice_id")
    await scene.receipt(delivery_id, ReceiptState.SENT)

    assert [] == await scene.claim()
    assert "sent" == await scene.state(delivery_id)


async def test_a_failed_text_that_arrived_after_its_successor_stays_failed(scene: Scene) -> None:
    """One message has one living text to a number; the receipt is kept all the same."""
    message_id, failed = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    await scene.receipt(failed, ReceiptState.FAILED)
    async with scene.database.transaction() as uow:
        await try_again(uow, scene.practice_id, message_id, requested_by_id=_nora(scene))
    changed = await scene.receipt(failed, ReceiptState.DELIVERED)

    assert not changed
    assert "failed" == await scene.state(failed)


async def test_a_receipt_for_nothing_we_know_changes_nothing(scene: Scene) -> None:
    """An address whose attempt is of another delivery is not one of ours."""
    one, other = await _accepted(scene), await _accepted(scene)
    attempt_id = (await scene.attempts(other))[0].id
    receipt = Receipt(carrier_message_id="SM1", state=ReceiptState.DELIVERED)
    async with scene.database.transaction() as uow:
        key = AttemptKey(scene.practice_id, one, attempt_id)
        assert not await record_receipt(uow, key, receipt, touch=scene.touch)

    assert ["accepted", "accepted"] == [await scene.state(one), await scene.state(other)]


@pytest.mark.parametrize("last_word", [None, ReceiptState.SENT])
async def test_three_days_without_a_receipt_are_told(scene: Scene, last_word: ReceiptState | None) -> None:
    """Nobody is told that a text is on its way for ever. A late receipt still counts."""
    message_id, delivery_id = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    if last_word is not None:
        await scene.receipt(delivery_id, last_word)
    sent = await scene.view(message_id)
    began = clock.now()
    clock.set_clock(lambda: began + timedelta(hours=71))
    before = await scene.view(message_id)
    clock.set_clock(lambda: began + timedelta(hours=73))
    after = await scene.view(message_id)
    await scene.receipt(delivery_id, ReceiptState.DELIVERED)
    at_last = await scene.view(message_id)

    assert sent == before
    assert (sent.state, "no_receipt", False) == (after.state, after.reason, after.can_try_again)
    assert after.words.startswith("No receipt from the carrier for 3 days")
    assert ("delivered", None) == (at_last.state, at_last.reason)


async def test_many_receipts_at_once(scene: Scene) -> None:
    """F-25: 100 times the same, in parallel with others."""
    _, delivery_id = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    receipts = [ReceiptState.ACCEPTED, ReceiptState.SENT, ReceiptState.DELIVERED] * 33
    random.Random(1).shuffle(receipts)  # noqa: S311 - the same disorder every time
    at_once = asyncio.Semaphore(4)

    async def one(state: ReceiptState) -> None:
        async with at_once:
            await scene.receipt(delivery_id, state)

    await asyncio.gather(*(one(state) for state in receipts))

    assert "delivered" == await scene.state(delivery_id)
    assert 3 == len(await scene.rows("SELECT id FROM delivery_event WHERE practice_id = :practice_id"))


async def _accepted(scene: Scene) -> Any:
    delivery_id = await scene.queue(to_number="+12125550177")
    await scene.send_claimed(*await _claim_now(scene))
    return delivery_id


async def _claim_now(scene: Scene) -> Any:
    await scene.rows("UPDATE number SET free_from = now() WHERE practice_id = :practice_id")
    return await scene.claim()


async def _is_called(scene: Scene) -> bool:
    return bool(scene.carrier.calls)


async def _is_taken(scene: Scene) -> bool:
    return bool(scene.carrier.ledger)


def _nora(scene: Scene) -> UUID:
    return UUID(scene.world.nora.id)
