"""Finding a vet: one owner at several practices, asking a clinic, inviting a vet who may be new to Pawline."""

import re
from uuid import UUID, uuid4

import pytest
from playwright.async_api import expect

from pawline.sign_in.linking import ContactKey, link_contacts
from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

__all__ = ["no_tries_yet"]

pytestmark = pytest.mark.browser

PASSWORD = "nine brown dogs sleep"
# What is asked for in the moment in which the other practice's session begins, nobody is signed in to see any more.
SESSION_CHANGES = "404 .*/(session/owner/others|availability|pets)"


@pytest.fixture
async def two_practices(world: World) -> None:
    """At Riverside Omar is Rolf, as it were: Rex is his, too, and something about Rex is unread."""
    async with world.product.database.transaction() as uow:
        omar = ContactKey(UUID(world.practice_id), UUID(world.omar.id))
        await link_contacts(uow, omar, ContactKey(UUID(world.riverside_id), UUID(world.rolf.id)))
    await world.rita.post_text(world.riverside_thread_id, "Rex may eat again")


async def add_biscuit(window: Window) -> None:
    await window.button("Add a pet").click()
    await window.page.get_by_label("Name", exact=True).fill("Biscuit")
    await window.button("Add").last.click()
    await expect(window.heading("Biscuit")).to_be_visible()


async def make_link(window: Window) -> str:
    await window.button("Invite Vet for Biscuit").click()
    await window.button("Make a link").click()
    link = await window.page.get_by_text("/staff/invitation#token=").inner_text()
    await window.button("Done").click()
    return link.removeprefix(window.product.url)


async def start_lakeside(window: Window) -> None:
    await window.button("We are new to Pawline").click()
    answers = {"Name of the practice": "Lakeside Vets", "Name of the clinic": "Pier", "Your name": "Lena Park"}
    for label, answer in answers.items():
        await window.page.get_by_label(label).fill(answer)
    await window.page.get_by_label("Country").fill("US")
    await window.page.get_by_label("Time zone").select_option("America/Chicago")
    await window.page.get_by_label("Your e-mail").fill(f"lena-{uuid4().hex[:8]}@lakeside.example")
    await window.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await window.button("Start and accept").click()


async def refuse_fields(window: Window) -> None:
    """What the server says to a form in Spanish, beside the fields it is about."""
    answers = {"Nombre de la consulta": " ", "Nombre de la clínica": "Muelle", "País": "1", "Su nombre": "Lena Park"}
    answers |= {"Su correo": "lena@lakeside.example", "Contraseña": PASSWORD}
    for label, answer in answers.items():
        await window.page.get_by_label(label, exact=True).fill(answer)
    await window.page.get_by_label("Zona horaria").select_option("America/Chicago")
    await window.button("Empezar y aceptar").click()
    await expect(window.page.get_by_text("Este dato no es un código de país; dé dos letras, como US, ES o MX.")).to_be_visible()
    await window.page.get_by_label("País").fill("US")
    await window.button("Empezar y aceptar").click()
    await expect(window.page.get_by_text("Este dato está vacío; rellénelo.")).to_be_visible()
    await window.page.get_by_label("Contraseña", exact=True).fill("corta")
    await window.button("Empezar y aceptar").click()
    await expect(window.page.get_by_text("Este dato necesita entre 12 y ")).to_be_visible()


async def sign_in_wrongly(window: Window) -> None:
    """The step for who has a practice already."""
    await expect(window.heading("Inicie sesión en la bandeja de entrada")).to_be_visible()
    await window.page.get_by_label("Correo electrónico").fill("nobody@lakeside.example")
    await window.page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    await window.button("Iniciar sesión").click()
    await expect(window.page.get_by_text("El correo o la contraseña no es correcto.")).to_be_visible()


async def require_no_scrolling_sideways(window: Window) -> None:
    await window.page.set_viewport_size({"width": 320, "height": 700})
    assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_pets_of_two_practices_stand_on_one_screen(desktops: Desktops, world: World, two_practices: None) -> None:
    """AL-20: a press on the other practice's button leads into its thread, live; and back again."""
    omar = await desktops.open("/owner", person=world.omar, look=PHONE)
    omar.expect_error(SESSION_CHANGES)
    riverside = omar.page.get_by_role("region", name="Riverside Vets")
    await expect(omar.heading("Northside Veterinary")).to_be_visible()
    await expect(riverside.get_by_role("button", name="Message Vet about Rex 1 unread message")).to_be_visible()
    await require_no_scrolling_sideways(omar)
    await riverside.get_by_role("button", name="Message Vet about Rex").click()
    await expect(omar.message("Rex may eat again")).to_be_visible()
    await world.rita.post_text(world.riverside_thread_id, "And run")
    await expect(omar.message("And run")).to_be_visible()
    await omar.visit("/owner")
    await omar.page.get_by_role("region", name="Northside Veterinary").get_by_role("button", name="Message Vet").click()
    await omar.write("Back at Northside")

    await expect(omar.receipt("Back at Northside", "Sent")).to_be_visible()


