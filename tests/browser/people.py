"""What the cast does first in most tests, and what it gets beside what tests/world.py gives it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from playwright.async_api import FilePayload, Locator, expect
from sqlalchemy import insert, update

from pawline.families.models import Connection, ConnectionState, Pet
from pawline.platform import clock
from pawline.practices.models import StaffMember
from pawline.sign_in.sessions import Browser, start_session
from pawline.sign_in.staff import issue_password_link
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.world import Caller, Json, World

PASSWORD = "three wet dogs in a row"


async def olive_at_pixel(desktops: Desktops, world: World, look: Look = PHONE) -> Window:
    """Olive on her phone, in the conversation she opened from Pixel."""
    olive = await desktops.open("/owner", person=world.olive, look=look)
    await olive.button("Message Vet about Pixel").click()
    await expect(olive.field).to_be_visible()
    return olive


async def nora_in_thread(desktops: Desktops, world: World, look: Look = DESK) -> Window:
    """Nora with the Hart family's thread open."""
    nora = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.nora, look=look)
    await expect(nora.field).to_be_visible()
    return nora


def row_of(window: Window, family: str) -> Locator:
    return window.page.get_by_role("region", name="Queue").get_by_role("link").filter(has_text=family)


def messages_tab(window: Window) -> Locator:
    return window.page.get_by_role("navigation", name="Main").get_by_role("link").filter(has_text="Messages")


async def add_pet(world: World, name: str) -> str:
    """A second pet for the Hart family, connected to the same clinic."""
    pet_id, now = uuid4(), clock.now()
    ids = {"practice_id": UUID(world.practice_id), "family_id": UUID(world.family_id)}
    async with world.product.database.transaction() as uow:
        await uow.execute(insert(Pet).values(**ids, id=pet_id, name=name, species="cat", breed="", created_at=now))
        connection = {"id": uuid4(), "pet_id": pet_id, "clinic_id": UUID(world.clinic_id), "changed_at": now}
        await uow.execute(insert(Connection).values(**ids, **connection, state=ConnectionState.ACCEPTED))
    return str(pet_id)


async def give_password(world: World, caller: Caller) -> str:
    """Returns the address, which no other test's Northside knows. Choosing a password ends the caller's other sessions."""
    email, practice_id, staff_id = f"{caller.id}@northside.example", UUID(world.practice_id), UUID(caller.id)
    async with world.product.database.transaction() as uow:
        at = (StaffMember.practice_id == practice_id, StaffMember.id == staff_id)
        await uow.execute(update(StaffMember).where(*at).values(email=email))
        link = await issue_password_link(uow, world.product.settings, practice_id=practice_id, staff_id=staff_id)
    body = {"token": link.partition("#token=")[2], "password": PASSWORD}
    response = await world.stranger.post("/session/password", json=body)
    assert 201 == response.status_code, response.text
    world.stranger.cookies.clear()
    return email


async def second_browser(world: World, caller: Caller, *, kind: str, device: str) -> Caller:
    """The same person signed in once more, from another device."""
    async with world.product.database.transaction() as uow:
        secret = await start_session(
            uow, UUID(world.practice_id), UUID(caller.id), kind=kind, browser=Browser(device, "127.0.0.2")
        )
    return replace(caller, secret=secret)


async def post_photo(caller: Caller, thread_id: str, photo: bytes) -> Json:
    """Upload a photo and send it as a message without words."""
    response = await caller.http.post(
        f"/threads/{thread_id}/attachments",
        params={"file_name": "pixel.jpg"},
        headers={"Idempotency-Key": str(uuid4())},
        content=photo,
    )
    assert 201 == response.status_code, response.text
    return await caller.post_text(thread_id, "", attachment_ids=[response.json()["id"]])


async def choose_photos(window: Window, photos: Sequence[bytes]) -> None:
    """On the owner's phone, for the next message."""
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name=re.compile("^Photos and videos")).click()
    files = [FilePayload(name=f"paw-{at}.jpg", mimeType="image/jpeg", buffer=photo) for at, photo in enumerate(photos)]
    await (await opening.value).set_files(files)
    await expect(window.tray.get_by_role("listitem")).to_have_count(len(photos))
