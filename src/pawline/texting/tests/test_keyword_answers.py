"""STOP, START and HELP by text: what it changes, what is answered, what the team sees."""

import pytest

from pawline.consent.changes import Category
from pawline.consent.service import standing
from tests.texting_scene import NIGHT, OLIVE, UNKNOWN, Texting

ALL = {"two_way", "health_reminders", "appointment_confirmations"}


async def stopped(texting: Texting, number: str = OLIVE) -> set[str]:
    async with texting.desk.database.transaction() as uow:
        now = await standing(uow, texting.practice_id, number_id=texting.number_id, contact_number=number)
    return {each.category for each in now.categories if each.is_out} | ({"carrier"} if now.carrier_block else set())


async def test_stop_ends_everything(texting: Texting) -> None:
    """V2P-82, D8: in a plain conversation too; the carrier blocks and confirms, so we do not (toll-free)."""
    await texting.receive("hi", from_=OLIVE)

    await texting.receive("Stop", from_=OLIVE)

    assert ALL | {"carrier"} == await stopped(texting)
    assert [] == await texting.sent_to(OLIVE)
    assert 1 == len([1 for kind, _, body in await texting.entries(OLIVE) if kind == "system" and "“Stop”" in body])


@pytest.mark.parametrize("word", ["CANCEL", "unsubscribe", "Opt-out!", "ARRÊT", "end"])
async def test_words_that_the_carrier_does_not_know_are_confirmed_by_us_once(texting: Texting, word: str) -> None:
    """D9, PA-25: exactly one confirmation, however often it is said."""
    await texting.receive("hi", from_=OLIVE)

    await texting.receive(word, from_=OLIVE)
    await texting.receive(word, from_=OLIVE)

    assert ALL == await stopped(texting)
    assert ["You will get no more texts from Northside Veterinary. Reply START to undo."] == await texting.sent_to(OLIVE)


async def test_stop_withdraws_what_has_not_left(texting: Texting) -> None:
    """PA-25, P-10: nothing that was queued goes out."""
    await texting.receive("hi", from_=OLIVE)
    await texting.reply(OLIVE, "Hello Olive")
    assert ["Hello Olive"] == await texting.sent_to(OLIVE)

    await texting.receive("STOP", from_=OLIVE)

    assert [] == await texting.sent_to(OLIVE)
    [message] = [each for each in (await texting.thread_of(OLIVE))["messages"] if each["author_kind"] == "staff"]
    assert "cancelled" == message["delivery"]["state"]


async def test_after_stop_staff_are_told_why_nothing_goes_out(texting: Texting) -> None:
    """V2P-85, PA-25"""
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)

    refused = await texting.reply(OLIVE, "Hello?")

    assert (409, "text_refused") == (refused.status_code, refused.json()["code"])
    assert "START" in refused.json()["detail"]
    assert [] == await texting.sent_to(OLIVE)


async def test_no_away_reply_and_no_questions_to_a_keyword(texting: Texting) -> None:
    """Table 2.5, step 3."""
    texting.set_time(NIGHT)

    await texting.receive("STOP")

    assert [] == await texting.sent_to(UNKNOWN)


async def test_start_restores_everything(texting: Texting) -> None:
    """C4: START lifts the carrier's block and opts back in to all."""
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)

    await texting.receive("START", from_=OLIVE)

    assert set() == await stopped(texting)
    assert 201 == (await texting.reply(OLIVE, "Welcome back")).status_code


async def test_yes_opts_in_but_does_not_move_a_toll_free_block(texting: Texting) -> None:
    """C4, D9: the network listens to START and UNSTOP only."""
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)

    await texting.receive("Yes", from_=OLIVE)

    assert {"carrier"} == await stopped(texting)


async def test_yes_is_an_answer_where_nothing_is_stopped(texting: Texting) -> None:
    """D9"""
    await texting.receive("Yes", from_=OLIVE)

    assert [("text", "Olive Hart", "Yes")] == await texting.entries(OLIVE)


