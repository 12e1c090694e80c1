"""The way of a text that meets no trouble."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from pawline.carriers.fake import accept_after
from pawline.carriers.interface import ReceiptState
from pawline.deliveries.attempt_key import read_reference
from pawline.deliveries.claiming import Claims
from pawline.deliveries.pace import Pace
from pawline.deliveries.receipts import read_receipt_path
from pawline.deliveries.service import TextRefused, enqueue
from pawline.deliveries.tests.scene import OLIVE, QUICK, Scene, until


async def test_a_text_goes_out_once_and_its_states_follow(scene: Scene) -> None:
    """From the queue to the phone; the screens are told of each step that shows."""
    message_id, delivery_id = await scene.queue_message()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
        touched = len(scene.touched)
        await scene.receipt(delivery_id, ReceiptState.SENT)
        sent = await scene.view(message_id)
        await scene.receipt(delivery_id, ReceiptState.DELIVERED)
        delivered = await scene.view(message_id)

    assert ["Pixel can come at four"] == scene.carrier.sent_to(OLIVE)
    assert 2 == touched
    assert [message_id] * 4 == scene.touched
    assert ("sent", "On its way to the phone.", False) == (sent.state, sent.words, sent.can_try_again)
    assert ("delivered", "Delivered.") == (delivered.state, delivered.words)
    assert [("accepted", False)] == [(each.outcome, each.is_possible_duplicate) for each in await scene.attempts(delivery_id)]


async def test_the_carrier_gets_a_receipt_address_and_a_reference_of_this_attempt(scene: Scene) -> None:
    """Both name practice, delivery and attempt; an address that somebody made up is none of ours."""
    delivery_id = await scene.queue()
    await scene.send_claimed(*await scene.claim())
    call, settings = scene.carrier.calls[0], scene.world.product.settings
    base, _, path = call.receipt_url.partition("/receipt/")

    key = read_reference(call.reference)
    assert key is not None
    assert (scene.practice_id, delivery_id, (await scene.attempts(delivery_id))[0].id) == (
        key.practice_id,
        key.delivery_id,
        key.attempt_id,
    )
    assert f"{settings.public_url}/hooks/{scene.carrier.name}" == base
    assert key == read_receipt_path(settings, scene.carrier.name, path)
    assert read_receipt_path(settings, "another", path) is None
    assert read_receipt_path(settings, scene.carrier.name, path.replace(str(delivery_id), str(uuid4()))) is None
    assert read_receipt_path(settings, scene.carrier.name, "x/y/z/mac") is None
    assert read_receipt_path(settings, scene.carrier.name, "") is None
    assert read_reference("no reference") is None


async def test_one_request_is_one_text(scene: Scene) -> None:
    """F-15: asked for twice under one key, or twice for one message, it is queued once."""
    message_id = await scene.message()
    draft = scene.draft(message_id=message_id)
    async with scene.database.transaction() as uow:
        first = await enqueue(uow, scene.practice_id, draft)
        second = await enqueue(uow, scene.practice_id, draft)
        third = await enqueue(uow, scene.practice_id, scene.draft(message_id=message_id))

    assert {first} == {second, third}


async def test_texts_of_a_conversation_keep_their_order(scene: Scene) -> None:
    """However long the carrier takes for one of them."""
    bodies = [f"line {number}" for number in range(6)]
    for body in bodies:
        await scene.queue(body)
    scene.carrier.script.extend([accept_after(0.2), accept_after(0.01), accept_after(0.1)])
    async with scene.dispatching():
        await until(lambda: _has_sent(scene, 6))

    assert bodies == scene.carrier.sent_to(OLIVE)


async def test_a_text_in_flight_holds_up_its_own_conversation_only(scene: Scene) -> None:
    first, second = await scene.queue("one"), await scene.queue("two")
    other = await scene.queue("to Omar", to_number="+12125550102")

    assert [first] == [each.id for each in await scene.claim()]
    assert [other] == [each.id for each in await scene.claim()]
    assert [] == await scene.claim()
    assert "queued" == await scene.state(second)


async def test_what_people_write_goes_before_automatic_texts(scene: Scene) -> None:
    """And draws along what waits before it in the same conversation, which keeps its order."""
    for number in range(3):
        await scene.queue("reminder", to_number=f"+1212555015{number}", is_automatic=True)
    reminder = await scene.queue("reminder", is_automatic=True)
    reply = await scene.queue("Yes, do come")
    order: list[UUID] = []
    while claimed := await scene.claim():
        order += [each.id for each in claimed]
        await scene.send_claimed(*claimed)

    assert [reminder, reply] == order[:2]
    assert 5 == len(order)


async def test_a_number_sends_no_faster_than_its_carrier_takes(scene: Scene) -> None:
    """F-24: by segments, in the database's time."""
    await scene.rows("UPDATE number SET segments_per_second = 0.1 WHERE practice_id = :practice_id")
    for number in range(2):
        await scene.queue("long", segments=2, to_number=f"+1212555016{number}")

    assert 1 == len(await scene.claim())
    assert [] == await scene.claim()
    [held] = await scene.rows(_FREE_AGAIN)
    assert 20 == pytest.approx(held.seconds + QUICK.lease)


async def test_a_text_on_a_number_that_was_switched_off_is_withdrawn(scene: Scene) -> None:
    message_id, _ = await scene.queue_message()
    await scene.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id")
    await scene.send_claimed(*await scene.claim())
    view = await scene.view(message_id)

    assert ("cancelled", "texting_disabled", True) == (view.state, view.reason, view.can_try_again)
    assert [] == scene.carrier.ledger


async def test_a_refused_category_is_refused_when_it_is_asked_for(scene: Scene) -> None:
    """V2P-85: with the words of the ledger."""
    await scene.stop()
    with pytest.raises(TextRefused) as refused:
        await scene.queue()

    assert "The client stopped" in refused.value.detail
    assert "opted_out" == refused.value.denial.reason


async def test_a_text_for_later_waits(scene: Scene) -> None:
    delivery_id = await scene.queue()
    await scene.rows("UPDATE delivery SET due_at = now() + interval '1 hour' WHERE practice_id = :practice_id")

    assert [] == await scene.claim()
    assert "queued" == await scene.state(delivery_id)


async def test_a_hint_is_not_waited_for_and_not_needed(scene: Scene) -> None:
    """F-05: a wake-up sends at once, and without one the next look is never more than a second away."""
    async with scene.dispatching(replace(QUICK, poll=600)) as dispatcher:
        await asyncio.sleep(0.1)
        delivery_id = await scene.queue()
        dispatcher.wake()
        await scene.until_state(delivery_id, "accepted")
    async with scene.database.transaction() as uow:
        await enqueue(uow, scene.practice_id, scene.draft())
        hints = list(uow.hints)

    assert ["delivery"] == [hint.about for hint in hints]
    assert Pace().poll <= 1


async def test_texts_of_a_carrier_that_is_not_set_up_wait(scene: Scene) -> None:
    delivery_id = await scene.queue()
    claims = Claims(scene.database, [], QUICK)
    claimed = await claims.claim(8)
    await claims.close()

    assert [] == claimed
    assert "queued" == await scene.state(delivery_id)


async def _has_sent(scene: Scene, count: int) -> bool:
    return len(scene.carrier.ledger) == count


# Both times were written by the claim's one statement.
_FREE_AGAIN = """
    SELECT EXTRACT(epoch FROM n.free_from - d.leased_until)::float AS seconds
    FROM delivery d JOIN number n ON n.practice_id = d.practice_id AND n.id = d.number_id
    WHERE d.practice_id = :practice_id AND d.state = 'leased'
"""
