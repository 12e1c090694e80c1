"""What happens when a carrier refuses, loses answers, or is down."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY

from pawline.carriers.fake import accept, accept_and_lose_the_answer, fail_with, lose_the_request
from pawline.carriers.interface import FailureReason, ReceiptState, SendFailed
from pawline.deliveries.beginning import begin
from pawline.deliveries.outcomes import record_refused
from pawline.deliveries.pace import Pace
from pawline.deliveries.tests.scene import OLIVE, QUICK, Scene, until

TROUBLE = SendFailed(FailureReason.CARRIER_TROUBLE)


async def test_trouble_that_passes_only_delays_a_text(scene: Scene) -> None:
    """F-23: the team reads that it comes later."""
    message_id, delivery_id = await scene.queue_message()
    scene.carrier.script.append(fail_with(TROUBLE))
    await scene.send_claimed(*await scene.claim())
    delayed = await scene.view(message_id)
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")

    assert ("queued", FailureReason.CARRIER_TROUBLE.words) == (delayed.state, delayed.words)
    assert ["refused", "accepted"] == [each.outcome for each in await scene.attempts(delivery_id)]
    assert (await scene.delivery(delivery_id)).reason is None
    assert 1 == len(scene.carrier.ledger)


@pytest.mark.parametrize(("tried_for", "next_wait"), [(0, 5), (40, 40), (400, 400), (3600, 900)])
async def test_the_wait_doubles_and_has_an_end(scene: Scene, tried_for: int, next_wait: int) -> None:
    """As long again as it has been tried, from 5 seconds to a quarter of an hour, a fifth more or less."""
    delivery_id = await _refused_after(scene, tried_for)
    [row] = await scene.rows(_WAIT, id=delivery_id)

    assert "queued" == await scene.state(delivery_id)
    assert 0.8 * next_wait <= row.seconds <= 1.2 * (next_wait + 30)


async def test_after_four_hours_it_is_given_up(scene: Scene) -> None:
    delivery_id = await _refused_after(scene, 4 * 3600)

    assert ("failed", "carrier_trouble") == (await scene.state(delivery_id), (await scene.delivery(delivery_id)).reason)


async def _refused_after(scene: Scene, seconds: int) -> UUID:
    """Once more, after having been tried for so long."""
    scene.carrier.otherwise = fail_with(TROUBLE)
    delivery_id = await scene.queue()
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    await scene.rows(
        "UPDATE delivery_attempt SET begun_at = begun_at - make_interval(secs => :seconds) WHERE practice_id = :practice_id",
        seconds=seconds,
    )
    await record_refused(scene.desk(Pace()), attempt, TROUBLE)
    return delivery_id


async def test_a_carrier_that_says_when_is_asked_no_sooner_and_its_number_waits(scene: Scene) -> None:
    """F-24: 429 with Retry-After; no burst follows."""
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.TOO_MANY, retry_after_seconds=0.6)))
    first, second = await scene.queue("one"), await scene.queue("to Omar", to_number="+12125550102")
    async with scene.dispatching():
        await scene.until_state(first, "accepted")
        await scene.until_state(second, "accepted")
    # Whichever of them was first at the carrier was told to come later.
    [other], begun = sorted([[each.begun_at for each in await scene.attempts(one)] for one in (first, second)], key=len)

    assert (begun[1] - begun[0]).total_seconds() > 0.55
    assert 2 == len(begun)
    assert (other - begun[0]).total_seconds() > 0.5 or other < begun[1]


async def test_a_refusal_for_good_ends_it_and_says_why(scene: Scene) -> None:
    message_id, delivery_id = await scene.queue_message()
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.FILTERED, carrier_code="30007")))
    async with scene.dispatching():
        await scene.until_state(delivery_id, "failed")
    view = await scene.view(message_id)

    assert ("failed", "filtered", FailureReason.FILTERED.words, True) == (view.state, view.reason, view.words, view.can_try_again)
    assert "30007" == (await scene.delivery(delivery_id)).carrier_code
    assert 1 == len(scene.carrier.calls)


async def test_a_landline_is_remembered(scene: Scene) -> None:
    await scene.rows(
        "INSERT INTO contact_number (practice_id, id, contact_id, number, created_at) "
        "VALUES (:practice_id, :id, :contact, :number, now())",
        id=uuid4(),
        contact=scene.world.olive.id,
        number=OLIVE,
    )
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.LANDLINE)))
    await scene.queue()
    await scene.send_claimed(*await scene.claim())

    assert [True] == [
        each.is_landline for each in await scene.rows("SELECT is_landline FROM contact_number WHERE practice_id = :practice_id")
    ]


async def test_a_lost_answer_is_found_in_the_carriers_list(scene: Scene) -> None:
    """P-03, F-08, F-09: one text, no second one. An equal text of another message is not mistaken for it."""
    await scene.queue("See you")
    await scene.send_claimed(*await scene.claim())
    message_id, delivery_id = await scene.queue_message("See you")
    scene.carrier.script.append(accept_and_lose_the_answer)
    async with scene.dispatching():
        await scene.until_state(delivery_id, "unknown")
        unknown = await scene.view(message_id)
        await scene.until_state(delivery_id, "accepted")
    [attempt] = await scene.attempts(delivery_id)

    assert ["See you", "See you"] == scene.carrier.sent_to(OLIVE)
    assert scene.carrier.ledger[1].carrier_message_id == attempt.carrier_message_id
    assert "accepted" == attempt.outcome
    assert "did not answer" in unknown.words


async def test_a_receipt_says_more_than_a_lost_answer(scene: Scene) -> None:
    """The receipt of an attempt proves that the carrier took it (F-25: it may even come before the answer)."""
    delivery_id = await scene.queue()
    scene.carrier.script.append(accept_and_lose_the_answer)
    scene.carrier.is_listing = False
    async with scene.dispatching():
        await scene.until_state(delivery_id, "unknown")
        await scene.receipt(delivery_id, ReceiptState.DELIVERED)
        await asyncio.sleep(0.6)

    assert "delivered" == await scene.state(delivery_id)
    assert 1 == len(scene.carrier.ledger)


async def test_a_text_not_found_twice_goes_again_marked_and_counted(scene: Scene) -> None:
    """P-03: never a silent second text."""
    delivery_id = await scene.queue()
    scene.carrier.script.append(lose_the_request)
    before = _possible_duplicates()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
    first, second = await scene.attempts(delivery_id)

    assert ("not_found", 2, False) == (first.outcome, first.searches, first.is_possible_duplicate)
    assert ("accepted", True) == (second.outcome, second.is_possible_duplicate)
    assert 0.35 < (second.begun_at - first.begun_at).total_seconds()
    assert 1 == _possible_duplicates() - before
    assert scene.carrier.calls[0].reference != scene.carrier.calls[1].reference
    assert scene.carrier.calls[0].receipt_url != scene.carrier.calls[1].receipt_url


async def test_a_list_that_cannot_be_read_proves_nothing(scene: Scene) -> None:
    """It is not sent again, and after hours of that a person decides."""
    message_id, delivery_id = await scene.queue_message()
    scene.carrier.script.append(lose_the_request)
    scene.carrier.is_listing = False
    async with scene.dispatching(replace(QUICK, give_up_after=1)):
        await scene.until_state(delivery_id, "failed")
    view = await scene.view(message_id)

    assert 1 == len(scene.carrier.calls)
    assert ("outcome_unknown", True) == (view.reason, view.can_try_again)


async def test_a_carrier_that_knows_references_gets_the_same_one_again(scene: Scene) -> None:
    """P-03: no second text, no second attempt, whatever was lost on the way."""
    scene.carrier.sends_are_keyed = True
    scene.carrier.script.extend([accept_and_lose_the_answer, lose_the_request, fail_with(TROUBLE), accept])
    delivery_id = await scene.queue()
    async with scene.dispatching():
        await scene.until_state(delivery_id, "accepted")
    [attempt] = await scene.attempts(delivery_id)

    assert 4 == len(scene.carrier.calls)
    assert 1 == len({call.reference for call in scene.carrier.calls})
    assert 1 == len(scene.carrier.ledger)
    assert ("accepted", False) == (attempt.outcome, attempt.is_possible_duplicate)


async def test_garbage_from_a_carrier_is_an_unknown_outcome(scene: Scene) -> None:
    """F-23: a page of HTML says nothing about the text."""
    delivery_id = await scene.queue()
    scene.carrier.script.append(fail_with(ValueError("<html>")))
    await scene.send_claimed(*await scene.claim())

    assert "unknown" == await scene.state(delivery_id)


async def test_a_call_that_takes_too_long_is_an_unknown_outcome(scene: Scene) -> None:
    async def hang(*_: object) -> None:
        await asyncio.sleep(30)

    delivery_id = await scene.queue()
    scene.carrier.script.append(hang)  # pyright: ignore[reportArgumentType]
    await scene.send_claimed(*await scene.claim())

    assert "unknown" == await scene.state(delivery_id)


async def test_a_carrier_that_is_down_is_left_alone_for_a_while(scene: Scene) -> None:
    """F-23: after a few failures in a row one text at a time tries whether it is back."""
    scene.carrier.otherwise = fail_with(TROUBLE)
    ids = [await scene.queue(to_number=f"+121255530{number:02}") for number in range(40)]
    async with scene.dispatching(replace(QUICK, at_once=2, circuit_pause=600)):
        await until(lambda: _is_left_alone(scene))
        await asyncio.sleep(0.5)
        during = len(scene.carrier.calls)
        scene.carrier.otherwise = accept
        await scene.rows("UPDATE carrier_circuit SET open_until = now() WHERE carrier = :carrier", carrier=scene.carrier.name)
        await until(lambda: _all_accepted(scene, len(ids)))

    # Five that failed, and what was under way beside the fifth.
    assert during in {5, 6}
    assert 40 == len(scene.carrier.ledger)


@pytest.mark.parametrize("reason", [FailureReason.INVALID_NUMBER, FailureReason.TOO_MANY])
async def test_a_refusal_of_one_text_does_not_count_against_the_carrier(scene: Scene, reason: FailureReason) -> None:
    scene.carrier.script.extend([fail_with(TROUBLE)] * 2 + [fail_with(SendFailed(reason))])
    for number in range(3):
        await scene.queue(to_number=f"+121255530{number:02}")
        await asyncio.sleep(0.002)
        await scene.send_claimed(*await scene.claim())
    [circuit] = await scene.rows("SELECT * FROM carrier_circuit WHERE carrier = :carrier", carrier=scene.carrier.name)

    assert (0, None) == (circuit.failures, circuit.open_until)


def _possible_duplicates() -> float:
    return REGISTRY.get_sample_value("pawline_texts_possible_duplicates_total") or 0


async def _all_accepted(scene: Scene, count: int) -> bool:
    return len(scene.carrier.ledger) == count


async def _is_left_alone(scene: Scene) -> bool:
    opened = "SELECT FROM carrier_circuit WHERE carrier = :carrier AND open_until > now()"
    return bool(await scene.rows(opened, carrier=scene.carrier.name))


# Both times were written by the refusal's one transaction, or moments apart.
_WAIT = """
    SELECT CAST(EXTRACT(epoch FROM d.due_at - a.ended_at) AS float) AS seconds
    FROM delivery d JOIN delivery_attempt a ON a.practice_id = d.practice_id AND a.delivery_id = d.id
    WHERE d.practice_id = :practice_id AND d.id = :id
"""
