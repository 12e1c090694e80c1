"""Conversations by text on the staff's screen: how they look, where a reply goes, and who gets no more of them."""

import re
from typing import Literal
from uuid import UUID

import pytest
from playwright.async_api import Locator, expect

from pawline.carriers.interface import MediaLink
from pawline.texting.writing import automatic_author
from pawline.threads.entries import Entry, add_entry
from tests.browser.axe import grave_findings
from tests.browser.texts import carry, make_british, olive_texts, text_thread
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window, box_of, colour_behind
from tests.texting_scene import NIGHT, OLIVE, UNKNOWN, Texting

pytestmark = pytest.mark.browser
SHOWN = "+1 415-555-0117"


def notice_of(window: Window) -> Locator:
    return window.page.get_by_role("note", name="SMS conversation")


def places(window: Window) -> Locator:
    return window.page.get_by_role("group", name="Where the reply goes")


def consent_of(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="Family")


async def test_texts_stand_beside_chats_in_a_colour_and_with_words_of_their_own(desktops: Desktops, texting: Texting) -> None:
    """PA-1, PA-3, C22, V2P-29: one thread, both channels, each labelled also for those who do not see colours."""
    await texting.world.olive.post_text(texting.world.thread_id, "From the app")
    await texting.world.nora.post_text(texting.world.thread_id, "To the app")
    await olive_texts(texting, "From my phone")
    await texting.reply(OLIVE, "To your phone")
    nora = await text_thread(desktops, texting)

    await expect(nora.message("From the app")).to_contain_text("Sent from App")
    await expect(nora.message("From my phone")).to_contain_text("Sent via Text")
    for ours, theirs in (("To the app", "To your phone"), ("From the app", "From my phone")):
        bubbles = [nora.message(words).get_by_text(words, exact=True) for words in (ours, theirs)]
        assert await colour_behind(bubbles[0]) != await colour_behind(bubbles[1])
    await expect(nora.page.get_by_role("region", name="Queue").get_by_text("SMS", exact=True)).to_be_visible()


async def test_a_thread_of_texts_alone_is_labelled_and_has_a_notice(desktops: Desktops, texting: Texting) -> None:
    """PA-4, V2P-29: with whom, and how files go."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)

    await expect(notice_of(nora)).to_contain_text(f"with {SHOWN}")
    await expect(notice_of(nora)).to_contain_text("Photos and files go as secure links")
    await expect(nora.message("Pixel is limping")).to_contain_text("Sent via Text")
    await nora.write("Bring him in")
    await expect(nora.message("Bring him in")).to_contain_text("Sent via Text")
    assert ["Bring him in"] == (await texting.sent_to(OLIVE))[-1:]


async def test_a_reply_goes_where_the_family_wrote_last_unless_told_otherwise(desktops: Desktops, texting: Texting) -> None:
    """PA-16, C1: the composer says where it writes; each place keeps a draft of its own."""
    world = texting.world
    await world.olive.post_text(world.thread_id, "From the app")
    await olive_texts(texting, "From my phone")
    nora = await text_thread(desktops, texting)
    app, by_text = places(nora).get_by_role("button", name="App"), places(nora).get_by_role("button", name="Text")
    await expect(by_text).to_have_attribute("aria-pressed", "true")

    await nora.field.fill("For the phone")
    await app.click()
    await expect(nora.field).to_have_value("")
    await nora.write("For the app")
    await expect(nora.message("For the app")).to_contain_text("Sent from App")
    await by_text.click()

    await expect(nora.field).to_have_value("For the phone")
    assert "For the app" not in await texting.sent_to(OLIVE)


async def test_what_is_begun_for_the_phone_stays_there_when_the_family_writes_in_the_app(
    desktops: Desktops, texting: Texting
) -> None:
    world = texting.world
    await world.olive.post_text(world.thread_id, "From the app")
    await olive_texts(texting, "From my phone")
    nora = await text_thread(desktops, texting)
    await nora.field.fill("For the phone")

    await world.olive.post_text(world.thread_id, "One more thing")
    await expect(nora.message("One more thing")).to_be_visible()

    await expect(nora.field).to_have_value("For the phone")
    await nora.send_button.click()
    await expect(nora.message("For the phone")).to_contain_text("Sent via Text")


async def test_the_composer_counts_segments_and_names_what_is_dear(desktops: Desktops, texting: Texting) -> None:
    """With a one-click way to plain characters; 1,600 characters are the end."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)

    await nora.field.fill("a" * 96)
    await expect(nora.page.get_by_text("Text · 1 segment · 96/160")).to_be_visible()
    await nora.field.fill("It\u2019s " + "a" * 90)
    await expect(nora.page.get_by_text("Text · 2 segments · 95/134")).to_be_visible()
    await expect(nora.page.get_by_text("A curly apostrophe")).to_contain_text("takes 1 instead of 2")
    await nora.button("Replace with plain").click()
    await expect(nora.field).to_have_value("It's " + "a" * 90)
    await expect(nora.page.get_by_text("Text · 1 segment · 95/160")).to_be_visible()
    await nora.field.fill("a" * 1601)

    await expect(nora.page.get_by_text("Text · 11 segments · 1601 of 1600 characters")).to_be_visible()
    await expect(nora.send_button).to_be_disabled()


