import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from pawline.platform import clock
from pawline.sign_in import passwords, staff
from pawline.sign_in.staff import PASSWORD_LINK_LASTS, issue_password_link
from pawline.sign_in.tests.conftest import PASSWORD, Member, Postman
from tests.world import TLS, World


async def choose(browser: httpx.AsyncClient, token: str, password: str = PASSWORD) -> httpx.Response:
    return await browser.post("/session/password", json={"token": token, "password": password})


async def test_a_link_works_once_however_often_it_is_tried_at_the_same_moment(
    browser: httpx.AsyncClient, newcomer: Member
) -> None:
    answers = await asyncio.gather(*(choose(browser, newcomer.link_token) for _ in range(4)))

    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in answers)
    assert str(newcomer.id) == (await browser.get("/session")).json()["person"]["id"]
    assert 401 == (await choose(browser, newcomer.link_token)).status_code


async def test_a_link_lasts_three_days(browser: httpx.AsyncClient, newcomer: Member) -> None:
    now = clock.now()
    clock.set_clock(lambda: now + PASSWORD_LINK_LASTS + timedelta(seconds=10))

    assert 401 == (await choose(browser, newcomer.link_token)).status_code


async def test_a_password_that_is_refused_leaves_the_link_unused(browser: httpx.AsyncClient, newcomer: Member) -> None:
    for password in ("short", "x" * 201, "nul\x00 in the middle of it"):
        answer = await choose(browser, newcomer.link_token, password)
        assert (422, "password") == (answer.status_code, answer.json()["errors"][0]["field"])

    assert 201 == (await choose(browser, newcomer.link_token)).status_code


async def test_a_new_password_ends_all_other_sessions(browser: httpx.AsyncClient, newcomer: Member, world: World) -> None:
    """Whoever got in before with the old one is out, and their socket is closed."""
    await choose(browser, newcomer.link_token)
    old = dict(browser.cookies)
    again = await _another_link(world, newcomer)
    async with httpx.AsyncClient(base_url=world.product.api, verify=TLS) as second:
        assert 201 == (await choose(second, again, "ten brown dogs wake")).status_code

        assert (await second.get("/session")).json()["person"] is not None
    assert old == dict(browser.cookies)
    assert (await browser.get("/session")).json()["person"] is None


async def _another_link(world: World, member: Member) -> str:
    async with world.product.database.transaction() as uow:
        url = await issue_password_link(uow, world.product.settings, practice_id=UUID(world.practice_id), staff_id=member.id)
    return url.partition("#token=")[2]


async def test_tokens_that_are_none(browser: httpx.AsyncClient, newcomer: Member) -> None:
    for token in ("", " ", "0" * 64, newcomer.link_token.upper(), newcomer.link_token[:-1], f"{newcomer.link_token} "):
        assert 401 == (await choose(browser, token)).status_code


async def test_an_invitation_mails_a_link_that_lets_its_reader_in(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    email = f"nia-{uuid4().hex}@northside.example"
    body = {"name": "Nia Bell", "email": email, "role": "basic", "clinic_ids": [world.clinic_id]}
    key = {"Idempotency-Key": str(uuid4())}
    invited = [await world.ada.send("POST", "/team", body, headers=key) for _ in range(2)]
    letters = await postman.letters(email)
    answer = await choose(browser, letters[0].token)

    assert [201, 201] == [response.status_code for response in invited]
    assert letters[0].link.startswith(f"{world.product.url}/staff/password#token=")
    assert (201, invited[0].json()["id"]) == (answer.status_code, answer.json()["person"]["id"])
    assert 1 == len(postman.letters_to(email))


@pytest.mark.parametrize("is_weak", [False, True], ids=["as of today", "of weaker parameters"])
async def test_an_old_password_opens_nothing_once_another_is_chosen(
    browser: httpx.AsyncClient, newcomer: Member, world: World, monkeypatch: pytest.MonkeyPatch, *, is_weak: bool
) -> None:
    """I10: somebody else's sign-in has had the old one checked at the very moment in which it was replaced."""
    await choose(browser, newcomer.link_token)
    token = await _another_link(world, newcomer)
    async with httpx.AsyncClient(base_url=world.product.api, verify=TLS) as owner:

        async def is_password_of_then(password: str, password_hash: str | None) -> bool:
            monkeypatch.setattr(staff, "is_password", passwords.is_password)
            was_right = await passwords.is_password(password, password_hash)
            assert was_right
            assert 201 == (await choose(owner, token, "ten brown dogs wake")).status_code
            return was_right

        def needs_rehash(_: str) -> bool:
            return is_weak

        monkeypatch.setattr(staff, "is_password", is_password_of_then)
        monkeypatch.setattr(staff, "needs_rehash", needs_rehash)
        answers = [
            await browser.post("/session/staff", json={"email": newcomer.email, "password": PASSWORD}),
            await browser.post("/session/staff", json={"email": newcomer.email, "password": PASSWORD}),
            await browser.post("/session/staff", json={"email": newcomer.email, "password": "ten brown dogs wake"}),
        ]

        assert (await owner.get("/session")).json()["person"] is not None
    assert [401, 401, 201] == [each.status_code for each in answers]