async def test_any_other_text_opts_back_in_to_messages_alone(texting: Texting) -> None:
    """V2P-83, D7, C4: the carrier's block stays, and the team is told what to ask for."""
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)

    await texting.receive("Is Pixel ready?", from_=OLIVE)

    assert {"health_reminders", "appointment_confirmations", "carrier"} == await stopped(texting)
    [line] = [body for kind, _, body in await texting.entries(OLIVE) if kind == "system" and "opted in again" in body]
    assert "START" in line


@pytest.mark.parametrize("sender", [OLIVE, UNKNOWN])
async def test_a_text_that_cannot_be_answered_automatically_is_taken_in_all_the_same(texting: Texting, sender: str) -> None:
    """C4, I1: behind the carrier's block neither away reply nor question can leave; the text is not lost with them."""
    await texting.receive("hi", from_=sender)
    await texting.receive("STOP", from_=sender)
    before = await texting.sent_to(sender)
    texting.set_time(NIGHT)

    await texting.receive("Hello? Pixel limps", from_=sender)

    assert "Hello? Pixel limps" in [body for kind, _, body in await texting.entries(sender) if kind == "text"]
    assert before == await texting.sent_to(sender)


async def test_help_is_answered_even_after_an_opt_out(texting: Texting) -> None:
    """Table 2.4: HELP changes nothing."""
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("unsubscribe", from_=OLIVE)

    await texting.receive("HELP", from_=OLIVE)

    assert "for help call +1 212-555-0142" in (await texting.sent_to(OLIVE))[-1]
    assert ALL == await stopped(texting)


async def test_a_wish_in_other_words_is_shown_to_the_team_with_one_click(texting: Texting) -> None:
    """D9: not acted on by itself."""
    await texting.receive("Stop. Thank you", from_=OLIVE)

    assert set() == await stopped(texting)
    [line] = [message for message in (await texting.thread_of(OLIVE))["messages"] if message["kind"] == "system"]
    assert "offer_opt_out" == line["prompt"]


async def test_staff_opt_out_touches_messages_alone(texting: Texting) -> None:
    """V2P-77, V2P-79, V2P-80"""
    await texting.receive("hi", from_=OLIVE)
    conversation = await texting.conversation_of(OLIVE)

    assert 204 == (await texting.world.nora.send("POST", f"/text-conversations/{conversation['id']}/opt-out")).status_code

    assert {Category.TWO_WAY.value} == await stopped(texting)


async def test_an_ended_conversation_offers_no_opt_out(texting: Texting) -> None:
    """V2P-78"""
    await texting.receive("hi", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    refused = await texting.world.nora.send("POST", f"/text-conversations/{conversation['id']}/opt-out")

    assert (409, "conversation_ended") == (refused.status_code, refused.json()["code"])
    assert set() == await stopped(texting)


async def test_preferences_for_each_kind_of_text(texting: Texting) -> None:
    """V2P-84, V2P-86, D10: opting in needs a reason."""
    path = f"/contacts/{texting.world.olive.id}/subscriptions"
    change = {"number": OLIVE, "category": "health_reminders", "is_out": True}
    assert 200 == (await texting.world.nora.send("PUT", path, change)).status_code
    assert {"health_reminders"} == await stopped(texting)

    refused = await texting.world.nora.send("PUT", path, {**change, "is_out": False})
    allowed = await texting.world.nora.send("PUT", path, {**change, "is_out": False, "reason": "asked on the phone"})

    assert (422, 200) == (refused.status_code, allowed.status_code)
    assert set() == await stopped(texting)
    ledger = (await texting.world.nora.get(f"/contacts/{texting.world.olive.id}/consent", number=OLIVE)).json()
    assert [("in", "asked on the phone"), ("out", "")] == [(event["action"], event["reason"]) for event in ledger["events"]]