async def test_the_practices_name_can_be_put_in_front(desktops: Desktops, texting: Texting) -> None:
    """V2P-90"""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)

    await nora.field.fill("Pixel is ready")
    await nora.button("Add practice name").click()

    await expect(nora.field).to_have_value("Hill Street: Pixel is ready")
    await expect(nora.button("Add practice name")).to_be_disabled()


async def test_in_the_united_kingdom_files_go_by_the_app(desktops: Desktops, texting: Texting) -> None:
    """PA-15, PA-16, C5: buttons off, with the reason and the way."""
    await make_british(texting)
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)

    await expect(nora.button("Add photos or videos")).to_be_disabled()
    await expect(nora.button("Add a file")).to_have_accessible_description(re.compile("carry no pictures or files"))
    await expect(notice_of(nora)).to_contain_text("carry no pictures or files")
    await nora.button("Continue in the app").click()

    await expect(places(nora).get_by_role("button", name="App")).to_have_attribute("aria-pressed", "true")
    await expect(nora.button("Add photos or videos")).to_be_enabled()


async def test_a_reply_at_night_says_that_somebody_is_there(desktops: Desktops, texting: Texting) -> None:
    """C12: in the header of that conversation."""
    texting.set_time(NIGHT)
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)
    await expect(notice_of(nora)).to_be_visible()
    await expect(notice_of(nora)).not_to_contain_text("replying now")

    await nora.write("We are here")

    await expect(notice_of(nora)).to_contain_text("a team member is replying now")


async def test_opting_out_at_the_top_right_leaves_reminders_on(desktops: Desktops, texting: Texting) -> None:
    """V2P-77, V2P-79, V2P-80, V2P-85: confirmed, shown in the family's panel, and the next text is refused with the reason."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)
    button = nora.page.get_by_role("banner").or_(nora.page.locator("header")).get_by_role("button", name="Opt out", exact=True)
    box = await box_of(button)
    assert box["x"] > 1440 / 2
    assert box["y"] < 100

    await button.click()
    dialog = nora.page.get_by_role("dialog", name="Opt Olive Hart out of texts?")
    await expect(dialog).to_contain_text("Health reminders and appointment confirmations by text stay on")
    await dialog.get_by_role("button", name="Opt out", exact=True).click()

    await expect(consent_of(nora)).to_contain_text(re.compile("Two-way texts ?Stopped"))
    await expect(consent_of(nora)).to_contain_text(re.compile("Health reminders ?Subscribed"))
    await expect(consent_of(nora)).to_contain_text(re.compile("Appointment confirmations ?Subscribed"))
    await expect(notice_of(nora)).to_contain_text("opted out of texts by Nora Ames")
    nora.expect_error("status of 409")
    await nora.write("One more thing")
    await expect(nora.message("One more thing")).to_contain_text("opted out of texts by Nora Ames")
    await expect(nora.message("One more thing").get_by_role("button", name="Try again")).to_be_visible()
    assert [] == await texting.sent_to(OLIVE)


async def test_an_ended_conversation_offers_no_opt_out(desktops: Desktops, texting: Texting) -> None:
    """V2P-78: and says how to text again."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)
    await expect(nora.button("Opt out")).to_be_visible()

    await nora.button("End conversation").click()

    await expect(nora.button("Opt out")).to_have_count(0)
    await expect(nora.page.get_by_text("Restart it to text again.")).to_be_visible()


