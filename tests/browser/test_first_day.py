"""A new owner's first day, on her phone from the poster on the wall to the closed door."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from pawline.joining.tests.conftest import no_sign_ups_yet
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.browser.offline import WAITING, cut_off, keep_app
from tests.browser.people import choose_photos
from tests.browser.windows import PHONE, Desktops, Window
from tests.photos import make_jpeg
from tests.posters import read_poster
from tests.world import World

__all__ = ["no_sign_ups_yet", "no_tries_yet", "post_office", "postman"]

pytestmark = [pytest.mark.browser, pytest.mark.offline]


async def test_from_the_poster_to_the_closed_door(desktops: Desktops, world: World, postman: Postman) -> None:
    """AL-2, AL-8, AL-18, AL-31, AL-38: she signs up, agrees, writes in a tunnel, is answered, and sees that it is closed."""
    june = await _join(desktops, world, postman)
    await june.button("Message Vet about Biscuit").click()
    await june.button("I understand, continue").click()
    await expect(june.field).to_be_visible()
    thread_id = june.page.url.rpartition("/threads/")[2].partition("/")[0]
    await keep_app(june)
    await expect(june.field).to_be_visible()

    await cut_off(june)
    await choose_photos(june, [make_jpeg(320, 240), make_jpeg(240, 320)])
    await june.write("His paw, from both sides")
    await expect(june.message("His paw")).to_contain_text(WAITING)
    await june.button("Back").click()
    await expect(june.page.get_by_role("article", name="Biscuit")).to_contain_text("1 not sent yet")
    await june.context.set_offline(offline=False)
    await expect(june.page.get_by_role("article", name="Biscuit")).not_to_contain_text("not sent yet")
    stored = (await world.nora.thread(thread_id))["messages"]
    assert [("His paw, from both sides", 2)] == [(each["body"], len(each["attachments"])) for each in stored]

    await world.nora.post_text(thread_id, "Keep it dry, please", pet_ids=stored[0]["pet_ids"])
    await expect(june.button("Message Vet about Biscuit")).to_contain_text("1 unread message")
    await june.button("Message Vet about Biscuit").click()
    await expect(june.message("Keep it dry, please")).to_be_visible()
    await expect(june.message("His paw").locator("img")).to_have_count(2)
    await june.button("Back").click()
    await expect(june.button("Message Vet about Biscuit")).not_to_contain_text("unread")

    response = await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": "off_duty"})
    assert 200 == response.status_code, response.text
    await june.button("Message Vet about Biscuit").click()
    await expect(june.page.get_by_role("status").filter(has_text="The practice is closed")).to_be_visible()


async def _join(desktops: Desktops, world: World, postman: Postman) -> Window:
    poster = read_poster((await world.ada.get(f"/clinics/{world.clinic_id}/poster.pdf")).content)
    email = f"june-{uuid4().hex[:12]}@example.com"
    june = await desktops.open(poster.scanned[0].removeprefix(world.product.url), look=PHONE)
    await june.page.get_by_label("First name").fill("June")
    await june.page.get_by_label("Last name").fill("Park")
    await june.page.get_by_label("E-mail").fill(email)
    await june.button("Send me a code").click()
    await june.page.get_by_label("6-digit code").fill((await postman.letters(email))[0].code)
    await june.page.get_by_label("Name", exact=True).fill("Biscuit")
    await june.button("Connect").click()
    await expect(june.button("Message Vet about Biscuit")).to_be_visible()
    return june
