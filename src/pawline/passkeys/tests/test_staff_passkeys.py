"""Passkeys of the team (section 8 of reliability.md, PPB-35): whom they let in, and what it takes to add and remove one."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pawline.passkeys.staff import MOST_PASSKEYS, REFUSED
from pawline.passkeys.tests.staff_scene import add, begin, enter, listed, new_key, proof, remove
from pawline.platform import clock
from pawline.sign_in.lockout import MOST_BY_ACCOUNT
from pawline.sign_in.staff import issue_password_link
from pawline.sign_in.tests.conftest import PASSWORD, Member, Postman, add_member, choose_password
from pawline.sign_in.tests.test_front_desk import at_desk, is_locked, session, unlock_by_password
from pawline.team.tests.scene import end_access, let_back_in
from tests.soft_authenticator import PRESENT, SoftAuthenticator
from tests.world import Caller, World

TOO_LATE = "That took too long, or it was begun in another browser. Please try again."


@pytest.fixture
def key(world: World) -> SoftAuthenticator:
    return new_key(world)


@pytest.fixture
async def nia(world: World, member: Member) -> Caller:
    return await at_desk(world, member, is_shared=False)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]


async def test_it_signs_in_until_it_is_removed(browser: httpx.AsyncClient, nia: Caller, key: SoftAuthenticator) -> None:
    """Without e-mail and password; removing it stops it at once, and ends no session."""
    added = (await add(nia, key)).json()
    entered = await enter(browser, key)
    [used] = await listed(nia)
    removed = await remove(nia, added["id"])
    refused = await enter(browser, key)

    assert (201, nia.id) == (entered.status_code, entered.json()["person"]["id"])
    assert ("Work laptop", None) == (added["name"], added["last_used_at"])
    assert used["last_used_at"] is not None
    assert 204 == removed.status_code
    assert (401, REFUSED) == refusal(refused)
    assert nia.id == (await browser.get("/session", headers={"X-Pawline-App": "staff"})).json()["person"]["id"]


async def test_an_open_screen_adds_and_removes_nothing(world: World, nia: Caller, key: SoftAuthenticator) -> None:
    """It takes the password or a passkey of one's own: neither nothing, nor another's, nor what was shown before."""
    added = (await add(nia, key)).json()
    strangers = new_key(world)
    nell = await at_desk(world, await _somebody(world), is_shared=False)
    await add(nell, strangers)
    used = {"proof": await proof(nia.http, key)}
    first = await begin(nia, used)
    asked = [
        ({"password": "not the password"}, 401),
        ({"proof": await proof(nia.http, strangers)}, 401),
        (used, 401),
        ({"password": PASSWORD, **used}, 422),
        ({"proof": None}, 422),
    ]
    begun = [(await begin(nia, oneself)).status_code for oneself, _ in asked]
    removed = [(await remove(nia, added["id"], oneself)).status_code for oneself, _ in asked]

    assert 201 == first.status_code
    assert [expected for _, expected in asked] == begun == removed
    assert ["Work laptop"] == [each["name"] for each in await listed(nia)]
    assert 204 == (await remove(nia, added["id"], {"proof": await proof(nia.http, key)})).status_code


async def _somebody(world: World) -> Member:
    member = await add_member(world, f"nell-{world.practice_id}@northside.example")
    await choose_password(world, member)
    return member


async def test_adding_takes_the_challenge_that_the_password_opened(world: World, nia: Caller, key: SoftAuthenticator) -> None:
    """In this session, once, within five minutes; one from the sign-in page adds nothing."""
    offered = (await nia.http.post("/session/staff/passkey/challenge")).json()
    begun, later = (await begin(nia)).json(), (await begin(nia)).json()
    of_the_page = key.make({**begun, "challenge": offered["challenge"]})
    made = key.make(begun)
    other = await at_desk(world, await _somebody(world), is_shared=False)
    crossed = await other.send("POST", "/own-passkeys", {"name": "Mine", "made": made})
    late_one = key.make(later)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=5, seconds=1))
    late = await nia.send("POST", "/own-passkeys", {"name": "Late", "made": late_one})
    clock.set_clock(None)
    planted = await nia.send("POST", "/own-passkeys", {"name": "Planted", "made": of_the_page})
    added = await asyncio.gather(*(nia.send("POST", "/own-passkeys", {"name": "Once", "made": made}) for _ in range(3)))

    assert [(401, TOO_LATE)] * 3 == [refusal(answer) for answer in (crossed, late, planted)]
    assert [201, 401, 401] == sorted(answer.status_code for answer in added)


@pytest.mark.parametrize("wrong", [{"origin": "https://localhost.evil.example"}, {"flags": PRESENT}], ids=["site", "unverified"])
async def test_only_this_site_and_a_verified_person_count(
    browser: httpx.AsyncClient, nia: Caller, key: SoftAuthenticator, wrong: Any
) -> None:
    made = await add(nia, replace(key, credential_id=b"another credential", **wrong))
    await add(nia, key)
    entered = await enter(browser, replace(key, **wrong))

    assert [401, 401] == [made.status_code, entered.status_code]
    assert 201 == (await enter(browser, key)).status_code


async def test_a_passkey_of_a_family_opens_no_inbox_and_one_of_the_team_no_family(
    browser: httpx.AsyncClient, world: World, nia: Caller, key: SoftAuthenticator
) -> None:
    olives = new_key(world)
    begun = (await world.olive.send("POST", "/passkeys/challenge")).json()
    assert 201 == (await world.olive.send("POST", "/passkeys", olives.make(begun))).status_code
    await add(nia, key)
    crossed = await browser.post("/session/owner/passkey", json=await proof(browser, key))

    assert 401 == crossed.status_code
    assert (401, REFUSED) == refusal(await enter(browser, olives))
    assert 404 == (await world.olive.get("/own-passkeys")).status_code


async def test_it_unlocks_the_desk_of_its_owner_alone(world: World, member: Member, key: SoftAuthenticator) -> None:
    """Also after five wrong PINs; a colleague's opens nothing."""
    desk = await at_desk(world, member)
    nell, hers = await at_desk(world, await _somebody(world)), new_key(world)
    without = (await session(desk))["desk"]["has_passkey"]
    await add(desk, key)
    await add(nell, hers)
    await desk.send("POST", "/session/lock")
    shown = (await session(desk))["desk"]["has_passkey"]
    colleagues = await desk.send("POST", "/session/unlock/passkey", await proof(desk.http, hers))
    still = await is_locked(desk)
    opened = await desk.send("POST", "/session/unlock/passkey", await proof(desk.http, key))

    assert [False, True] == [without, shown]
    assert (401, True) == (colleagues.status_code, still)
    assert (204, False) == (opened.status_code, await is_locked(desk))


