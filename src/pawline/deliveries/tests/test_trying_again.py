"""*Try again* on a text that failed: a new delivery of the same message."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from pawline.carriers.fake import fail_with
from pawline.carriers.interface import Exchange, FailureReason, ReceiptState, SendFailed
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.exchanges import about, exchange_recorder, forget_exchanges
from pawline.deliveries.queries import delivery_history, latest_reminder
from pawline.deliveries.service import TextRefused, try_again
from pawline.deliveries.tests.scene import OLIVE, Scene
from pawline.deliveries.views import ReminderSent
from pawline.platform import clock
from pawline.platform.errors import Conflict, NotFound

EXCHANGE = Exchange(method="POST", url="https://carrier.example/texts", request="To=…0101", status=503, answer="", seconds=0.2)


async def test_trying_again_is_a_new_text_of_the_same_message(scene: Scene) -> None:
    message_id, failed = await _failed(scene)
    again = await _try_again(scene, message_id)
    async with scene.dispatching():
        await scene.until_state(again, "accepted")

    assert "failed" == await scene.state(failed)
    assert again == (await scene.view(message_id)).id
    assert ["Pixel can come at four"] == scene.carrier.sent_to(OLIVE)


async def test_two_clicks_are_one_text(scene: Scene) -> None:
    """F-15: at the same moment, and one after the other."""
    message_id, _ = await _failed(scene)
    ids = await asyncio.gather(*(_try_again(scene, message_id) for _ in range(4)))
    ids.append(await _try_again(scene, message_id))

    assert 1 == len(set(ids))


async def test_a_text_that_fails_again_can_be_tried_again(scene: Scene) -> None:
    message_id, _ = await _failed(scene)
    second = await _fail_next(scene, await _try_again(scene, message_id))
    third = await _try_again(scene, message_id)

    assert second != third
    assert "queued" == await scene.state(third)


async def test_what_went_out_is_not_tried_again(scene: Scene) -> None:
    message_id, _ = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    with pytest.raises(Conflict):
        await _try_again(scene, message_id)


async def test_what_was_never_a_text_is_not_found(scene: Scene) -> None:
    """Nor is another practice's."""
    message_id, _ = await _failed(scene)
    with pytest.raises(NotFound):
        await _try_again(scene, await scene.message())
    async with scene.database.transaction() as uow:
        with pytest.raises(NotFound):
            await try_again(uow, UUID(scene.world.riverside_id), message_id, requested_by_id=uuid4())


async def test_trying_again_asks_for_consent(scene: Scene) -> None:
    """V2P-85, I4."""
    message_id, _ = await _failed(scene)
    await scene.stop()
    with pytest.raises(TextRefused):
        await _try_again(scene, message_id)


async def test_the_history_of_a_message_tells_all(scene: Scene) -> None:
    """V2P-91: attempts, receipts and the raw exchange, of every delivery, the newest first."""
    message_id, failed = await _failed(scene)
    again = await _try_again(scene, message_id)
    await scene.rows("UPDATE number SET free_from = now() WHERE practice_id = :practice_id")
    await scene.send_claimed(*await scene.claim())
    await scene.receipt(again, ReceiptState.DELIVERED)
    record = exchange_recorder(scene.database, scene.carrier.name)
    await record(_exchange(reference=scene.carrier.calls[0].reference))
    await record(_exchange(reference="of nothing"))
    with about(AttemptKey(scene.practice_id, again, (await scene.attempts(again))[0].id)):
        await record(_exchange())
    async with scene.database.transaction() as uow:
        newest, oldest = await delivery_history(uow, scene.practice_id, message_id)

    assert [again, failed] == [newest.delivery.id, oldest.delivery.id]
    assert ["delivered"] == [each.state for each in newest.receipts]
    assert [("refused", "filtered")] == [(each.outcome, each.reason) for each in oldest.attempts]
    assert [(1, 503), (1, 503)] == [(len(each.exchanges), each.exchanges[0].status) for each in (newest, oldest)]


async def test_exchanges_are_forgotten_after_a_month(scene: Scene) -> None:
    await _failed(scene)
    await exchange_recorder(scene.database, scene.carrier.name)(_exchange(reference=scene.carrier.calls[0].reference))
    await forget_exchanges(scene.database)
    kept = await scene.rows("SELECT id FROM carrier_exchange WHERE practice_id = :practice_id")
    await scene.rows("UPDATE carrier_exchange SET at = now() - interval '31 days' WHERE practice_id = :practice_id")
    await forget_exchanges(scene.database)

    assert 1 == len(kept)
    assert [] == await scene.rows("SELECT id FROM carrier_exchange WHERE practice_id = :practice_id")


async def test_the_latest_reminder_is_one_that_the_carrier_took(scene: Scene) -> None:
    """By the time of the practice, which the demo may move."""
    await scene.queue("Pixel is due", category="health_reminders", is_automatic=True)
    before = await _latest_reminder(scene)
    await scene.send_claimed(*await scene.claim())
    found = await _latest_reminder(scene)
    moved = clock.now() + timedelta(hours=49)
    clock.set_clock(lambda: moved)

    assert before is None
    assert found is not None
    assert ("Pixel is due", "health_reminders") == (found.body, found.category)
    assert await _latest_reminder(scene) is None


async def _latest_reminder(scene: Scene) -> ReminderSent | None:
    async with scene.database.transaction() as uow:
        since = clock.now() - timedelta(hours=48)
        return await latest_reminder(uow, scene.practice_id, scene.number.id, to_number=OLIVE, since=since)


async def _failed(scene: Scene) -> tuple[UUID, UUID]:
    message_id, delivery_id = await scene.queue_message()
    return message_id, await _fail_next(scene, delivery_id)


async def _fail_next(scene: Scene, delivery_id: UUID) -> UUID:
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.FILTERED)))
    await scene.rows("UPDATE number SET free_from = now() WHERE practice_id = :practice_id")
    await scene.send_claimed(*await scene.claim())
    assert "failed" == await scene.state(delivery_id)
    return delivery_id


async def _try_again(scene: Scene, message_id: UUID) -> UUID:
    async with scene.database.transaction() as uow:
        return await try_again(uow, scene.practice_id, message_id, requested_by_id=UUID(scene.world.nora.id))


def _exchange(reference: str = "") -> Exchange:
    return replace(EXCHANGE, reference=reference)
