"""The owner's app in Spanish, as a browser asks for it, and in English again."""

from dataclasses import replace
from typing import Literal
from uuid import uuid4

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import text

from pawline.joining.tests.conftest import code_of, no_sign_ups_yet
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.browser.axe import grave_findings
from tests.browser.test_small_screens import LARGE_LETTERS, SMALL, fill, require_no_scrolling_sideways
from tests.browser.windows import PHONE, Desktops, Look, Window
from tests.newcomers import add_newcomer
from tests.world import World

__all__ = ["no_sign_ups_yet", "no_tries_yet", "post_office", "postman"]

pytestmark = pytest.mark.browser

SPANISH = replace(PHONE, locale="es-ES")
SMALL_SPANISH = replace(SMALL, locale="es-MX")
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


def field_of(window: Window) -> Locator:
    return window.page.get_by_role("textbox", name="Mensaje para")


def title_of(window: Window, name: str) -> Locator:
    return window.page.get_by_role("heading", name=name, exact=True)


def entry(window: Window, words: str) -> Locator:
    return window.page.get_by_role("log", name="Mensajes").get_by_role("article").filter(has_text=words)


async def test_pets_conversation_and_a_report(desktops: Desktops, world: World) -> None:
    """The standing warning as well. What people wrote stays as they wrote it."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    olive = await desktops.open("/owner", person=world.olive, look=SPANISH)
    await expect(olive.heading("Mis mascotas")).to_be_visible()
    await expect(olive.page.get_by_text("1 mensaje sin leer").first).to_be_attached()
    await world.nora.post_text(world.thread_id, "And her paw?")
    await expect(olive.page.get_by_text("2 mensajes sin leer").first).to_be_attached()
    assert "es" == await olive.page.evaluate("document.documentElement.lang")

    await olive.button("Escribir al veterinario sobre Pixel").click()
    await expect(entry(olive, "And her paw?")).to_be_visible()
    await expect(olive.page.get_by_text("Hoy", exact=True)).to_be_visible()
    await expect(olive.page.get_by_text("NO espere respuesta a un mensaje")).to_be_visible()
    await field_of(olive).fill("Mucho mejor")
    await olive.button("Enviar").click()
    sent = entry(olive, "Mucho mejor").get_by_role("img", name="Enviado")
    await expect(sent).to_be_visible()

    await entry(olive, "And her paw?").get_by_role("button", name="Más opciones para el mensaje de Nora Ames").click()
    await olive.page.get_by_role("menuitem", name="Denunciar").click()
    await olive.page.get_by_role("radio", name="Amenazante").check()
    await olive.page.get_by_role("dialog").get_by_role("button", name="Denunciar").click()

    await expect(olive.page.get_by_text("Denunciado. Northside Veterinary lo revisará.")).to_be_visible()


async def test_who_is_new_agrees_to_spanish_words(desktops: Desktops, world: World) -> None:
    """AL-8: in Spanish, and not once more in English."""
    olga = await add_newcomer(world)
    window = await desktops.open(f"/owner/threads/{world.thread_id}", person=olga, look=SPANISH)
    await expect(window.page.get_by_text("La mensajería NO es para urgencias")).to_be_visible()
    await expect(window.page.get_by_role("listitem")).to_have_count(4)
    await window.button("Lo he entendido, continuar").click()
    await expect(field_of(window)).to_be_visible()
    english = await desktops.open(f"/owner/threads/{world.thread_id}", person=olga, look=PHONE)

    await expect(english.field).to_be_visible()


@pytest.mark.offline
async def test_the_language_is_chosen_kept_and_there_without_a_network(desktops: Desktops, world: World) -> None:
    olive = await desktops.open("/owner/you", person=world.olive, look=SPANISH)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await olive.page.get_by_role("radio", name="English").click()
    await expect(title_of(olive, "You")).to_be_visible()
    await olive.visit("/owner/you")
    await expect(title_of(olive, "You")).to_be_visible()
    assert "en" == await olive.page.evaluate("document.documentElement.lang")

    await olive.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await olive.page.reload()
    await olive.page.wait_for_function("navigator.serviceWorker.controller !== null")
    await olive.context.set_offline(offline=True)
    await olive.page.get_by_role("radio", name="Español").click()

    await expect(title_of(olive, "Perfil")).to_be_visible()
    await expect(olive.page.get_by_text("Sin conexión.")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_every_screen_fits_a_small_phone_and_is_accessible(desktops: Desktops, world: World, scheme: str) -> None:
    """Spanish is longer than English."""
    look: Look = replace(SMALL_SPANISH, scheme=scheme)
    await fill(world)
    signed_out = await desktops.open("/owner", look=look)
    await expect(signed_out.heading("Escriba a su veterinario")).to_be_visible()
    await require_no_scrolling_sideways(signed_out, look)
    assert [] == await grave_findings(signed_out.page)

    olive = await desktops.open("/owner", person=world.olive, look=look)
    for path, heading in (("", "Mis mascotas"), ("/messages", "Mensajes"), ("/visits", "Visitas"), ("/you", "Perfil")):
        await olive.visit(f"/owner{path}")
        await expect(title_of(olive, heading)).to_be_visible()
        await expect(olive.page.get_by_role("status", name="Cargando")).to_have_count(0)
        await require_no_scrolling_sideways(olive, look)
        assert [] == await grave_findings(olive.page)

    await olive.visit(f"/owner/threads/{world.thread_id}")
    await expect(entry(olive, "See https")).to_be_visible()
    await require_no_scrolling_sideways(olive, look)
    assert [] == await grave_findings(olive.page)


async def test_who_cannot_read_the_screen_chooses_before_signing_in(desktops: Desktops, world: World, postman: Postman) -> None:
    """From the poster to the code in one language: it is kept on the device, and known when the contact is made."""
    code, email = await code_of(world), f"june-{uuid4().hex[:12]}@example.com"
    june = await desktops.open("/owner", look=PHONE)
    await june.button("Español").click()
    await expect(june.heading("Escriba a su veterinario")).to_be_visible()
    await expect(june.page.locator("link[rel=manifest]")).to_have_attribute("href", "/owner.es.webmanifest")
    assert "es" == (await (await june.page.request.get(f"{world.product.url}/owner.es.webmanifest")).json())["lang"]

    await june.visit(f"/c/{code}?qr")
    await june.page.get_by_label("Nombre").fill("June")
    await june.page.get_by_label("Apellidos").fill("Park")
    await june.page.get_by_label("Correo electrónico").fill(email)
    await june.button("Enviarme un código").click()
    letter = (await postman.letters(email))[0]
    await june.page.get_by_label("Código de 6 cifras").fill(letter.code)
    await expect(june.heading("Conecte sus mascotas con Hill Street")).to_be_visible()
    async with world.product.database.transaction() as uow:
        kept = (await uow.execute(text("SELECT language FROM contact WHERE email = :email"), {"email": email})).scalar_one()

    assert ("Su código para Northside Veterinary", "es") == (letter.mail.subject, kept)
    await june.button("English").click()
    await expect(june.heading("Connect your pets to Hill Street")).to_be_visible()


async def test_large_spanish_letters_are_cut_off_nowhere(desktops: Desktops, world: World) -> None:
    """The longest words of the app at 200 %: the tabs, and what is agreed to with its button."""
    olga = await desktops.open("about:blank", person=await add_newcomer(world), look=SPANISH)
    await olga.context.add_init_script(LARGE_LETTERS)
    await olga.visit("/owner")
    tabs = olga.page.get_by_role("navigation").get_by_role("button")
    await expect(tabs).to_have_count(4)
    assert [False] * 4 == [await is_cut_off(tab) for tab in await tabs.all()]

    await olga.visit(f"/owner/threads/{world.thread_id}")
    agree = olga.button("Lo he entendido, continuar")
    await expect(agree).to_be_visible()
    warning = olga.page.get_by_text("La mensajería NO es para urgencias")

    assert [False] * 2 == [await is_cut_off(part) for part in (agree, warning)]


async def is_cut_off(part: Locator) -> bool:
    """Some of its words stand outside of the screen, or of the box itself."""
    return await part.evaluate(
        "(each) => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth + 1"
    )
