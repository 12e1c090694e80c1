"""Texts that nobody wants any more before they left: their message was deleted, or their pet has died."""

from uuid import UUID

import pytest

from pawline.carriers.fake import fail_with
from pawline.carriers.interface import FailureReason, SendFailed
from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.beginning import MayNotGo, begin
from pawline.deliveries.service import cancel_text_of, hold_texts_of, threads_of_waiting_texts, try_again
from pawline.deliveries.tests.scene import Scene
from pawline.platform.errors import Conflict
from pawline.threads.tests.scene import delete


async def test_a_deleted_message_is_not_texted_any_more(scene: Scene) -> None:
    """AL-45, C14: what waits is withdrawn for good, and the team can read why."""
    message_id, _ = await scene.queue_message()
    await _delete(scene, message_id)
    view = await scene.view(message_id)

    assert [] == await scene.claim()
    assert ("cancelled", "message_deleted", False) == (view.state, view.reason, view.can_try_again)
    assert "deleted" in view.words


async def test_a_deletion_overtakes_a_text_that_was_claimed_already(scene: Scene) -> None:
    message_id, delivery_id = await scene.queue_message()
    [claimed] = await scene.claim()
    await _delete(scene, message_id)
    await attempt_claimed(scene.desk(), claimed)

    assert "cancelled" == await scene.state(delivery_id)
    assert [] == await scene.attempts(delivery_id)
    assert [] == scene.carrier.calls


async def test_what_has_begun_to_leave_is_not_called_back(scene: Scene) -> None:
    """C14: the copy on the phone remains; the deletion itself goes through."""
    message_id, delivery_id = await scene.queue_message()
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    async with scene.database.transaction() as uow:
        await cancel_text_of(uow, scene.practice_id, message_id)

    assert "attempting" == await scene.state(delivery_id)
    assert attempt.key.delivery_id == delivery_id


async def test_a_text_that_went_out_stays_sent(scene: Scene) -> None:
    message_id, delivery_id = await scene.queue_message()
    await scene.send_claimed(*await scene.claim())
    await _delete(scene, message_id)

    assert "accepted" == await scene.state(delivery_id)
    assert 1 == len(scene.carrier.ledger)


async def test_a_try_that_failed_is_not_repeated_after_the_deletion(scene: Scene) -> None:
    """AL-45: it came back to the queue when the message was gone already."""
    message_id, delivery_id = await scene.queue_message()
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.CARRIER_TROUBLE)))
    await scene.send_claimed(*await scene.claim())
    await scene.rows("UPDATE message SET deleted_at = now() WHERE practice_id = :practice_id AND id = :id", id=message_id)
    async with scene.dispatching():
        await scene.until_state(delivery_id, "cancelled")

    assert "message_deleted" == (await scene.delivery(delivery_id)).reason
    assert [] == scene.carrier.ledger


async def test_a_failed_text_of_a_deleted_message_cannot_be_tried_again(scene: Scene) -> None:
    message_id, delivery_id = await scene.queue_message()
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.INVALID_NUMBER)))
    await scene.send_claimed(*await scene.claim())
    await _delete(scene, message_id)
    with pytest.raises(Conflict) as refused:
        async with scene.database.transaction() as uow:
            await try_again(uow, scene.practice_id, message_id, requested_by_id=UUID(scene.world.nora.id))

    assert "was deleted" in refused.value.detail
    assert "failed" == await scene.state(delivery_id)


async def test_the_claim_asks_whether_the_pet_lives(scene: Scene) -> None:
    delivery_id = await scene.queue("Pixel is due", pet_id=UUID(scene.world.pixel_id))
    await _pixel_dies(scene)
    claimed = await scene.claim()
    await scene.send_claimed(*claimed)
    row = await scene.delivery(delivery_id)

    assert ["pet_died"] == [each.verdict for each in claimed]
    assert ("cancelled", "pet_died") == (row.state, row.reason)
    assert [] == scene.carrier.calls


async def test_a_death_overtakes_a_text_that_was_claimed_already(scene: Scene) -> None:
    delivery_id = await scene.queue("Pixel is due", pet_id=UUID(scene.world.pixel_id))
    [claimed] = await scene.claim()
    await _pixel_dies(scene)
    with pytest.raises(MayNotGo):
        await begin(scene.desk(), claimed)

    assert [] == await scene.attempts(delivery_id)


async def test_what_people_write_goes_out_whatever_became_of_the_pet(scene: Scene) -> None:
    await _pixel_dies(scene)
    _, delivery_id = await scene.queue_message("We are so sorry about Pixel")
    await scene.send_claimed(*await scene.claim())

    assert "accepted" == await scene.state(delivery_id)


async def test_who_has_left_overtakes_their_text_that_was_claimed_already(scene: Scene) -> None:
    """The claim goes back, and a colleague decides."""
    message_id, delivery_id = await scene.queue_message(requested_by_id=UUID(scene.world.nora.id))
    [claimed] = await scene.claim()
    await _nora_leaves(scene)
    with pytest.raises(MayNotGo):
        await begin(scene.desk(), claimed)
    await scene.rows("UPDATE delivery SET state = 'queued' WHERE practice_id = :practice_id AND id = :id", id=delivery_id)
    await scene.send_claimed(*await scene.claim())
    view = await scene.view(message_id)

    assert ("held", "author_left", True) == (view.state, view.reason, view.can_try_again)
    assert "Held when Nora Ames's access ended. Send it again if it still holds." == view.words
    assert [] == scene.carrier.calls


async def test_what_a_colleague_sends_again_goes_out(scene: Scene) -> None:
    message_id, _ = await scene.queue_message(requested_by_id=UUID(scene.world.nora.id))
    reminder_id = await scene.queue("Pixel is due", requested_by_id=UUID(scene.world.nora.id))
    async with scene.database.transaction() as uow:
        key = (scene.practice_id, UUID(scene.world.nora.id))
        threads = await threads_of_waiting_texts(uow, *key)
        assert [message_id] == await hold_texts_of(uow, *key, thread_ids=threads)
    await _nora_leaves(scene)
    async with scene.database.transaction() as uow:
        again = await try_again(uow, scene.practice_id, message_id, requested_by_id=UUID(scene.world.vane.id))
    async with scene.dispatching():
        await scene.until_state(again, "accepted")
        await scene.until_state(reminder_id, "accepted")


async def _nora_leaves(scene: Scene) -> None:
    await scene.rows(
        "UPDATE staff_member SET left_at = now() WHERE practice_id = :practice_id AND id = :id", id=UUID(scene.world.nora.id)
    )


async def _delete(scene: Scene, message_id: UUID) -> None:
    """Nora takes back what she wrote."""
    answer = await delete(scene.world.nora, scene.world.thread_id, {"id": str(message_id)})
    assert 200 == answer.status_code, answer.text


async def _pixel_dies(scene: Scene) -> None:
    await scene.rows(
        "UPDATE pet SET died_on = '2026-11-16' WHERE practice_id = :practice_id AND id = :id", id=UUID(scene.world.pixel_id)
    )
