import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from pawline.platform import clock
from pawline.practices.service import PracticeDraft, create_practice
from pawline.sign_in.lockout import MOST_BY_ACCOUNT
from pawline.sign_in.tests.conftest import PASSWORD, Member, add_member, choose_password
from tests.world import World


async def sign_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD, **values: str) -> httpx.Response:
    return await browser.post("/session/staff", json={"email": email, "password": password, **values})


async def test_the_right_password_opens_a_session(browser: httpx.AsyncClient, member: Member) -> None:
    answer = await sign_in(browser, f"  {member.email.upper()} ")
    session = (await browser.get("/session")).json()

    assert 201 == answer.status_code
    assert (str(member.id), "staff", "senior") == tuple(session["person"][name] for name in ("id", "kind", "role"))
    assert answer.json() == session


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    browser: httpx.AsyncClient, member: Member, newcomer: Member, world: World
) -> None:
    without_password = await add_member(world, f"{uuid4().hex}@northside.example")
    answers = [
        await sign_in(browser, member.email, "not this one"),
        await sign_in(browser, f"{uuid4().hex}@northside.example"),
        await sign_in(browser, without_password.email),
        await sign_in(browser, member.email, PASSWORD, practice_id=str(uuid4())),
        await sign_in(browser, "", ""),
    ]

    assert {401} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert not browser.cookies


async def test_too_many_wrong_tries_lock_the_account_even_for_the_right_password(
    browser: httpx.AsyncClient, member: Member
) -> None:
    tries = await asyncio.gather(*(sign_in(browser, member.email, f"guess {number}") for number in range(MOST_BY_ACCOUNT + 6)))
    locked = await sign_in(browser, member.email)

    assert MOST_BY_ACCOUNT == [answer.status_code for answer in tries].count(401)
    assert 6 == [answer.status_code for answer in tries].count(429)
    assert (429, "too_many_requests") == (locked.status_code, locked.json()["code"])
    assert 0 < int(locked.headers["Retry-After"]) <= 15 * 60
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=16))
    assert 201 == (await sign_in(browser, member.email)).status_code


async def test_a_sign_in_that_succeeds_forgives_the_account(browser: httpx.AsyncClient, member: Member) -> None:
    for _ in range(2):
        wrong = [await sign_in(browser, member.email, "a slip") for _ in range(MOST_BY_ACCOUNT - 1)]
        assert {401} == {answer.status_code for answer in wrong}
        assert 201 == (await sign_in(browser, member.email)).status_code


async def test_whoever_works_at_two_practices_chooses_one(browser: httpx.AsyncClient, member: Member, world: World) -> None:
    other_practice = await _also_at_harbour(world, member.email)
    asked = await sign_in(browser, member.email)
    chosen = await sign_in(browser, member.email, practice_id=other_practice)

    assert (409, "choose_practice") == (asked.status_code, asked.json()["code"])
    choices = {tuple(error["message"].split(" ", 1)) for error in asked.json()["errors"]}
    assert {(world.practice_id, "Northside Veterinary"), (other_practice, "Harbour Vets")} == choices
    assert (201, "Harbour Vets") == (chosen.status_code, chosen.json()["practice"]["name"])


async def test_a_password_of_one_practice_says_nothing_of_another(
    browser: httpx.AsyncClient, member: Member, world: World
) -> None:
    """Only practices where the password fits are named."""
    await _also_at_harbour(world, member.email, password="quite another sentence")
    answer = await sign_in(browser, member.email)

    assert (201, world.practice_id) == (answer.status_code, answer.json()["practice"]["id"])


async def _also_at_harbour(world: World, email: str, *, password: str = PASSWORD) -> str:
    draft = PracticeDraft("Harbour Vets", "Harbour", "US", "America/New_York", "Hugo Lane", f"{uuid4().hex}@harbour.example")
    async with world.product.database.transaction() as uow:
        made = await create_practice(uow, draft)
    there = World(world.product, practice_id=str(made.practice_id), clinic_id=str(made.clinic_id), callers=world.callers)
    await choose_password(world, await add_member(there, email), password)
    return str(made.practice_id)


async def test_who_has_left_is_out(browser: httpx.AsyncClient, member: Member, world: World) -> None:
    assert 201 == (await sign_in(browser, member.email)).status_code
    await _leave(world, member.id)

    assert (await browser.get("/session")).json()["person"] is None
    assert 401 == (await sign_in(browser, member.email)).status_code


async def test_a_link_of_who_has_left_opens_nothing(browser: httpx.AsyncClient, newcomer: Member, world: World) -> None:
    await _leave(world, newcomer.id)
    answer = await browser.post("/session/password", json={"token": newcomer.link_token, "password": PASSWORD})

    assert 401 == answer.status_code
    assert not browser.cookies


async def _leave(world: World, staff_id: UUID) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE staff_member SET left_at = now() WHERE id = :id"), {"id": staff_id})
