"""People who sign in for themselves, and a real mail server with a real worker that fills it."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from pawline.demo.mailbox import Mail, Mailbox
from pawline.platform import clock
from pawline.platform.actor import Role
from pawline.practices.service import StaffDraft, add_staff_member
from pawline.sign_in.staff import issue_password_link
from pawline.worker import run_worker
from tests.product import Product
from tests.quick_passwords import quick_passwords
from tests.world import TLS, World

__all__ = ["quick_passwords"]

PASSWORD = "nine brown dogs sleep"


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member of Northside with a password, and an address that no other test has."""

    id: UUID
    email: str
    link_token: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a sign-in mail says."""

    mail: Mail

    @property
    def code(self) -> str:
        return re.findall(r"\b\d{6}\b", self.mail.text)[0]

    @property
    def link(self) -> str:
        return re.findall(r"https?://\S+#token=[0-9a-f]+", self.mail.text)[0]

    @property
    def token(self) -> str:
        return urlsplit(self.link).fragment.removeprefix("token=")


class Postman:
    def __init__(self, mailbox: Mailbox, folder: Path, worker: asyncio.Task[None]) -> None:
        self._mailbox = mailbox
        self._folder = folder
        self._worker = worker

    def throw_away(self) -> None:
        for mail in self._folder.iterdir():
            mail.unlink()

    def letters_to(self, address: str) -> list[Letter]:
        return [Letter(mail) for mail in self._mailbox.list_mails() if address == mail.to]

    async def letters(self, address: str, *, count: int = 1) -> list[Letter]:
        """The mails to an address, newest first, as soon as there are ``count``."""
        async with asyncio.timeout(60):
            while len(found := self.letters_to(address)) < count:
                if self._worker.done():
                    await self._worker
                await asyncio.sleep(0.05)
        return found


@pytest.fixture(scope="module")
async def post_office(product: Product, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Postman]:
    folder: Path = tmp_path_factory.mktemp("mails")
    async with Mailbox(folder) as mailbox:
        settings = replace(product.settings, smtp_url=mailbox.smtp_url)
        await _leave_the_past_alone(product)
        worker = asyncio.create_task(run_worker(product.database.url, settings))
        yield Postman(mailbox, folder, worker)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


async def _leave_the_past_alone(product: Product) -> None:
    """What earlier tests left unread would be e-mailed now, by the hundred; what they left to fetch has nobody to give it."""
    async with product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
        await uow.execute(text("UPDATE notice_sweep SET swept_until = :now"), {"now": clock.now()})


@pytest.fixture
def postman(post_office: Postman) -> Postman:
    """With nothing left of other tests, since every look at the mailbox reads all of it."""
    post_office.throw_away()
    return post_office


@pytest.fixture(autouse=True)
async def no_tries_yet(product: Product) -> None:
    """Every test comes from one address, which would soon be locked."""
    async with product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM sign_in_failure"))


@pytest.fixture
async def browser(product: Product) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser with nobody signed in."""
    async with httpx.AsyncClient(base_url=product.api, timeout=30, verify=TLS) as client:
        yield client


async def add_member(world: World, email: str) -> Member:
    """With a link to choose a password that is not used yet."""
    practice_id, settings = UUID(world.practice_id), world.product.settings
    draft = StaffDraft("Nia Bell", email, Role.SENIOR, "Nurse", [UUID(world.clinic_id)])
    async with world.product.database.transaction() as uow:
        staff_id = await add_staff_member(uow, practice_id, draft)
        url = await issue_password_link(uow, settings, practice_id=practice_id, staff_id=staff_id)
    return Member(staff_id, email, urlsplit(url).fragment.removeprefix("token="))


@pytest.fixture
async def newcomer(world: World) -> Member:
    """Has not chosen a password yet."""
    return await add_member(world, f"nia-{uuid4().hex}@northside.example")


@pytest.fixture
async def member(world: World, newcomer: Member) -> Member:
    await choose_password(world, newcomer)
    return newcomer


async def choose_password(world: World, member: Member, password: str = PASSWORD) -> httpx.Response:
    response = await world.stranger.post("/session/password", json={"token": member.link_token, "password": password})
    world.stranger.cookies.clear()
    return response


def olives_email(world: World) -> str:
    return f"olive-{UUID(world.practice_id).hex}@example.com"


async def ask_for_code(browser: httpx.AsyncClient, email: str) -> str:
    response = await browser.post("/session/owner/code", json={"email": email})
    assert 202 == response.status_code, response.text
    return response.json()["attempt_id"]
