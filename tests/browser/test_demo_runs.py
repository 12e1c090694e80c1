"""What the demo is there to show, on the demo as anybody starts it, whatever the day and the hour."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.async_api import expect

from pawline.demo.mailbox import read_mails
from tests.browser.offline import WAITING, cut_off, keep_app
from tests.browser.on_demo import demo, desktops, move_time, signed_in
from tests.browser.people import choose_photos, messages_tab, row_of
from tests.browser.windows import PHONE, Desktops, Window
from tests.photos import make_jpeg
from tests.posters import read_poster
from tests.running_demo import RunningDemo

__all__ = ["demo", "desktops"]

pytestmark = [pytest.mark.browser, pytest.mark.slow(seconds=60)]

ABOUT_PIXEL = "New messages about Pixel"
SECRET = "She cannot pay before Friday"


async def test_a_new_owner_from_the_poster_to_the_closed_door(desktops: Desktops, demo: RunningDemo) -> None:
    """AL-2, AL-8, AL-18, AL-31, AL-38, AL-40: scanned, signed up, agreed, written in a tunnel, answered; and in the evening."""
    june = await joins_by_the_poster(desktops, demo)
    await june.button("Message Vet about Biscuit").click()
    await june.button("I understand, continue").click()
    await expect(june.field).to_be_visible()
    await keep_app(june)
    await expect(june.field).to_be_visible()

    await cut_off(june)
    await choose_photos(june, [make_jpeg(320, 240), make_jpeg(240, 320)])
    await june.write("His paw, from both sides")
    await expect(june.message("His paw")).to_contain_text(WAITING)
    await june.context.set_offline(offline=False)
    await expect(june.receipt("His paw", "Sent")).to_be_visible()
    await june.button("Back").click()

    nora = await signed_in(desktops, "/staff", "Nora Ames")
    await row_of(nora, "Park").click()
    await expect(nora.message("His paw")).to_have_count(1)
    await expect(nora.message("His paw").get_by_role("button", name=re.compile("^Photo from"))).to_have_count(2)
    await nora.write("Keep it dry, please")
    await expect(june.button("Message Vet about Biscuit")).to_contain_text("1 unread message")
    await expect(june.button("Message Vet about Fig")).not_to_contain_text("unread")
    await june.button("Message Vet about Biscuit").click()
    await expect(june.message("Keep it dry, please")).to_be_visible()
    await june.button("Back").click()
    await expect(june.button("Message Vet about Biscuit")).not_to_contain_text("unread")

    await nora.button("Availability").click()
    harbour = nora.page.get_by_role("group", name="Set Northside Harbour to")
    await harbour.get_by_role("button", name="Off Duty").click()
    await june.button("Message Vet about Biscuit").click()
    closed = june.page.get_by_role("status").filter(has_text="The practice is closed")
    await expect(closed.get_by_role("link", name=re.compile("^Emergency"))).to_have_attribute("href", "tel:+15185550199")


async def joins_by_the_poster(desktops: Desktops, demo: RunningDemo) -> Window:
    """June, with two pets, by what her phone's camera reads from the paper."""
    start = await desktops.open("/")
    async with start.page.expect_download() as downloading:
        await start.page.get_by_role("link", name="the poster of Northside Harbour").click()
    [address] = read_poster((await (await downloading.value).path()).read_bytes()).scanned
    june = await desktops.open(address.removeprefix(demo.url), look=PHONE)
    email = f"june-{uuid4().hex[:12]}@example.com"
    for label, words in (("First name", "June"), ("Last name", "Park"), ("E-mail", email)):
        await june.page.get_by_label(label).fill(words)
    await june.button("Send me a code").click()
    [code] = re.findall(r"\b\d{6}\b", await mail_to(desktops, email))
    await june.page.get_by_label("6-digit code").fill(code)
    for pet in ("Biscuit", "Fig"):
        await june.page.get_by_label("Name", exact=True).fill(pet)
        await june.button("Connect").click()
        await expect(june.button(f"Message Vet about {pet}")).to_be_visible()
        if pet == "Biscuit":
            await june.visit(address.removeprefix(demo.url))
            await june.button("Add another pet").click()
    return june


