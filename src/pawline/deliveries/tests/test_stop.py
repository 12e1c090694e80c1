"""After STOP nothing goes out: asked when a text is queued, in the statement that claims it, and before it leaves."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from pawline.carriers.fake import accept_after, fail_with
from pawline.carriers.interface import FailureReason, SendFailed
from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.beginning import MayNotGo, begin, require_still_ours
from pawline.deliveries.claiming import Claimed
from pawline.deliveries.service import cancel_bot_texts
from pawline.deliveries.tests.scene import OLIVE, Scene, until


async def test_texts_that_wait_are_cancelled_with_the_reason(scene: Scene) -> None:
    """PA-25, V2P-85: and the team can read why."""
    message_id, _ = await scene.queue_message()
    await scene.stop()
    async with scene.dispatching():
        await asyncio.sleep(0.3)
    view = await scene.view(message_id)

    assert [] == scene.carrier.ledger
    assert ("cancelled", "opted_out", True) == (view.state, view.reason, view.can_try_again)
    assert "the client stopped" in view.words


async def test_the_claim_asks_for_consent(scene: Scene) -> None:
    """I4: also when nobody cancelled what was waiting. The screens are told."""
    message_id, delivery_id = await scene.queue_message()
    await scene.stop(cancels=False)
    claimed = await scene.claim()
    await scene.send_claimed(*claimed)

    assert ["opted_out"] == [each.verdict for each in claimed]
    assert "cancelled" == await scene.state(delivery_id)
    assert [message_id] == scene.touched
    assert [] == scene.carrier.calls


async def test_the_one_answer_to_stop_goes_out_after_it(scene: Scene) -> None:
    await scene.stop()
    await scene.queue("You will get no more texts.", confirms_opt_out=True)
    await scene.send_claimed(*await scene.claim())

    assert ["You will get no more texts."] == scene.carrier.sent_to(OLIVE)


async def test_stop_overtakes_a_text_that_was_claimed_already(scene: Scene) -> None:
    """F-33: between the claim and the attempt, and between the attempt and the call."""
    await scene.queue("one")
    [claimed] = await scene.claim()
    await scene.stop(cancels=False)
    with pytest.raises(MayNotGo):
        await begin(scene.desk(), claimed)

    assert [] == await scene.attempts(claimed.id)


async def test_stop_between_the_attempt_and_the_call_keeps_the_text_here(scene: Scene) -> None:
    await scene.queue("one")
    [claimed] = await scene.claim()
    attempt = await begin(scene.desk(), claimed)
    await scene.stop(cancels=False)

    with pytest.raises(MayNotGo):
        await require_still_ours(scene.desk(), attempt)


async def test_a_stop_that_is_being_committed_is_waited_for(scene: Scene) -> None:
    """P-10: nothing begins between the word of the client and its commit; the text goes back, and the next claim cancels it."""
    delivery_id = await scene.queue("one")
    [claimed] = await scene.claim()
    async with scene.database.transaction() as uow:
        await scene.stop_within(uow)
        await scene.send_claimed(claimed)
        before_commit = await scene.state(delivery_id)
    async with scene.dispatching():
        await scene.until_state(delivery_id, "cancelled")

    assert "queued" == before_commit
    assert [] == scene.carrier.calls


async def test_stop_races_200_texts(scene: Scene) -> None:
    """P-10, F-33, I4: what was not in flight when STOP was committed never leaves."""
    for number in range(200):
        await scene.queue(f"text {number}", to_number=OLIVE if number % 2 else f"+121255520{number:02}"[:12])
    scene.carrier.otherwise = accept_after(0.005)
    async with scene.dispatching():
        await until(lambda: _called(scene, 20))
        async with scene.database.transaction() as uow:
            await scene.stop_within(uow)
            # Those are counted: their attempts were committed before.
            in_flight = (await uow.execute(_BEGUN, {"practice_id": scene.practice_id, "to_number": OLIVE})).scalar_one()
        stopped_at = datetime.now(UTC)
        await until(lambda: _nothing_waits(scene))

    late = [each for each in scene.carrier.ledger if each.text.to_number == OLIVE and each.at > stopped_at]
    assert len(scene.carrier.sent_to(OLIVE)) <= in_flight
    assert len(late) <= 1
    states = await scene.rows("SELECT state, count(*) AS many FROM delivery WHERE practice_id = :practice_id GROUP BY state")
    counted = {row.state: row.many for row in states}
    assert {"accepted", "cancelled"} == set(counted)
    assert 200 == counted["accepted"] + counted["cancelled"]
    assert counted["accepted"] == len(scene.carrier.ledger)


async def test_a_carrier_that_says_the_client_stopped_teaches_us(scene: Scene) -> None:
    """The block is in the ledger, and the next text is refused here."""
    message_id, delivery_id = await scene.queue_message()
    later = await scene.queue("two")
    scene.carrier.script.append(fail_with(SendFailed(FailureReason.OPTED_OUT, carrier_code="21610")))
    async with scene.dispatching():
        await scene.until_state(delivery_id, "failed")
        await scene.until_state(later, "cancelled")
    blocks = await scene.rows("SELECT contact_number FROM carrier_block WHERE practice_id = :practice_id")
    view = await scene.view(message_id)

    assert [OLIVE] == [each.contact_number for each in blocks]
    assert ("failed", FailureReason.OPTED_OUT.words) == (view.state, view.words)
    assert "carrier_block" == (await scene.delivery(later)).reason
    assert 1 == len(scene.carrier.calls)


async def test_a_bot_says_nothing_once_the_team_has_answered(scene: Scene) -> None:
    """I8: neither what waits, nor what was claimed at that very moment."""
    run_id = await _bot_run(scene)
    waiting, claimed_id = (
        await scene.queue("two", bot_run_id=run_id),
        await scene.queue("one", bot_run_id=run_id, to_number="+12125550109"),
    )
    [first, second] = sorted(await scene.claim(1) + await _free_and_claim(scene), key=lambda each: str(each.id))
    async with scene.database.transaction() as uow:
        await uow.execute(_STOP_RUN, {"practice_id": scene.practice_id, "id": run_id})
        await attempt_claimed(scene.desk(), first)
        cancelled = await cancel_bot_texts(uow, scene.practice_id, run_id)
    await scene.send_claimed(second)
    async with scene.dispatching():
        await scene.until_state(waiting, "cancelled")
        await scene.until_state(claimed_id, "cancelled")

    assert [] == cancelled  # neither is of a message that anybody sees
    assert [] == scene.carrier.calls


async def test_the_claim_asks_whether_the_bot_still_runs(scene: Scene) -> None:
    """I8: also when nobody cancelled what was waiting."""
    delivery_id = await scene.queue("What is your name?", bot_run_id=await _bot_run(scene, state="stopped_by_contact"))
    claimed = await scene.claim()
    await scene.send_claimed(*claimed)

    assert ["bot_stopped"] == [each.verdict for each in claimed]
    assert ("cancelled", "bot_stopped") == ((row := await scene.delivery(delivery_id)).state, row.reason)
    assert [] == scene.carrier.calls


async def test_a_bot_that_has_all_its_answers_still_says_thanks(scene: Scene) -> None:
    run_id = await _bot_run(scene, state="complete")
    await scene.queue("Thank you!", bot_run_id=run_id)
    await scene.send_claimed(*await scene.claim())

    assert ["Thank you!"] == scene.carrier.sent_to(OLIVE)


async def _called(scene: Scene, count: int) -> bool:
    return len(scene.carrier.calls) >= count


async def _nothing_waits(scene: Scene) -> bool:
    waiting = await scene.rows(
        "SELECT count(*) AS many FROM delivery WHERE practice_id = :practice_id AND state IN ('queued', 'leased', 'attempting')"
    )
    return waiting[0].many == 0


async def _free_and_claim(scene: Scene) -> list[Claimed]:
    await scene.rows("UPDATE number SET free_from = now() WHERE practice_id = :practice_id")
    return await scene.claim(1)


async def _bot_run(scene: Scene, *, state: str = "asking") -> UUID:
    run_id = uuid4()
    thread = UUID(scene.world.thread_id)
    await scene.message()
    await scene.rows(
        "INSERT INTO bot_run (practice_id, id, conversation_id, contact_id, question, state, begun_at) "
        "SELECT :practice_id, :run, c.id, :contact, 1, :state, now() FROM conversation c "
        "WHERE c.practice_id = :practice_id AND c.thread_id = :thread LIMIT 1",
        run=run_id,
        contact=UUID(scene.world.olive.id),
        state=state,
        thread=thread,
    )
    return run_id


_BEGUN = text("""
    SELECT count(*) FROM delivery_attempt a
    JOIN delivery d ON d.practice_id = a.practice_id AND d.id = a.delivery_id
    WHERE a.practice_id = :practice_id AND d.to_number = :to_number
""")
_STOP_RUN = text("UPDATE bot_run SET state = 'stopped_by_team' WHERE practice_id = :practice_id AND id = :id")
