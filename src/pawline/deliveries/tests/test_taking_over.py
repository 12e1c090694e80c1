"""A worker may die or freeze at every step; its texts go on, and none of them twice."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from pawline.carriers.fake import accept_after
from pawline.carriers.interface import FailureReason, SendFailed
from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.beginning import Attempt, MayNotGo, begin, put_back, require_still_ours
from pawline.deliveries.outcomes import record_accepted, record_refused
from pawline.deliveries.pace import Pace
from pawline.deliveries.tests.scene import OLIVE, QUICK, Scene, until


def test_what_a_dead_worker_held_is_free_within_half_a_minute() -> None:
    """P-04: by the paces that hold outside of tests."""
    pace = Pace()

    assert pace.lease + pace.sweep + pace.poll <= 30
    assert pace.call_lease + pace.sweep + pace.poll <= 30
    assert pace.longest_call < pace.call_lease
    # F-07: the wait for a receipt and two searches included.
    assert pace.call_lease + pace.receipt_wait + pace.search_wait + 4 * pace.sweep <= 240


async def test_death_after_the_claim(scene: Scene) -> None:
    """F-06: nothing left; another worker sends it, once."""
    delivery_id = await scene.queue()
    await scene.claim()
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")

    assert 1 == len(scene.carrier.ledger)
    assert 1 == len(await scene.attempts(delivery_id))


async def test_death_after_the_attempt_was_written_down(scene: Scene) -> None:
    """F-07: nobody knows whether it left, so it is looked for first."""
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    await begin(scene.desk(), claimed)
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "unknown")
        await scene.until_state(delivery_id, "accepted")

    assert 1 == len(scene.carrier.ledger)
    assert ["not_found", "accepted"] == [each.outcome for each in await scene.attempts(delivery_id)]


async def test_death_after_the_request_left(scene: Scene) -> None:
    """F-08, F-09: it is in the carrier's list."""
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    scene.carrier.otherwise = accept_after(0.05)
    sending = asyncio.create_task(attempt_claimed(scene.desk(), claimed))
    await until(lambda: _is_called(scene))
    await asyncio.sleep(0.04)
    attempt = await scene.attempts(delivery_id)
    scene.carrier.take(scene.carrier.calls[0])
    sending.cancel()
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")

    assert 1 == len(attempt)
    assert 1 == len(await scene.attempts(delivery_id))
    assert 1 <= len(scene.carrier.ledger)
    assert 1 == len(scene.carrier.calls)


async def test_death_of_a_worker_whose_carrier_knows_references(scene: Scene) -> None:
    """It is sent again at once, as the same text."""
    scene.carrier.sends_are_keyed = True
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")

    assert [attempt.key.reference] == [call.reference for call in scene.carrier.calls]


async def test_a_worker_that_was_frozen_finds_its_text_gone(scene: Scene) -> None:
    """F-14: before the attempt, and right before the call; another worker had it meanwhile."""
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
    with pytest.raises(MayNotGo):
        await begin(scene.desk(), claimed)
    await scene.send_claimed(claimed)

    assert [1] == [len(scene.carrier.ledger)]
    assert "accepted" == await scene.state(delivery_id)


async def test_a_worker_frozen_before_the_call_does_not_make_it(scene: Scene) -> None:
    """F-14."""
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
    with pytest.raises(MayNotGo):
        await require_still_ours(scene.desk(), attempt)
    await put_back(scene.desk(), claimed, attempt=attempt)

    assert "accepted" == await scene.state(delivery_id)
    assert 1 == len(scene.carrier.ledger)


async def test_a_late_result_of_a_former_holder_moves_nothing_back(scene: Scene) -> None:
    """The fence: its refusal is no news, and that it was accepted is."""
    delivery_id = await scene.queue()
    attempt = await _taken_over(scene)
    await record_refused(scene.desk(), attempt, SendFailed(FailureReason.FILTERED))
    after_refusal = await scene.state(delivery_id)
    await record_accepted(scene.desk(), attempt, "SM1")

    assert "unknown" == after_refusal
    assert "accepted" == await scene.state(delivery_id)


async def test_a_text_that_kills_its_workers_ends(scene: Scene) -> None:
    """F-43: claims are counted when they are made."""
    message_id, delivery_id = await scene.queue_message()
    await scene.rows("UPDATE delivery SET claims = 7 WHERE practice_id = :practice_id")
    assert [None] == [each.verdict for each in await scene.claim()]
    await scene.leases_run_out()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "failed")
    view = await scene.view(message_id)

    assert ("too_many_claims", True) == (view.reason, view.can_try_again)
    assert [] == scene.carrier.calls


async def test_two_dispatchers_share_the_work(scene: Scene) -> None:
    """P-03: no text goes twice, and conversations keep their order between them."""
    for number in range(60):
        await scene.queue(f"{number}", to_number=OLIVE if number % 3 else "+12125550102")
    scene.carrier.otherwise = accept_after(0.002)
    async with scene.dispatching(), scene.dispatching():
        await until(lambda: _has_sent(scene, 60))
        await asyncio.sleep(0.2)

    assert [str(number) for number in range(60) if number % 3] == scene.carrier.sent_to(OLIVE)
    assert 60 == len(scene.carrier.ledger)


async def test_a_dispatcher_that_stops_ends_what_it_began(scene: Scene) -> None:
    """F-52: no lease is left behind."""
    delivery_id = await scene.queue()
    scene.carrier.otherwise = accept_after(0.3)
    async with scene.dispatching():
        await until(lambda: _is_called(scene))

    assert "accepted" == await scene.state(delivery_id)


async def _taken_over(scene: Scene) -> Attempt:
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    await scene.rows(
        "UPDATE delivery SET state = 'unknown', fence = fence + 1, leased_until = now() + interval '1 hour' "
        "WHERE practice_id = :practice_id"
    )
    return attempt


async def _is_called(scene: Scene) -> bool:
    return bool(scene.carrier.calls)


async def _has_sent(scene: Scene, count: int) -> bool:
    return len(scene.carrier.ledger) == count


async def test_a_text_whose_thread_a_frozen_worker_holds_waits_for_it_however_long(scene: Scene) -> None:
    """F-14: it does not count as a text that kills its workers."""
    pace = replace(QUICK, lease=0.4)
    message_id, delivery_id = await scene.queue_message()
    async with scene.database.transaction() as uow:
        await scene.touch(uow, scene.practice_id, message_id)
        async with scene.dispatching(pace):
            await until(lambda: _fence_is(scene, delivery_id, at_least=2 * pace.most_claims))
            held = await scene.delivery(delivery_id)
            await uow.connection.rollback()
            await scene.until_state(delivery_id, "accepted")

    assert held.claims < pace.most_claims
    assert 1 == len(scene.carrier.ledger)


async def _fence_is(scene: Scene, delivery_id: UUID, *, at_least: int) -> bool:
    return (await scene.delivery(delivery_id)).fence >= at_least
