"""The demo's phones, played as somebody would who sees them for the first time."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import pikepdf
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.phones_demo import PhonesDemo, phones, phones_demo
from tests.simulated_carrier import OLIVE, STRANGER
from tests.world import Json

__all__ = ["phones", "phones_demo"]
pytestmark = pytest.mark.browser

AWAY = (
    "This is an auto-reply. We're sorry we aren't available to chat at the moment. If this is an emergency, please call "
    "(518) 555-0199 for after-hours instructions. Your message will be received by our practice during business hours."
)
SLOW_MS = 60_000


@pytest.fixture
async def tables(browser: Browser, phones: PhonesDemo) -> AsyncGenerator[Desktops]:
    """Windows on the demo."""
    opened = Desktops(browser, phones.product)
    yield opened
    assert [] == await opened.close()


async def test_an_unknown_number_is_asked_three_questions_and_becomes_a_client(phones: PhonesDemo, tables: Desktops) -> None:
    await _open_clinic(phones)
    await phones.ask("POST", "unknown-numbers", {"number": STRANGER})
    phone = Phone(await tables.open("/phones"), "Unknown number")
    for words, question in (
        ("hi do you see rabbits?", "please enter your first name only. (Question 1/3)"),
        ("Jordan", "Thanks, Jordan. Next, please enter your last name only. (Question 2/3)"),
        ("Lee", "please enter your email only"),
    ):
        await phone.text(words)
        await expect(phone.received.filter(has_text=question)).to_have_count(1)
    await phone.text("jordan.lee@example.com")
    await expect(phone.received).to_have_count(3)
    await phones.carrier.until(lambda entries: all(entry.state != "received" for entry in entries))

    assert ["Jordan Lee"] == await phones.names_of(STRANGER)


async def test_a_text_at_night_gets_the_away_reply_word_for_word(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    await _open_clinic(phones)
    await _close_clinic(phones)
    phone = Phone(window, "Olive Hart")
    await phone.text("Pixel has been coughing since supper. Is somebody there?")

    await expect(phone.received).to_have_text([f"Received: {AWAY}"])


async def test_the_clock_opens_and_closes_the_clinic_and_nobody_is_signed_out(phones: PhonesDemo, tables: Desktops) -> None:
    nora = await phones.nora()
    window = await tables.open("/phones")
    clinic = window.page.get_by_role("listitem").filter(has_text="Northside Hill Street").filter(has_text="clinic")
    await _close_clinic(phones)
    await window.visit("/phones")
    await clinic.get_by_role("button", name="Open clinic").click()
    await expect(clinic.get_by_text("open", exact=True)).to_be_visible()
    for _ in range(2):
        await window.button("+48 h").click()
        await expect(window.button("+48 h")).to_be_enabled()
    signed_in = await nora.get("/session")
    await window.button("Back to now").click()
    await expect(window.page.get_by_text("as it is now")).to_be_visible()

    assert "Nora Ames" == signed_in.json()["person"]["name"]
    assert 0 == (await phones.ask("GET", "time")).json()["offset_seconds"]
    assert "Nora Ames" == (await nora.get("/session")).json()["person"]["name"]
    await nora.close()


async def test_stop_after_a_reminder_stops_everything_and_start_restores_it(phones: PhonesDemo, tables: Desktops) -> None:
    await _open_clinic(phones)
    phone = Phone(await tables.open("/phones"), "Olive Hart")
    await phones.ask("POST", "reminder")
    await expect(phone.received.filter(has_text="Pixel is due")).to_have_count(1)
    await phone.press("STOP")
    await expect(phone.here.get_by_text("This phone said STOP")).to_be_visible()
    await phones.carrier.until(lambda entries: all(entry.state != "received" for entry in entries))
    refused = [await phones.ask("POST", "reminder"), await phones.ask("POST", "texts", {"number": OLIVE})]
    await phone.press("START")
    await expect(phone.here.get_by_text("This phone said STOP")).to_have_count(0)
    await phones.carrier.until(lambda entries: all(entry.state != "received" for entry in entries))
    await phones.ask("POST", "reminder")

    assert [409, 409] == [answer.status_code for answer in refused]
    await expect(phone.received.filter(has_text="Pixel is due")).to_have_count(2)
    await expect(phone.received.filter(has_text="Text from the clinic")).to_have_count(0)


async def test_a_photo_texted_in_appears_at_the_clinic(phones: PhonesDemo, tables: Desktops) -> None:
    phone = Phone(await tables.open("/phones"), "Olive Hart")
    await phone.here.get_by_role("button", name="Add a picture").click()
    await phone.here.get_by_role("button", name="Picture of a paw").click()
    await phone.text("Pixel's paw")
    await expect(phone.here.get_by_role("img", name="Picture texted by this phone")).to_be_visible()
    nora = await phones.nora()
    message = await _message_of_olive(phones, "Pixel's paw")
    staff = await tables.open(f"/staff/threads/{message['thread_id']}", person=nora)

    photo = staff.message("Pixel's paw").get_by_role("button", name="Photo from Olive Hart").locator("img").first
    await expect(photo).to_be_visible()
    assert await photo.evaluate("(image) => image.decode().then(() => image.naturalWidth > 0)")
    await nora.close()


async def test_a_phone_in_the_united_kingdom_cannot_text_a_picture_and_says_so(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    window.expect_error("status of 400")
    phone = Phone(window, "Priya Shah (UK)")
    await phone.here.get_by_role("button", name="Add a picture").click()
    await phone.here.get_by_role("button", name="Picture of a dog").click()
    await phone.here.get_by_role("button", name="Send").click()

    await expect(phone.here.get_by_role("alert")).to_have_text("Pictures cannot be texted to or from the United Kingdom.")


async def test_a_pdf_texted_out_opens_from_its_link(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    phone = Phone(window, "Olive Hart")
    await phone.text("Could you send me the vaccination record?")
    message = await _message_of_olive(phones, "Could you send me the vaccination record?")
    await _send_pdf(phones, message)
    link = phone.received.get_by_role("link").filter(has_text="/f/")
    async with window.context.expect_page() as opening:
        await link.click()
    page = await opening.value

    await expect(page.get_by_role("heading", level=1)).to_contain_text("Northside Hill Street")
    await expect(page.get_by_text("Vaccinations.pdf")).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Download").click()
    assert "Vaccinations.pdf" == (await downloading.value).suggested_filename


async def test_a_call_to_the_text_number_rings_at_the_clinic_and_is_missed(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    phone = Phone(window, "Olive Hart")
    await phone.here.get_by_role("button", name="Call the text number").click()
    ring = window.page.get_by_role("alertdialog", name="The clinic's phone rings")
    await expect(ring).to_contain_text("Olive Hart is calling")
    await ring.get_by_role("button", name="Let it ring out").click()
    await expect(ring).to_have_count(0)
    await expect(phone.here.get_by_role("button", name="Hang up")).to_have_count(0, timeout=SLOW_MS)

    assert 1 == await phones.scratch.count("message", "kind = 'system' AND body LIKE 'Missed call from Olive Hart%'")


async def test_twenty_texts_each_way_arrive_once_in_the_worst_weather(phones: PhonesDemo, tables: Desktops) -> None:
    await _each_way(phones, tables, count=20)


async def test_a_scenario_runs_by_its_button(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    scenario = window.page.get_by_role("listitem").filter(has_text="A text at night gets the away reply")
    await scenario.get_by_role("button", name="Run").click()

    await expect(scenario.get_by_text("All as it should be.")).to_be_visible(timeout=SLOW_MS)
    await expect(Phone(window, "Olive Hart").received.first).to_contain_text(AWAY)


async def test_phones_can_be_added_and_switched_off(phones: PhonesDemo, tables: Desktops) -> None:
    window = await tables.open("/phones")
    await window.button("Add a phone").click()
    dialog = window.page.get_by_role("dialog", name="Add a phone")
    await dialog.get_by_label("Whose phone").fill("Omar Hart")
    await dialog.get_by_role("button", name="Add phone").click()
    phone = Phone(window, "Omar Hart")
    await phone.here.get_by_role("button", name="Switch off the phone").click()

    await expect(phone.here.get_by_role("button", name="Switch on the phone")).to_be_visible()
    assert [False] == [each["is_on"] for each in await _phones(phones) if each["name"] == "Omar Hart"]


async def test_the_page_says_when_the_carrier_is_away(desktops: Desktops) -> None:
    window = await desktops.open("/phones")
    window.expect_error("status of 404")

    await expect(window.page.get_by_role("alert")).to_contain_text("The phones are not connected")
    await expect(window.button("Try again")).to_be_visible()


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_the_phones_have_no_grave_accessibility_finding(phones: PhonesDemo, tables: Desktops, look: Look) -> None:
    window = await tables.open("/phones", look=look)
    phone = Phone(window, "Olive Hart")
    await phone.text("Good morning")
    await expect(phone.here.get_by_text("Good morning")).to_be_visible()
    first = await grave_findings(window.page)
    await window.page.get_by_text("Choose what goes wrong").click()
    await phone.here.get_by_role("button", name="Add a picture").click()
    await phone.here.get_by_role("button", name="Call the text number").click()
    await expect(window.page.get_by_role("alertdialog")).to_be_visible()

    assert [] == first
    assert [] == await grave_findings(window.page)


class Phone:
    """One phone on the page."""

    def __init__(self, window: Window, name: str) -> None:
        self.here = window.page.get_by_role("article", name=f"Phone of {name}")

    @property
    def received(self) -> Locator:
        return self.here.get_by_role("log").locator(".bubble").filter(has_text="Received: ")

    async def text(self, words: str) -> None:
        await self.here.get_by_role("textbox").fill(words)
        await self.here.get_by_role("button", name="Send").click()
        await expect(self.here.get_by_role("textbox")).to_have_value("")

    async def press(self, word: str) -> None:
        await self.here.get_by_role("button", name=word, exact=True).click()


async def _open_clinic(phones: PhonesDemo) -> None:
    assert 200 == (await phones.ask("POST", "time", {"until": "open"})).status_code


async def _close_clinic(phones: PhonesDemo) -> None:
    assert 200 == (await phones.ask("POST", "time", {"until": "closed"})).status_code


async def _phones(phones: PhonesDemo) -> list[Json]:
    return (await phones.carrier.http.get("/phones")).json()["phones"]


async def _message_of_olive(phones: PhonesDemo, body: str) -> Json:
    """Her latest text with these words, once the clinic has it with all its files."""
    await phones.carrier.until(lambda entries: all(entry.state != "received" for entry in entries))
    query = "SELECT id, thread_id, conversation_id FROM message WHERE body = '{}' ORDER BY created_at DESC LIMIT 1"
    row = (await phones.scratch.rows(query.format(body.replace("'", "''"))))[0]
    return {"id": str(row[0]), "thread_id": str(row[1]), "conversation_id": str(row[2])}


async def _send_pdf(phones: PhonesDemo, message: Json) -> None:
    nora, pdf = await phones.nora(), pikepdf.new()
    pdf.add_blank_page()
    path = phones.product.settings.data / "record.pdf"
    pdf.save(path)
    file = await nora.http.post(
        f"/threads/{message['thread_id']}/attachments",
        params={"file_name": "Vaccinations.pdf"},
        headers={"Idempotency-Key": str(uuid4())},
        content=path.read_bytes(),
    )
    assert 201 == file.status_code, file.text
    words = {"attachment_ids": [file.json()["id"]], "text_conversation_id": message["conversation_id"]}
    await nora.post_text(message["thread_id"], "", **words)
    await nora.close()


async def _each_way(phones: PhonesDemo, tables: Desktops, *, count: int) -> None:
    """The ledger of the carrier counts what went out, the database what came in."""
    await _open_clinic(phones)
    window = await tables.open("/phones")
    mark = uuid4().hex[:8]
    await window.button("Worst weather").click()
    await expect(window.page.get_by_text("as bad as it gets")).to_be_visible()
    for place in range(count):
        await phones.carrier.receive(from_=OLIVE, to="+18885550142", text=f"Pixel diary {mark} {place}", wait=False)
    sent = await phones.ask("POST", "texts", {"number": OLIVE, "count": count, "body": mark})
    assert 204 == sent.status_code, sent.text

    def is_all_over(entries: list[Json]) -> bool:
        out = [entry for entry in entries if entry.kind == "outbound" and mark in entry.body and entry.arrived_at]
        return len(out) >= count and all(entry.state != "received" for entry in entries)

    await phones.carrier.until(is_all_over, seconds=180 + 2 * count)
    bodies = [body for body in await phones.carrier.sent_to(OLIVE) if mark in body]
    taken = await phones.scratch.count("message", f"body LIKE 'Pixel diary {mark} %'")

    assert [count, count] == [len(bodies), len(set(bodies))]
    assert count == taken
    await expect(Phone(window, "Olive Hart").received.filter(has_text=mark)).to_have_count(count, timeout=SLOW_MS)
    await window.button("Fair").click()
    await expect(window.page.get_by_text("as bad as it gets")).to_be_hidden()