@pytest.mark.offline
async def test_without_a_network_the_other_practice_is_as_last_seen(
    desktops: Desktops, world: World, two_practices: None
) -> None:
    omar = await desktops.open("/owner", person=world.omar, look=PHONE)
    riverside = omar.page.get_by_role("region", name="Riverside Vets")
    await expect(riverside.get_by_role("button", name="Message Vet about Rex")).to_be_visible()
    omar.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::ERR")
    await omar.context.set_offline(offline=True)
    await riverside.get_by_role("button", name="Message Vet about Rex").click()

    await expect(omar.page.get_by_text("Going to Riverside Vets needs a connection.")).to_be_visible()
    await expect(riverside.get_by_text("As last seen.")).to_be_visible()


async def test_what_is_not_sent_waits_for_its_practice(desktops: Desktops, world: World, two_practices: None) -> None:
    """Nothing is lost by going to another practice: it says so, and sends it when one comes back."""
    posts = f"**/threads/{world.thread_id}/messages"
    omar = await desktops.open("/owner", person=world.omar, look=PHONE)
    omar.expect_error(f"ERR_FAILED|{SESSION_CHANGES}")
    await omar.context.route(posts, lambda route: route.abort())
    await omar.button("Message Vet about Pixel").click()
    await omar.write("Is Pixel awake?")
    await expect(omar.message("Is Pixel awake?")).to_be_visible()
    await omar.page.go_back()
    await omar.button("Message Vet about Rex").click()
    await expect(omar.page.get_by_text("What you wrote to Northside Veterinary is kept here.")).to_be_visible()
    await omar.context.unroute(posts)
    await omar.visit("/owner")
    await omar.button("Message Vet about Pixel").click()

    await expect(omar.receipt("Is Pixel awake?", "Sent")).to_be_visible()


async def test_a_clinic_is_asked_and_accepts(desktops: Desktops, world: World) -> None:
    """AL-11, AL-16, AL-17: Connect to Vet, then an inactive Message Vet, then an active one; both screens follow."""
    hal = await desktops.open("/staff", person=world.hal)
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await add_biscuit(olive)
    await olive.button("Connect to Vet for Biscuit").click()
    await olive.button("Harbour").click()
    await expect(olive.page.get_by_text("Asked Harbour, waiting for their answer.")).to_be_visible()
    await expect(olive.button("Message Vet about Biscuit")).to_be_disabled()
    await hal.button("Accept Biscuit").click()
    await expect(hal.field).to_be_visible()
    await expect(olive.button("Message Vet about Biscuit")).to_be_enabled()
    await olive.button("Message Vet about Biscuit").click()
    await olive.write("Hello Harbour")

    await expect(hal.message("Hello Harbour")).to_be_visible()
    await expect(hal.heading("New connections")).to_have_count(0)


async def test_a_vet_new_to_pawline_accepts_by_the_link(desktops: Desktops, world: World) -> None:
    """AL-12, AL-14, AL-15, AL-21: Invite Vet on the pet's card; the vet sets up a practice; the owner's screen follows."""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await add_biscuit(olive)
    link = await make_link(olive)
    lena = await desktops.open(link)
    await expect(lena.heading("Olive Hart asks you to be Biscuit's vet")).to_be_visible()
    await start_lakeside(lena)
    await expect(lena.field).to_be_visible()
    lakeside = olive.page.get_by_role("region", name="Lakeside Vets")
    await lakeside.get_by_role("button", name="Message Vet about Biscuit").click()
    await expect(olive.page).to_have_url(re.compile("/owner/threads/"))
    late = await desktops.open("about:blank")
    late.expect_error("404")
    await late.visit(link)

    await expect(late.page.get_by_text("This invitation was accepted already.")).to_be_visible()


