"""Passkeys: whom they let in, and everything that they must not let in."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from pawline.passkeys.service import MOST_PASSKEYS
from pawline.platform import clock
from pawline.sign_in.lockout import MOST_BY_ACCOUNT
from tests.soft_authenticator import PRESENT, SoftAuthenticator
from tests.world import TLS, Caller, Json, World

REFUSED = "This passkey was not accepted. Try again, or ask for a code instead."
TOO_LATE = "That took too long, or it was begun in another browser. Please try again."


@pytest.fixture
def phone(world: World) -> SoftAuthenticator:
    return SoftAuthenticator(world.product.url.replace("127.0.0.1", "localhost"))


async def begin(caller: Caller) -> Json:
    answer = await caller.send("POST", "/passkeys/challenge")
    assert 201 == answer.status_code, answer.text
    return answer.json()


async def add(caller: Caller, phone: SoftAuthenticator) -> httpx.Response:
    return await caller.send("POST", "/passkeys", phone.make(await begin(caller)))


async def listed(caller: Caller) -> Json:
    return (await caller.get("/passkeys")).json()["passkeys"]


async def challenge(browser: httpx.AsyncClient) -> Json:
    return (await browser.post("/session/owner/passkey/challenge")).json()


async def use(browser: httpx.AsyncClient, phone: SoftAuthenticator) -> httpx.Response:
    return await send(browser, phone.sign(await challenge(browser)))


async def send(browser: httpx.AsyncClient, proof: Json) -> httpx.Response:
    return await browser.post("/session/owner/passkey", json=proof)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]


async def test_a_passkey_signs_in_its_contact_until_it_is_removed(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator
) -> None:
    """Removing it stops the passkey at once, and ends no session."""
    added = (await add(world.olive, phone)).json()
    entered = await use(browser, phone)
    [used] = await listed(world.olive)
    by_others = [
        (await world.callers[name].send("DELETE", f"/passkeys/{added['id']}")).status_code
        for name in ("omar", "kim", "rolf", "nora", "stranger")
    ]
    removed = await world.olive.send("DELETE", f"/passkeys/{added['id']}")
    session = await browser.get("/session", headers={"X-Pawline-App": "owner"})

    assert (201, world.olive.id) == (entered.status_code, entered.json()["person"]["id"])
    assert added["last_used_at"] is None
    assert used["last_used_at"] is not None
    assert [404] * 5 == by_others
    assert 204 == removed.status_code
    assert world.olive.id == session.json()["person"]["id"]
    assert (401, REFUSED) == refusal(await use(browser, phone))
    assert [] == await listed(world.olive)


async def test_a_challenge_is_answered_once(browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator) -> None:
    """Of the same answer sent four times at once, one signs in; the same holds for adding."""
    made = phone.make(await begin(world.olive))
    added = await asyncio.gather(*(world.olive.send("POST", "/passkeys", made) for _ in range(4)))
    proof = phone.sign(await challenge(browser))
    entered = await asyncio.gather(*(send(browser, proof) for _ in range(4)))

    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in added)
    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in entered)
    assert {TOO_LATE} == {answer.json()["detail"] for answer in (*added, *entered) if answer.status_code == 401}


async def test_a_challenge_is_good_for_five_minutes(browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator) -> None:
    await add(world.olive, phone)
    proof, made, now = phone.sign(await challenge(browser)), phone.make(await begin(world.olive)), clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=5, seconds=1))
    late = [await send(browser, proof), await world.olive.send("POST", "/passkeys", made)]
    clock.set_clock(None)

    assert [(401, TOO_LATE)] * 2 == [refusal(answer) for answer in late]


async def test_a_challenge_is_good_in_the_browser_that_asked(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator
) -> None:
    """Neither does one person's challenge add a passkey to another's account."""
    await add(world.olive, phone)
    proof = phone.sign(await challenge(browser))
    async with httpx.AsyncClient(base_url=world.product.api, timeout=30, verify=TLS) as other:
        await challenge(other)
        elsewhere = await send(other, proof)
    omars = SoftAuthenticator(phone.origin)
    crossed = await world.olive.send("POST", "/passkeys", omars.make(await begin(world.omar)))

    assert [(401, TOO_LATE)] * 2 == [refusal(elsewhere), refusal(crossed)]
    assert 1 == len(await listed(world.olive))


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://localhost.evil.example"},
        {"origin": "http://localhost:1"},
        {"site": "evil.example"},
        {"flags": PRESENT},
    ],
    ids=["other site", "other port", "other relying party", "nobody verified"],
)
async def test_only_this_site_and_a_verified_person_count(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator, wrong: Json
) -> None:
    await add(world.olive, phone)
    made = await add(world.olive, replace(phone, credential_id=b"another credential", **wrong))
    entered = await use(browser, replace(phone, **wrong))

    assert [(401, REFUSED)] * 2 == [refusal(made), refusal(entered)]
    assert 201 == (await use(browser, phone)).status_code


async def test_a_passkey_is_bound_to_its_contact(browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator) -> None:
    """Riverside's Rolf signs in at Riverside with his, whatever he says of himself; and Olive's is added to nobody else."""
    rolfs = SoftAuthenticator(phone.origin)
    await add(world.olive, phone)
    await add(world.rolf, rolfs)
    taken_over = await add(world.rolf, replace(phone))
    as_olive = await use(browser, replace(rolfs, user_handle=phone.user_handle))
    with_his_key = await use(browser, replace(phone, key=rolfs.key))
    entered = await use(browser, rolfs)

    assert 409 == taken_over.status_code
    assert [(401, REFUSED)] * 2 == [refusal(as_olive), refusal(with_his_key)]
    assert (world.rolf.id, world.riverside_id) == (entered.json()["person"]["id"], entered.json()["practice"]["id"])


async def test_a_copy_whose_count_is_behind_is_refused(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator
) -> None:
    await add(world.olive, phone)
    copied = replace(phone)
    entered = [(await use(browser, phone)).status_code for _ in range(2)]

    assert [201, 201] == entered
    assert (401, REFUSED) == refusal(await use(browser, copied))


async def test_tries_are_few_and_passkeys_too(browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator) -> None:
    added = [(await add(world.olive, SoftAuthenticator(phone.origin))).status_code for _ in range(MOST_PASSKEYS + 1)]
    tries = [(await use(browser, phone)).status_code for _ in range(MOST_BY_ACCOUNT + 1)]

    assert [201] * MOST_PASSKEYS + [409] == added
    assert [401] * MOST_BY_ACCOUNT + [429] == tries


async def test_passkeys_are_for_those_who_may_use_the_app(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator
) -> None:
    """Neither the team nor a contact whose role has become "other"; and bytes that are no passkey are refused in words."""
    strangers = [await world.callers[name].send("POST", "/passkeys/challenge") for name in ("nora", "otto", "stranger")]
    await add(world.omar, phone)
    nonsense = {**phone.make(await begin(world.olive)), "attestation": "AAAA"}
    malformed = await world.olive.send("POST", "/passkeys", nonsense)
    statement = text("UPDATE contact SET role = 'other' WHERE practice_id = :practice_id AND id = :id")
    async with world.product.database.transaction() as uow:
        await uow.execute(statement, {"practice_id": world.practice_id, "id": world.omar.id})

    assert [404] * 3 == [answer.status_code for answer in strangers]
    assert (401, REFUSED) == refusal(malformed)
    assert (401, REFUSED) == refusal(await use(browser, replace(phone, user_handle=phone.user_handle)))