async def test_a_wish_to_stop_is_one_click_and_undone_with_a_reason(desktops: Desktops, texting: Texting) -> None:
    """D9, D10: the ledger keeps both."""
    await olive_texts(texting, "Stop. Thank you")
    nora = await text_thread(desktops, texting)
    line = nora.message("This may be a wish to get no more texts")

    await line.get_by_role("button", name="Opt out").click()
    await line.get_by_role("button", name="Undo opt-out").click()
    dialog = nora.page.get_by_role("dialog", name=re.compile("^Opt Olive Hart in"))
    await expect(dialog.get_by_role("button", name="Opt in")).to_be_disabled()
    await dialog.get_by_role("textbox").fill("Asked for it on the phone")
    await dialog.get_by_role("button", name="Opt in").click()

    await expect(line.get_by_role("button", name="Opt out")).to_be_visible()
    await consent_of(nora).get_by_role("button", name="View ledger").click()
    ledger = nora.page.get_by_role("list", name="Ledger")
    await expect(ledger.get_by_role("listitem").first).to_contain_text("Opted in to two-way texts")
    await expect(ledger).to_contain_text("“Asked for it on the phone”")
    await expect(ledger).to_contain_text("Opted out of two-way texts")


async def test_what_the_client_stopped_is_said_with_the_way_back(desktops: Desktops, texting: Texting) -> None:
    """C4, V2P-86: the phone company's block is named as such, live."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)
    await expect(notice_of(nora)).to_be_visible()

    await texting.receive("STOP", from_=OLIVE)

    await expect(consent_of(nora)).to_contain_text("Stopped at the phone company")
    await expect(notice_of(nora)).to_contain_text("START")


async def test_a_reminder_stands_before_its_answer_for_the_team(desktops: Desktops, texting: Texting) -> None:
    """V2P-76: marked as the reminder, with its time, and not as a text of the conversation."""
    await olive_texts(texting, "Yes please")
    await _add_entry(texting, "Pixel is due for a rabies booster.", "reminder_copy")
    nora = await text_thread(desktops, texting)

    card = nora.message("Pixel is due for a rabies booster.")
    await expect(card).to_contain_text(re.compile(r"Reminder sent \w{3} \d\d:\d\d"))
    await expect(card).to_contain_text("Shown to the team only")
    await expect(card).not_to_contain_text("Sent via Text")


async def test_a_missed_call_is_told_to_the_team(desktops: Desktops, texting: Texting) -> None:
    """V2P-9: live, in the thread of whoever called."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)

    await _add_entry(texting, "Missed call from Olive Hart at 10:03.", "system")

    await expect(nora.message("Missed call from Olive Hart").locator("svg")).to_be_visible()


async def test_a_photo_texted_in_holds_its_place(desktops: Desktops, texting: Texting) -> None:
    """PA-14: until it is here."""
    await texting.receive("Look", from_=OLIVE, media=[MediaLink(url="fake:photo", media_type="image/jpeg")])
    nora = await text_thread(desktops, texting)

    await expect(nora.message("Look")).to_contain_text("Photo is on its way")


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_a_text_conversation_is_accessible(desktops: Desktops, texting: Texting, look: Look) -> None:
    await texting.world.olive.post_text(texting.world.thread_id, "From the app")
    await olive_texts(texting, "please stop texting me")
    await texting.reply(OLIVE, "It is done")
    await carry(texting)
    nora = await text_thread(desktops, texting, look=look)
    await nora.field.fill("It\u2019s fine")
    await expect(nora.button("Replace with plain")).to_be_visible()

    assert [] == await grave_findings(nora.page)
    await texting.receive("hello")
    await nora.visit(f"/staff/threads/{(await texting.thread_of(UNKNOWN))['thread_id']}")
    await expect(nora.message("hello")).to_be_visible()
    assert [] == await grave_findings(nora.page)


async def _add_entry(texting: Texting, body: str, kind: Literal["reminder_copy", "system"]) -> None:
    conversation, practice_id = await texting.conversation_of(OLIVE), UUID(texting.world.practice_id)
    entry = Entry(
        conversation_id=UUID(conversation["id"]),
        author=automatic_author(practice_id),
        body=body,
        kind=kind,
        occurred_at=texting.now,
    )
    async with texting.desk.database.transaction() as uow:
        await add_entry(uow, practice_id, UUID(texting.world.thread_id), entry=entry)