async def test_a_shared_computer_is_shared_however_one_signs_in(
    browser: httpx.AsyncClient, nia: Caller, key: SoftAuthenticator
) -> None:
    await add(nia, key)
    entered = await enter(browser, key, is_shared=True)

    assert entered.json()["desk"]["has_passkey"] is True


async def test_both_are_told_by_mail_and_kept_for_good(
    world: World, nia: Caller, member: Member, key: SoftAuthenticator, postman: Postman
) -> None:
    added = (await add(nia, key, name="Blue phone")).json()
    await remove(nia, added["id"])
    letters = [letter.mail for letter in await postman.letters(member.email, count=2)]
    events = text("SELECT kind, about, by_id FROM factor_event WHERE practice_id = :practice_id ORDER BY happened_at")
    async with world.product.database.transaction() as uow:
        kept = [tuple(row) for row in await uow.execute(events, {"practice_id": UUID(world.practice_id)})]

    assert {"A passkey was added at Northside Veterinary", "A passkey was removed at Northside Veterinary"} == {
        mail.subject for mail in letters
    }
    assert all("Blue phone" in mail.text and "If this was not you" in mail.text for mail in letters)
    assert [("passkey_added", "Blue phone", member.id), ("passkey_removed", "Blue phone", member.id)] == kept
    with pytest.raises(Exception, match="append-only"):
        async with world.product.database.transaction() as uow:
            await uow.execute(text("DELETE FROM factor_event"))


async def test_it_ends_with_the_access_and_does_not_come_back(
    browser: httpx.AsyncClient, world: World, nia: Caller, key: SoftAuthenticator
) -> None:
    await add(nia, key)
    await end_access(world, nia)
    left = await enter(browser, key)
    await let_back_in(world, nia)

    assert (401, REFUSED) == refusal(left)
    assert (401, REFUSED) == refusal(await enter(browser, key))


async def test_a_new_password_leaves_it(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, key: SoftAuthenticator
) -> None:
    """It is no weaker than the password; sessions that it began end like all others."""
    await add(nia, key)
    await enter(browser, key)
    settings, practice_id = world.product.settings, UUID(world.practice_id)
    async with world.product.database.transaction() as uow:
        url = await issue_password_link(uow, settings, practice_id=practice_id, staff_id=member.id)
    await choose_password(world, replace(member, link_token=url.partition("#token=")[2]), "seven grey cats purr")

    assert (await browser.get("/session", headers={"X-Pawline-App": "staff"})).json()["person"] is None
    assert 201 == (await enter(browser, key)).status_code


async def test_tries_are_few_and_passkeys_too(browser: httpx.AsyncClient, world: World, nia: Caller) -> None:
    unknown = replace(new_key(world), user_handle="AAAA")
    added = [(await add(nia, new_key(world))).status_code for _ in range(MOST_PASSKEYS + 1)]
    tries = [(await enter(browser, unknown)).status_code for _ in range(MOST_BY_ACCOUNT + 1)]
    guesses = [(await begin(nia, {"password": "not the password"})).status_code for _ in range(MOST_BY_ACCOUNT + 1)]

    assert [201] * MOST_PASSKEYS + [409] == added
    assert [401] * MOST_BY_ACCOUNT + [429] == tries == guesses
    assert 429 == (await unlock_by_password(nia)).status_code