async def test_a_day_of_three_of_the_team_and_two_families(desktops: Desktops, demo: RunningDemo) -> None:
    """PPB-15, PPB-25, PPB-28, PA-20, PA-21: each of the team sees and is told what is theirs."""
    nora, vane = [await signed_in(desktops, "/staff", name) for name in ("Nora Ames", "Dr Sam Vane")]
    toby = await signed_in(desktops, "/staff", "Toby Reyes", look=PHONE)
    olive, folake = [await signed_in(desktops, "/owner", name, look=PHONE) for name in ("Olive Hart", "Folake Adeyemi")]
    for owner, pet, words in ((olive, "Pixel", "Pixel limps"), (folake, "Simba", "Simba sneezes")):
        await owner.button(f"Message Vet about {pet}").click()
        await owner.write(words)
        await expect(owner.receipt(words, "Sent")).to_be_visible()

    await what_a_colleague_reads_stays_new(nora, vane, olive)
    await the_groomer_reaches_the_families_of_today(toby, elsewhere=nora.page.url.rpartition("/")[2])
    await the_note_of_a_hand_off_is_not_the_familys(nora, vane, folake)
    await who_has_not_read_for_three_minutes_gets_an_e_mail(desktops, demo, nora)


async def what_a_colleague_reads_stays_new(nora: Window, vane: Window, olive: Window) -> None:
    await row_of(vane, "Hart").click()
    await expect(vane.message("Pixel limps")).to_be_visible()
    await expect(olive.receipt("Pixel limps", "Read")).to_be_visible()
    await expect(row_of(vane, "Hart")).not_to_contain_text("unread")
    await expect(row_of(nora, "Hart")).to_contain_text("unread")
    await row_of(nora, "Hart").click()
    await expect(row_of(nora, "Hart")).not_to_contain_text("unread")


async def the_groomer_reaches_the_families_of_today(toby: Window, *, elsewhere: str) -> None:
    """Two of them on every day; the Harts come to the vet only."""
    toby.expect_error("status of 404")
    appointments = toby.page.get_by_role("article").get_by_role("button", name=re.compile(r"^\d\d:\d\d"))
    await expect(appointments).to_have_count(2)
    await appointments.first.click()
    await toby.button("Message ").first.click()
    await expect(toby.messages.first).to_be_visible()
    await toby.visit(f"/staff/threads/{elsewhere}")
    await expect(toby.page.get_by_text("no longer on your schedule")).to_be_visible()
    await expect(toby.page.get_by_text("Pixel")).to_have_count(0)


async def the_note_of_a_hand_off_is_not_the_familys(nora: Window, vane: Window, folake: Window) -> None:
    await row_of(nora, "Adeyemi").click()
    await expect(nora.message("Simba sneezes")).to_be_visible()
    await nora.log.focus()
    await nora.page.keyboard.press("h")
    await nora.page.get_by_role("combobox", name="Hand off to").fill("vane")
    await nora.page.keyboard.press("Enter")
    await nora.page.keyboard.type(SECRET)
    await nora.page.keyboard.press("Control+Enter")
    await expect(messages_tab(vane)).to_contain_text("handed to you")
    await vane.button("Handed to me").click()
    await row_of(vane, "Adeyemi").click()
    await expect(vane.message(SECRET)).to_be_visible()
    async with folake.page.expect_response(re.compile(r"/api/v1/threads/[^/]+$")) as loading:
        await folake.page.reload()
    await expect(folake.message("Simba sneezes")).to_be_visible()
    assert "Simba sneezes" in (loaded := await (await loading.value).text())
    assert SECRET not in loaded + await folake.page.content()


async def who_has_not_read_for_three_minutes_gets_an_e_mail(desktops: Desktops, demo: RunningDemo, nora: Window) -> None:
    """Olive sees it arrive, Omar is out."""
    await row_of(nora, "Hart").click()
    await nora.write("Is it warm?")
    await expect(nora.receipt("Is it warm?", "Read")).to_be_visible()
    earlier, now = read_mails(folder := demo.settings.data / "mailbox"), await move_time(demo, advance_seconds=0)
    await move_time(demo, advance_seconds=190)

    assert ABOUT_PIXEL in await mail_to(desktops, "omar@example.com")
    mails = [mail for mail in read_mails(folder) if mail not in earlier and ABOUT_PIXEL in mail.subject]
    assert [("omar@example.com", True)] == [(mail.to, mail.sent_at >= now + timedelta(minutes=3)) for mail in mails]


async def mail_to(desktops: Desktops, address: str) -> str:
    """The newest, as the demo's mailbox shows it."""
    mailbox = await desktops.open("/demo/mail")
    await mailbox.page.get_by_role("button").filter(has_text=address).first.click()
    return await mailbox.page.get_by_role("article").inner_text()
