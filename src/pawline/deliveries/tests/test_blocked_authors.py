"""Texts of somebody whom the client has blocked meanwhile."""

from uuid import UUID

import pytest

from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.service import TextRefused, try_again
from pawline.deliveries.tests.scene import OLIVE, Scene
from pawline.families import numbers
from pawline.moderation.tests.scene import block


async def test_a_text_that_waits_is_not_sent_after_the_block(scene: Scene) -> None:
    """C15, I4: the claim finds out; the team reads why, and sending it again is refused by the same rule."""
    message_id, delivery_id = await _queued(scene)
    await block(scene.world.olive, scene.world.nora)

    await scene.send_claimed(*await scene.claim())

    view = await scene.view(message_id)
    assert ("cancelled", "author_blocked") == (view.state, view.reason)
    assert view.words.endswith("A colleague can write.")
    assert [] == scene.carrier.calls
    with pytest.raises(TextRefused, match="Olive Hart does not take messages from Nora"):
        await _try_again(scene, message_id, by=scene.world.vane.id)
    assert "cancelled" == await scene.state(delivery_id)


async def test_a_block_overtakes_a_text_that_was_claimed_already(scene: Scene) -> None:
    """C15, I4: the last look before the carrier is called."""
    _, delivery_id = await _queued(scene)
    [claimed] = await scene.claim()
    await block(scene.world.olive, scene.world.nora)

    await attempt_claimed(scene.desk(), claimed)

    assert "queued" == await scene.state(delivery_id)
    assert [] == scene.carrier.calls


async def test_whoever_else_has_the_phone_still_gets_it(scene: Scene) -> None:
    """C15, C20"""
    await _queued(scene)
    await _put_on_file(scene, scene.world.omar.id)
    await block(scene.world.olive, scene.world.nora)

    await scene.send_claimed(*await scene.claim())

    assert ["Pixel can come at four"] == scene.carrier.sent_to(OLIVE)


async def test_reminders_have_no_author_to_block(scene: Scene) -> None:
    """C15: what goes out for no message of the team's."""
    await _queued(scene)
    await block(scene.world.olive, scene.world.nora)
    await scene.send_claimed(*await scene.claim())
    await scene.queue("Pixel is due", category="health_reminders", requested_by_id=UUID(scene.world.nora.id))

    await scene.send_claimed(*await scene.claim())

    assert ["Pixel is due"] == scene.carrier.sent_to(OLIVE)


async def _queued(scene: Scene) -> tuple[UUID, UUID]:
    """The ids of Nora's message and of its text to Olive's phone."""
    await _put_on_file(scene, scene.world.olive.id)
    return await scene.queue_message(requested_by_id=UUID(scene.world.nora.id))


async def _put_on_file(scene: Scene, contact_id: str) -> None:
    async with scene.database.transaction() as uow:
        await numbers.add_number(uow, scene.practice_id, UUID(contact_id), number=OLIVE)


async def _try_again(scene: Scene, message_id: UUID, *, by: str) -> None:
    async with scene.database.transaction() as uow:
        await try_again(uow, scene.practice_id, message_id, requested_by_id=UUID(by))
