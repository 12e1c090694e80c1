"""Starting to text somebody, and learning who they are."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.texts import make_british, olive_texts, row_of, text_thread
from tests.browser.windows import Desktops, Window
from tests.texting_scene import OLIVE, UNKNOWN, Texting

pytestmark = pytest.mark.browser
TYPED = "(415) 555-0199"


async def number_form(desktops: Desktops, texting: Texting) -> tuple[Window, Locator]:
    nora = await desktops.open("/staff", person=texting.world.nora)
    await nora.button("New chat").click()
    return nora, nora.page.get_by_role("dialog", name="Type a Number")


async def choose_for_texting(desktops: Desktops, texting: Texting, last_name: str) -> tuple[Window, Locator]:
    """Start New Conversation, with a title, as far as the clients found."""
    nora = await desktops.open("/staff", person=texting.world.nora)
    await nora.page.get_by_role("button", name="Start New Conversation").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("Blood results")
    await dialog.get_by_role("button", name="Start Text Messaging").click()
    await expect(nora.page.get_by_role("dialog", name="Choose User for Texting")).to_be_visible()
    await dialog.get_by_role("combobox").fill(last_name)
    return nora, dialog


async def join_app(texting: Texting) -> None:
    joined = "UPDATE contact SET app_joined_at = now() WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id"
    await texting.rows(joined, id=texting.world.olive.id)


async def guest_thread(desktops: Desktops, texting: Texting) -> Window:
    await texting.receive("hi do you see rabbits?")
    nora = await desktops.open("/staff", person=texting.world.nora)
    await row_of(nora, "Guest").click()
    await expect(nora.field).to_be_visible()
    return nora


async def test_a_number_and_a_name_start_a_chat(desktops: Desktops, texting: Texting) -> None:
    """PA-7, PA-8, V2P-26: the clinic asks for names, and says so at the fields."""
    nora, dialog = await number_form(desktops, texting)
    nora.expect_error("status of 422")

    await dialog.get_by_label("Phone number").fill(TYPED)
    await dialog.get_by_role("button", name="Start", exact=True).click()
    await expect(dialog.get_by_text("It is empty; fill it in")).to_have_count(2)
    await dialog.get_by_label("First name").fill("Jordan")
    await dialog.get_by_label("Last name").fill("Reed")
    await dialog.get_by_role("button", name="Start", exact=True).click()

    await expect(nora.page.get_by_role("note", name="SMS conversation")).to_contain_text("+1 415-555-0199")
    await expect(row_of(nora, "Reed family")).to_be_visible()
    await nora.write("Your rabbit is ready")
    await expect(nora.message("Your rabbit is ready")).to_contain_text("Sent via Text")
    assert "Your rabbit is ready" in await texting.sent_to("+14155550199")


async def test_where_names_are_not_asked_for_a_number_makes_a_guest(desktops: Desktops, texting: Texting) -> None:
    """PA-8, PA-9"""
    await make_british(texting)
    nora, dialog = await number_form(desktops, texting)

    await dialog.get_by_label("Phone number").fill("07700 900123")
    await dialog.get_by_role("button", name="Start", exact=True).click()

    await expect(row_of(nora, "Guest +44 7700 900123")).to_be_visible()
    await expect(row_of(nora, "Guest").get_by_text("Guest", exact=True)).to_be_visible()
    await expect(row_of(nora, "Guest").get_by_text("SMS", exact=True)).to_be_visible()


async def test_somebody_in_the_app_is_written_to_there(desktops: Desktops, texting: Texting) -> None:
    """PA-11, PA-12: no text chat comes about."""
    await join_app(texting)
    nora, dialog = await number_form(desktops, texting)
    nora.expect_error("status of 409")

    await dialog.get_by_label("Phone number").fill(OLIVE)
    await dialog.get_by_role("button", name="Start", exact=True).click()
    await expect(dialog).to_contain_text("Olive Hart uses the app")
    await dialog.get_by_role("button", name="Write in the app").click()

    await expect(nora.page).to_have_url(re.compile(f"/staff/threads/{texting.world.thread_id}$"))
    await expect(nora.page.get_by_role("note", name="SMS conversation")).to_have_count(0)
    assert [] == await texting.rows("SELECT id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")


async def test_a_client_is_chosen_for_texting_by_last_name(desktops: Desktops, texting: Texting) -> None:
    """V2P-18, V2P-23, V2P-24, C9: under the title given, and why it is no chat in the app stays visible."""
    nora, dialog = await choose_for_texting(desktops, texting, "har")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await expect(dialog.get_by_role("option")).to_contain_text("+1 415-555-0117")
    await nora.page.keyboard.press("Enter")

    notice = nora.page.get_by_role("note", name="SMS conversation")
    await expect(notice).to_contain_text("Chat not available: The client has not downloaded or signed in to your mobile app")
    await expect(nora.heading("Blood results")).to_be_visible()
    await expect(nora.field).to_be_focused()
    await nora.write("The results are in")
    await expect(nora.message("The results are in")).to_contain_text("Sent via Text")


async def test_on_the_list_too_the_app_comes_first(desktops: Desktops, texting: Texting) -> None:
    """V2P-19, PA-11, PA-12, C9: whoever is in the app is offered there, under the title given."""
    await join_app(texting)
    nora, dialog = await choose_for_texting(desktops, texting, "hart")
    nora.expect_error("status of 409")
    await expect(dialog.get_by_role("option")).to_contain_text("In the app")

    await dialog.get_by_role("option").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Olive Hart uses the app")
    await dialog.get_by_role("button", name="Write in the app").click()

    await expect(nora.heading("Blood results")).to_be_visible()
    assert ["app"] == [each["channel"] for each in (await texting.world.nora.thread(texting.world.thread_id))["conversations"]]


async def test_whoever_is_not_listed_is_typed_and_listed_from_then_on(desktops: Desktops, texting: Texting) -> None:
    """V2P-26, V2P-27: the number normalised, what is wrong with it said in words, the person remembered under the name."""
    nora, dialog = await choose_for_texting(desktops, texting, "Reed")
    nora.expect_error("status of 422")
    await expect(dialog).to_contain_text("Nobody with a textable number found for “Reed”")
    await dialog.get_by_role("button", name="Type a Number").click()
    await dialog.get_by_label("Phone number").fill("12")
    await dialog.get_by_label("First name").fill("Jordan")
    await dialog.get_by_label("Last name").fill("Reed")
    await dialog.get_by_role("button", name="Start", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text("It is not a phone number")
    await dialog.get_by_label("Phone number").fill(TYPED)
    await dialog.get_by_label("Phone number").press("Enter")
    await expect(nora.heading("Blood results")).to_be_visible()

    _, dialog = await choose_for_texting(desktops, texting, "ree")
    await expect(dialog.get_by_role("option")).to_contain_text(["Jordan Reed"])
    await expect(dialog.get_by_role("option")).to_contain_text(["+1 415-555-0199"])


async def test_a_guest_is_named_by_the_pencil_beside_the_title(desktops: Desktops, texting: Texting) -> None:
    """V2P-69, V2P-70, V2P-71: what was written stays under the name it was written under."""
    nora = await guest_thread(desktops, texting)

    await nora.button("Rename the conversation").click()
    await nora.button("Client details").click()
    dialog = nora.page.get_by_role("dialog", name="Client details")
    await expect(dialog.get_by_label("First name")).to_have_value("")
    await dialog.get_by_label("First name").fill("Jordan")
    await dialog.get_by_label("Last name").fill("Reed")
    await dialog.get_by_label("E-mail").fill("jordan@example.com")
    await dialog.get_by_role("button", name="Save").click()

    family = nora.page.get_by_role("complementary", name="Family")
    await expect(family).to_contain_text("Jordan Reed")
    await expect(family).to_contain_text("jordan@example.com")
    await expect(nora.message("hi do you see rabbits?")).to_contain_text("+1 415-555-0134")


async def test_update_pet_details_opens_the_same_form(desktops: Desktops, texting: Texting) -> None:
    """PA-9, PA-10"""
    nora = await guest_thread(desktops, texting)

    await nora.page.get_by_role("button", name="More", exact=True).click()
    await nora.page.get_by_role("menuitem", name="Update Pet Details").click()
    dialog = nora.page.get_by_role("dialog", name="Client details")
    await dialog.get_by_label("First name").fill("Jordan")
    await dialog.get_by_role("button", name="Save").click()

    await expect(nora.page.get_by_role("complementary", name="Family")).to_contain_text("Jordan")
    await expect(dialog).to_have_count(0)


async def test_a_guest_who_answers_the_questions_gets_their_name_live(desktops: Desktops, texting: Texting) -> None:
    """V2P-69: and an address that is not on file is offered to the team."""
    nora = await guest_thread(desktops, texting)
    for answer in ("Jordan", "Reed", "jordan@example.com"):
        await texting.receive(answer, from_=UNKNOWN)

    await expect(nora.page.get_by_role("complementary", name="Family")).to_contain_text("Jordan Reed")
    await nora.button("Add to client details").click()

    await expect(nora.page.get_by_role("dialog").get_by_label("E-mail")).to_have_value("jordan@example.com")


async def test_texting_a_number_on_file_starts_beside_it(desktops: Desktops, texting: Texting) -> None:
    """V2P-25: from the family's panel, in the same thread."""
    nora = await text_thread(desktops, texting)

    await nora.button("Start texting").click()

    await expect(nora.page.get_by_role("note", name="SMS conversation")).to_contain_text("+1 415-555-0117")
    await olive_texts(texting, "Yes?")
    await expect(nora.message("Yes?")).to_contain_text("Sent via Text")