async def test_an_invitation_is_mailed_declined_and_withdrawn(desktops: Desktops, world: World) -> None:
    """AL-13, AL-17, AL-21"""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await add_biscuit(olive)
    await olive.button("Connect to Vet for Biscuit").click()
    await olive.page.get_by_role("dialog").get_by_role("button", name="Invite Vet").click()
    await expect(olive.page.get_by_role("dialog", name="Invite a vet for Biscuit")).to_be_visible()
    await olive.page.get_by_label("The vet's e-mail").fill("vet@lakeside.example")
    await olive.button("Send the invitation").click()
    await expect(olive.page.get_by_text("Invited vet@lakeside.example, waiting for their answer.")).to_be_visible()
    await expect(olive.button("Send again")).to_be_visible()
    await require_no_scrolling_sideways(olive)
    await olive.button("Withdraw").click()
    await expect(olive.page.get_by_text("You have withdrawn the invitation of vet@lakeside.example.")).to_be_visible()
    rita = await desktops.open(await make_link(olive), person=world.rita)
    await rita.button("Decline").click()
    await expect(rita.heading("You have declined")).to_be_visible()

    await expect(olive.page.get_by_text("Declined by the vet with your link. You can ask another vet.")).to_be_visible()


@pytest.mark.parametrize("look", [PHONE, DARK_LAPTOP], ids=["phone", "dark"])
async def test_the_screens_have_no_grave_accessibility_finding(
    desktops: Desktops, world: World, two_practices: None, look: Look
) -> None:
    omar = await desktops.open("/owner", person=world.omar, look=look)
    await expect(omar.button("Message Vet about Rex")).to_be_visible()
    await omar.button("Add a pet").click()
    found = await grave_findings(omar.page)
    await omar.button("Close").click()
    await add_biscuit(omar)
    found += await grave_findings(omar.page)
    await omar.button("Connect to Vet for Biscuit").click()
    found += await grave_findings(omar.page)
    await omar.button("Close").click()
    vet = await desktops.open(await make_link(omar), look=look)
    await expect(vet.button("Decline")).to_be_visible()
    found += await grave_findings(vet.page) + await grave_findings(omar.page)
    await vet.button("We are new to Pawline").click()
    found += await grave_findings(vet.page)
    await world.omar.send("PUT", f"/pets/{world.pixel_id}/connections/{world.other_clinic_id}")
    hal = await desktops.open("/staff", person=world.hal, look=look)
    await expect(hal.button("Accept Pixel")).to_be_visible()
    found += await grave_findings(hal.page)

    assert [] == found


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_the_invitation_is_in_the_language_of_the_mail(desktops: Desktops, world: World, look: Look) -> None:
    """AL-13 and 4.5: of whoever asks, with English a press away; the inbox behind it stays English."""
    spanish = {"X-Pawline-Version": "1", "Accept-Language": "es"}
    await world.olive.send("GET", "/session", headers=spanish)
    made = await world.olive.send(
        "POST", "/vet-invitations", {"pet_id": world.pixel_id}, headers={"Idempotency-Key": str(uuid4())}
    )
    invitations = (await world.olive.get("/vet-invitations")).json()["invitations"]
    link = next(each["link"] for each in invitations if each["pet_id"] == world.pixel_id)
    lena = await desktops.open(link.removeprefix(world.product.url), look=look)
    lena.expect_error("status of 422|status of 401|status of 403")
    await expect(lena.heading("Olive Hart le pide que sea veterinario de Pixel")).to_be_visible()
    await expect(lena.page.locator("html")).to_have_attribute("lang", "es")
    findings = await grave_findings(lena.page)
    await lena.button("Aún no usamos Pawline").click()
    await expect(lena.heading("Dé de alta su consulta")).to_be_visible()
    findings += await grave_findings(lena.page)
    await refuse_fields(lena)
    await lena.button("Volver").click()
    await lena.button("Iniciar sesión y aceptar").click()
    await sign_in_wrongly(lena)
    findings += await grave_findings(lena.page)
    await lena.page.reload()
    await lena.button("In English").click()
    await expect(lena.heading("Olive Hart asks you to be Pixel's vet")).to_be_visible()
    await lena.button("En español").click()
    await lena.button("Rechazar").click()
    await expect(lena.heading("Ha rechazado la invitación")).to_be_visible()
    await lena.page.get_by_role("link", name="Ir a la bandeja de entrada").click()
    await expect(lena.button("Sign in")).to_be_visible()
    await expect(lena.page.locator("html")).to_have_attribute("lang", "en")

    assert (201, []) == (made.status_code, findings)
