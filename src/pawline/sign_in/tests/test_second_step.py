"""Codes of an app after the password (section 8 of reliability.md, PPB-35): what signs in, and what does not."""

import asyncio
from dataclasses import replace
from uuid import UUID

import httpx
import pytest

from pawline.sign_in.authenticator import WRONG_CODE
from pawline.sign_in.lockout import MOST_BY_ACCOUNT
from pawline.sign_in.second_step import MOST_TRIES, SECOND_STEP_LASTS
from pawline.sign_in.staff import issue_password_link
from pawline.sign_in.tests.conftest import PASSWORD, Member, add_member, choose_password
from pawline.sign_in.tests.second_step_scene import (
    Phone,
    attempt_in,
    begin,
    confirm,
    first_step,
    second_step,
    set_up,
    sign_in,
    state,
)
from pawline.sign_in.tests.test_front_desk import at_desk
from pawline.team.tests.scene import end_access, let_back_in
from tests.world import Caller, World

NEW_PASSWORD = "seven grey cats purr"


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
async def nia(world: World, member: Member, phone: Phone) -> Caller:
    return await at_desk(world, member, is_shared=False)


async def is_signed_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/session", headers={"X-Pawline-App": "staff"})).json()["person"] is not None


async def new_link(world: World, member: Member) -> Member:
    async with world.product.database.transaction() as uow:
        ids = {"practice_id": UUID(world.practice_id), "staff_id": member.id}
        url = await issue_password_link(uow, world.product.settings, **ids)
    return replace(member, link_token=url.partition("#token=")[2])


async def test_after_the_password_it_takes_a_code(browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone) -> None:
    """Before the code there is no session, nor anything of the practice in the answer."""
    await set_up(nia, phone)
    asked = await first_step(browser, member)
    before = await is_signed_in(browser)
    finished = await second_step(browser, attempt_in(asked), phone.next_code())

    assert not before
    assert "set-cookie" not in asked.headers
    assert "Northside" not in asked.text
    assert (201, nia.id) == (finished.status_code, finished.json()["person"]["id"])
    assert await is_signed_in(browser)


async def test_only_a_code_that_was_seen_turns_it_on(
    browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone
) -> None:
    """It takes the password to begin; what was begun and not confirmed asks nobody for anything."""
    refused = await begin(nia, phone, "not the password")
    await begin(nia, phone)
    forgotten = phone.code()
    await begin(nia, phone)
    wrong = [(await confirm(nia, code)).status_code for code in (forgotten, "000000", "")]
    not_yet = await first_step(browser, member)
    codes = (await confirm(nia, phone.code())).json()["codes"]
    again = await begin(nia, phone)

    assert 401 == refused.status_code
    assert [401] * 3 == wrong
    assert 201 == not_yet.status_code
    assert 10 == len(set(codes)) == (await state(nia))["recovery_codes_left"]
    assert (409, 404) == (again.status_code, (await confirm(nia, phone.code())).status_code)


async def test_a_code_counts_once(browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone) -> None:
    """Neither the one that turned it on, nor one that somebody looked at over a shoulder, nor of two at once both."""
    await set_up(nia, phone)
    with_first = await sign_in(browser, member, phone.code())
    code = phone.next_code()
    attempts = [attempt_in(await first_step(browser, member)) for _ in range(3)]
    at_once = await asyncio.gather(*(second_step(browser, attempt, code) for attempt in attempts))
    older = await sign_in(browser, member, phone.code(steps_off=-1))

    assert (401, WRONG_CODE) == (with_first.status_code, with_first.json()["detail"])
    assert [201, 401, 401] == sorted(answer.status_code for answer in at_once)
    assert 401 == older.status_code


async def test_a_clock_may_be_off_by_half_a_minute(browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone) -> None:
    await set_up(nia, phone)
    phone.pass_by(minutes=5)
    far = [(await sign_in(browser, member, phone.code(steps_off=off))).status_code for off in (-2, 2)]
    near = [(await sign_in(browser, member, phone.code(steps_off=off))).status_code for off in (-1, 0, 1)]

    assert [401, 401] == far
    assert [201, 201, 201] == near


async def test_the_step_between_is_short_and_its_tries_are_few(
    browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone
) -> None:
    """Tries at the same moment do not outrun the limit, which the password begun anew does not lift."""
    await set_up(nia, phone)
    attempt = attempt_in(await first_step(browser, member))
    phone.pass_by(seconds=SECOND_STEP_LASTS.total_seconds() + 1)
    late = await second_step(browser, attempt, phone.code())
    attempt = attempt_in(await first_step(browser, member))
    wrong = await asyncio.gather(*(second_step(browser, attempt, "000000") for _ in range(MOST_TRIES + 2)))
    worn_out = await second_step(browser, attempt, phone.code())
    anew = [(await sign_in(browser, member, "000000")).status_code for _ in range(MOST_BY_ACCOUNT - MOST_TRIES + 1)]
    locked = await sign_in(browser, member, phone.code())

    assert [(401, "second_step_gone")] * 2 == [(answer.status_code, answer.json()["code"]) for answer in (late, worn_out)]
    assert MOST_TRIES == sum(answer.json()["detail"] == WRONG_CODE for answer in wrong)
    assert [*[401] * (MOST_BY_ACCOUNT - MOST_TRIES), 429] == anew
    assert 429 == locked.status_code
    phone.pass_by(minutes=16)
    assert 201 == (await sign_in(browser, member, phone.code())).status_code


async def test_it_is_bound_to_whose_password_it_was(browser: httpx.AsyncClient, world: World, nia: Caller, phone: Phone) -> None:
    """A colleague's code does not finish it, however right it is for the colleague."""
    colleague = await add_member(world, f"nell-{world.practice_id}@northside.example")
    await choose_password(world, colleague)
    hers = Phone()
    nell = await at_desk(world, colleague, is_shared=False)
    await set_up(nell, hers)
    await set_up(nia, phone)
    crossed = await sign_in(browser, colleague, phone.code(steps_off=1))
    made_up = await second_step(browser, "0" * 43, hers.code(steps_off=1))

    assert [401, 401] == [crossed.status_code, made_up.status_code]
    assert 201 == (await sign_in(browser, colleague, hers.code(steps_off=1))).status_code


async def test_a_new_password_by_mail_does_not_get_around_it(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone
) -> None:
    """Whoever has the mailbox alone is asked for a code, too; and what was begun with the old password is over."""
    await set_up(nia, phone)
    begun = attempt_in(await first_step(browser, member))
    reset = await choose_password(world, await new_link(world, member), NEW_PASSWORD)
    before = await second_step(browser, begun, phone.next_code())
    old = await first_step(browser, member)
    finished = await second_step(browser, attempt_in(reset), phone.code())

    assert "set-cookie" not in reset.headers
    assert 404 == (await nia.get("/own-authenticator")).status_code
    assert (401, "second_step_gone") == (before.status_code, before.json()["code"])
    assert (401, 201) == (old.status_code, finished.status_code)


async def test_ending_somebodys_access_ends_what_they_had_begun(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone
) -> None:
    """Let back in, they begin without an app."""
    await set_up(nia, phone)
    begun = attempt_in(await first_step(browser, member))
    await end_access(world, nia)
    left = await second_step(browser, begun, phone.next_code())
    await let_back_in(world, nia)
    back = await choose_password(world, await new_link(world, member), PASSWORD)

    assert (401, "second_step_gone") == (left.status_code, left.json()["code"])
    assert 201 == back.status_code
