"""Messages, reminders and confirmations are agreed to one by one."""

import pytest

from pawline.reminders.tests.scene import Reminding
from tests.texting_scene import OLIVE

CATEGORIES = ("two_way", "health_reminders", "appointment_confirmations")


@pytest.mark.parametrize("category", CATEGORIES)
async def test_each_category_is_stopped_for_itself(reminding: Reminding, category: str) -> None:
    """V2P-79, V2P-80, V2P-84, V2P-85, V2P-86: the two others go on; the refusal says who stopped it and when."""
    await reminding.texting.receive("hi", from_=OLIVE)
    await reminding.opt(category, is_out=True)

    answers = {
        "two_way": await reminding.texting.reply(OLIVE, "Hello Olive"),
        "health_reminders": await reminding.send(),
        "appointment_confirmations": await reminding.send(reminding.confirmation()),
    }

    assert {each: 409 if each == category else 201 for each in CATEGORIES} == {
        each: answer.status_code for each, answer in answers.items()
    }
    refusal = answers[category].json()
    assert "text_refused" == refusal["code"]
    assert "by Nora Ames on 17 Nov 2026" in refusal["detail"]


async def test_the_button_in_the_conversation_keeps_reminders_coming(reminding: Reminding) -> None:
    """V2P-77, V2P-79, V2P-80"""
    await reminding.texting.receive("hi", from_=OLIVE)
    conversation = await reminding.texting.conversation_of(OLIVE)
    opted_out = await reminding.world.nora.send("POST", f"/text-conversations/{conversation['id']}/opt-out")
    assert 204 == opted_out.status_code

    assert 201 == (await reminding.send()).status_code
    assert 201 == (await reminding.send(reminding.confirmation())).status_code


async def test_the_preview_says_what_the_client_stopped(reminding: Reminding) -> None:
    """V2P-85: before anybody presses the button."""
    await reminding.opt("health_reminders", is_out=True)

    preview = await reminding.preview(reminding.draft())

    assert preview["body"] is None
    assert "opted out of reminders by text by Nora Ames" in preview["problem"]


async def test_a_reminder_that_waits_is_withdrawn_by_an_opt_out(reminding: Reminding) -> None:
    """V2P-85, V2P-86: and a confirmation that waits with it stays."""
    await reminding.texting.receive("hi", from_=OLIVE)
    reminder, confirmation = await reminding.sent(), await reminding.sent(reminding.confirmation())

    await reminding.opt("health_reminders", is_out=True)

    states = [(await reminding.shown(each))["delivery"]["state"] for each in (reminder, confirmation)]
    assert ["cancelled", "queued"] == states


async def test_opting_in_again_needs_a_reason_and_brings_reminders_back(reminding: Reminding) -> None:
    """V2P-84, D10"""
    await reminding.opt("health_reminders", is_out=True)
    change = {"number": OLIVE, "category": "health_reminders", "is_out": False, "reason": ""}
    without = await reminding.world.nora.send("PUT", f"/contacts/{reminding.world.olive.id}/subscriptions", change)
    assert 422 == without.status_code

    await reminding.opt("health_reminders", is_out=False)

    assert 201 == (await reminding.send()).status_code
