"""What a client texts back: within 48 hours the team sees which reminder it answers; STOP ends everything."""

from datetime import UTC, datetime

import pytest

from pawline.reminders.tests.scene import DUE, Reminding
from tests.texting_scene import OLIVE, UNKNOWN

ALL = {"two_way", "health_reminders", "appointment_confirmations"}


async def test_an_answer_brings_the_reminder_along(reminding: Reminding) -> None:
    """V2P-74, V2P-76: just before the answer, marked as the reminder with its time, for the team alone, not sent again."""
    reminder = await reminding.sent()
    await reminding.arrives(reminder)
    arrived = reminding.texting.now
    reminding.texting.advance(hours=5)

    await reminding.texting.receive("Yes please, Tuesday?", from_=OLIVE)

    entries = await reminding.texting.entries(OLIVE)
    assert [("reminder_copy", "Auto-reply", DUE), ("text", "Olive Hart", "Yes please, Tuesday?")] == entries
    [copy] = await reminding.copies()
    assert arrived == datetime.fromisoformat(copy["occurred_at"])
    assert copy["delivery"] is None
    assert [DUE] == await reminding.texting.sent_to(OLIVE)
    family = await reminding.world.olive.thread(reminding.world.thread_id)
    assert DUE not in [message["body"] for message in family["messages"]]


async def test_the_production_pipeline_tells_when_it_was_accepted(reminding: Reminding) -> None:
    """V2P-74: with the dispatcher and a carrier instead of a line of SQL."""
    reminder = await reminding.sent()
    await reminding.dispatch(reminder)

    await reminding.texting.receive("Thank you", from_=OLIVE)

    assert [DUE] == [copy["body"] for copy in await reminding.copies()]


@pytest.mark.parametrize(("seconds", "copies"), [(0, 1), (1, 0)])
async def test_forty_eight_hours_to_the_second(reminding: Reminding, seconds: int, copies: int) -> None:
    """V2P-74, V2P-75, D6: 48 h 00 m 00 s still counts, a second more does not."""
    await reminding.arrives(await reminding.sent())
    reminding.texting.advance(hours=48, seconds=seconds)

    await reminding.texting.receive("Is it too late?", from_=OLIVE)

    assert copies == len(await reminding.copies())


async def test_the_hours_count_from_when_it_was_delivered(reminding: Reminding) -> None:
    """D6: not from when it was sent; without a receipt from when it was sent."""
    reminder = await reminding.sent()
    await reminding.arrives(reminder, state="sent")
    reminding.texting.advance(hours=20)
    await reminding.texting.rows(
        "UPDATE delivery SET state = 'delivered', delivered_at = :now WHERE practice_id = :practice_id RETURNING id",
        now=reminding.texting.now,
    )
    reminding.texting.advance(hours=40)

    await reminding.texting.receive("We were away", from_=OLIVE)

    assert 1 == len(await reminding.copies())


async def test_without_a_receipt_they_count_from_when_it_was_sent(reminding: Reminding) -> None:
    """D6"""
    await reminding.arrives(await reminding.sent(), state="sent")
    reminding.texting.advance(hours=48, minutes=1)

    await reminding.texting.receive("We were away", from_=OLIVE)

    assert [] == await reminding.copies()


async def test_a_reminder_is_shown_once_in_a_conversation(reminding: Reminding) -> None:
    """D6: and again in the next one, if that begins within the 48 hours."""
    await reminding.arrives(await reminding.sent())
    for words in ("Yes please", "In the morning"):
        await reminding.texting.receive(words, from_=OLIVE)
    assert 1 == len(await reminding.copies())

    thread, conversation = await reminding.texting.thread_of(OLIVE), await reminding.texting.conversation_of(OLIVE)
    await reminding.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")
    await reminding.texting.receive("One more thing", from_=OLIVE)

    assert 2 == len(await reminding.copies())
    assert [DUE] == await reminding.texting.sent_to(OLIVE)


async def test_what_has_not_left_yet_or_went_to_somebody_else_is_not_answered(reminding: Reminding) -> None:
    await reminding.sent()

    await reminding.texting.receive("hi", from_=OLIVE)
    await reminding.texting.receive("hi", from_=UNKNOWN)

    assert [] == await reminding.copies()


@pytest.mark.parametrize("word", ["STOP", "Cancel"])
async def test_stop_after_a_reminder_ends_everything(reminding: Reminding, word: str) -> None:
    """V2P-81, V2P-82: messages too; and a further reminder is refused with the reason."""
    await reminding.texting.receive("hi", from_=OLIVE)
    await reminding.arrives(await reminding.sent())

    await reminding.texting.receive(word, from_=OLIVE)

    assert ALL == await _stopped(reminding)
    refused = [
        await reminding.send(),
        await reminding.send(reminding.confirmation()),
        await reminding.texting.reply(OLIVE, "Hello"),
    ]
    assert [(409, "text_refused")] * 3 == [(each.status_code, each.json()["code"]) for each in refused]
    assert "START" in refused[0].json()["detail"]


async def test_stop_withdraws_a_reminder_that_waits_for_the_morning(reminding: Reminding) -> None:
    """V2P-82"""
    reminder = await reminding.sent()

    await reminding.texting.receive("STOP", from_=OLIVE)

    delivery = (await reminding.shown(reminder))["delivery"]
    assert ("cancelled", "Not sent: the client stopped these texts.") == (delivery["state"], delivery["words"])


@pytest.mark.parametrize("has_texted", [True, False])
async def test_cancel_after_a_confirmation_says_that_the_appointment_stands(reminding: Reminding, *, has_texted: bool) -> None:
    """C19: word for word to the client, with the date to the team, also when nothing was texted before."""
    if has_texted:
        await reminding.texting.receive("hi", from_=OLIVE)
    reminder = await reminding.sent(reminding.confirmation(datetime(2026, 11, 20, 14, 30, tzinfo=UTC)))
    await reminding.arrives(reminder)

    await reminding.texting.receive("CANCEL", from_=OLIVE)

    assert ALL == await _stopped(reminding)
    assert (
        "You will get no more texts from Northside Veterinary. Your appointment is not cancelled; call +1 212-555-0142. "
        "Reply START to undo."
    ) == (await reminding.texting.sent_to(OLIVE))[-1]
    [task] = [line for line in await reminding.lines() if "May have wanted" in line]
    assert task.startswith("May have wanted to cancel the appointment of 20 Nov, 09:30.")


async def test_c_confirms_and_stops_nothing(reminding: Reminding) -> None:
    """The word that confirmations ask for is a plain text, which comes with the confirmation it answers."""
    reminder = await reminding.sent(reminding.confirmation())
    await reminding.arrives(reminder)

    await reminding.texting.receive("C", from_=OLIVE)

    assert set() == await _stopped(reminding)
    assert [reminder["body"], "C"] == [body for _, _, body in await reminding.texting.entries(OLIVE)]


async def _stopped(reminding: Reminding) -> set[str]:
    contact = (await reminding.world.nora.get(f"/contacts/{reminding.world.olive.id}")).json()
    [number] = contact["numbers"]
    return {each["category"] for each in number["standing"]["categories"] if each["is_out"]}
