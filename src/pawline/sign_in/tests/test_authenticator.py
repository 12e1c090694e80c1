"""What else there is to an authenticator app (section 8 of reliability.md): recovery codes, turning it off, and losing it."""

from base64 import b32decode
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pawline.sign_in.tests.conftest import PASSWORD, Member, Postman
from pawline.sign_in.tests.second_step_scene import Phone, attempt_in, first_step, set_up, sign_in, state
from pawline.sign_in.tests.test_front_desk import at_desk
from pawline.sign_in.tests.test_secrets_at_rest import all_tables
from pawline.team.second_steps import remove_second_steps_at
from pawline.team.tests.scene import member as as_shown
from tests.world import Caller, World


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
async def nia(world: World, member: Member, phone: Phone) -> Caller:
    return await at_desk(world, member, is_shared=False)


async def ask(caller: Caller, what: str, code: str, *, password: str = PASSWORD) -> httpx.Response:
    return await caller.send("POST", f"/own-authenticator/{what}", {"password": password, "code": code})


async def events(world: World) -> list[tuple[str, str]]:
    statement = text("""
        SELECT e.kind, b.name FROM factor_event e JOIN person b ON b.practice_id = e.practice_id AND b.id = e.by_id
        WHERE e.practice_id = :practice_id""")
    async with world.product.database.transaction() as uow:
        found = await uow.execute(statement, {"practice_id": UUID(world.practice_id)})
        return [(row.kind, row.name) for row in found]


async def test_a_recovery_code_stands_in_for_the_app_once(
    browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone
) -> None:
    """However it is typed; the others stay."""
    first, second, *_ = await set_up(nia, phone)
    entered = await sign_in(browser, member, f" {first.upper().replace('-', ' ')} ")
    again = await sign_in(browser, member, first)

    assert [201, 401] == [entered.status_code, again.status_code]
    assert 9 == (await state(nia))["recovery_codes_left"]
    assert 201 == (await sign_in(browser, member, second)).status_code


async def test_new_recovery_codes_take_the_place_of_the_old(
    browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone
) -> None:
    old = await set_up(nia, phone)
    refused = [await ask(nia, "recovery-codes", "000000"), await ask(nia, "recovery-codes", phone.next_code(), password="no")]
    renewed = await ask(nia, "recovery-codes", phone.code())
    new = renewed.json()["codes"]

    assert [401, 401] == [answer.status_code for answer in refused]
    assert "no-store" == renewed.headers["cache-control"]
    assert 10 == len(set(new) - set(old))
    assert 401 == (await sign_in(browser, member, old[0])).status_code
    assert 201 == (await sign_in(browser, member, new[0])).status_code


async def test_turning_it_off_takes_password_and_code(
    browser: httpx.AsyncClient, nia: Caller, member: Member, phone: Phone
) -> None:
    await set_up(nia, phone)
    refused = [await ask(nia, "off", "000000"), await ask(nia, "off", phone.next_code(), password="no")]
    still = await first_step(browser, member)
    off = await ask(nia, "off", phone.code())

    assert [401, 401] == [answer.status_code for answer in refused]
    assert attempt_in(still)
    assert 204 == off.status_code
    assert {"since": None, "recovery_codes_left": 0} == await state(nia)
    assert 201 == (await first_step(browser, member)).status_code
    assert 404 == (await ask(nia, "off", phone.next_code())).status_code


async def test_a_colleague_removes_it_when_the_phone_is_lost(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone, postman: Postman
) -> None:
    """Whoever manages the team and stands not below; kept on record, and mailed with who did it."""
    await set_up(nia, phone)

    async def remove(by: Caller, whose: str = nia.id) -> httpx.Response:
        return await by.send("POST", f"/team/{whose}/remove-second-step")

    refused = [(await remove(by)).status_code for by in (world.nora, world.rita, world.olive)]
    own = (await remove(world.ada, world.ada.id)).status_code
    above = (await remove(world.ada, world.helen.id)).status_code
    shown = (await as_shown(world, nia))["has_second_step"]
    removed = await remove(world.ada)
    repeated = await remove(world.ada)
    letters = [letter.mail for letter in await postman.letters(member.email, count=2)]

    assert [403, 404, 404] == refused
    assert (403, 403, True) == (own, above, shown)
    assert (200, False) == (removed.status_code, removed.json()["has_second_step"])
    assert 200 == repeated.status_code
    assert 201 == (await first_step(browser, member)).status_code
    assert [("codes_on", "Nia Bell"), ("removed_by_colleague", "Ada Lind")] == sorted(await events(world))
    assert {"Your second step is on", "Your second step was removed"} == {mail.subject.partition(" at ")[0] for mail in letters}
    assert any("Ada Lind did this." in mail.text for mail in letters)


async def test_whoever_runs_the_server_removes_it_where_no_colleague_can(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone
) -> None:
    """A practice owner alone, without phone and recovery codes; others keep theirs."""
    await set_up(nia, phone)
    async with world.product.database.transaction() as uow:
        nobody = await remove_second_steps_at(uow, "nobody@northside.example")
    still = await first_step(browser, member)
    async with world.product.database.transaction() as uow:
        done = await remove_second_steps_at(uow, f" {member.email.upper()}")

    assert ([], ["Northside Veterinary"]) == (nobody, done)
    assert attempt_in(still)
    assert 201 == (await first_step(browser, member)).status_code
    assert [("codes_on", "Nia Bell"), ("removed_on_server", "Nia Bell")] == sorted(await events(world))


async def test_what_came_of_it_is_on_record(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone
) -> None:
    first, second, *_ = await set_up(nia, phone)
    await sign_in(browser, member, first)
    await ask(nia, "off", second)

    assert ["codes_off", "codes_on", "recovery_code_used", "recovery_code_used"] == sorted(
        kind for kind, _ in await events(world)
    )


async def test_neither_secret_nor_recovery_codes_are_stored_as_they_are(
    browser: httpx.AsyncClient, world: World, nia: Caller, member: Member, phone: Phone
) -> None:
    codes = await set_up(nia, phone)
    attempt = attempt_in(await first_step(browser, member))
    stored = (await all_tables(world.product)).lower()
    secrets = [
        phone.secret,
        b32decode(phone.secret).hex(),
        attempt,
        *codes,
        *(code.replace("-", "") for code in codes),
    ]

    assert [] == [secret for secret in secrets if secret.lower() in stored or secret.lower().encode().hex() in stored]
    assert "\\x" in stored
