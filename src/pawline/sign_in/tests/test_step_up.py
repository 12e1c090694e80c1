"""Section 8 of reliability.md: what opens a family to others takes a proof of who one is that is not older than 15 minutes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar.routes import HTTPRoute

from pawline.platform import clock
from pawline.platform.permissions import Permission
from pawline.sign_in.contacts import MOST_TRIES
from pawline.sign_in.gate import PROOF_LASTS
from pawline.sign_in.tests.conftest import Postman, ask_for_code, olives_email
from pawline.sign_in.tests.test_contacts import another
from tests.api.operations import bodies, path_of, random_ids
from tests.soft_authenticator import SoftAuthenticator
from tests.world import Caller, Json, World
from tools.application import application

# Each permission of families is in one of the two: whoever adds one decides which, and says why in the ADR.
OPENS_THE_FAMILY = {Permission.OWN_PASSKEYS, Permission.INVITE_TO_FAMILY}
ORDINARY = {
    Permission.USE_OWN_SESSION,
    Permission.PROVE_AGAIN,
    Permission.REPORT_AND_BLOCK,
    Permission.READ_THREAD,
    Permission.POST_MESSAGE,
    Permission.SEE_OWN_PETS,
    Permission.CONNECT_PETS,
    Permission.END_CONNECTION,
    Permission.SWITCH_PRACTICE,
    Permission.FIND_A_VET,
    Permission.CHANGE_PET,
    Permission.SAY_PET_DIED,
    Permission.ACCEPT_APP_TERMS,
    Permission.SET_OWN_NOTIFICATIONS,
    Permission.SEE_AVAILABILITY,
    Permission.SEE_VISITS,
    Permission.PAY,
}


def later(minutes: float) -> None:
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(minutes=minutes))


@pytest.fixture
def phone(world: World) -> SoftAuthenticator:
    return SoftAuthenticator(world.product.url.replace("127.0.0.1", "localhost"))


async def invite(caller: Caller) -> httpx.Response:
    return await caller.send("POST", "/family/invitations", {"name": "Wes"}, headers={"Idempotency-Key": str(uuid4())})


async def ask(caller: Caller) -> Json:
    answer = await caller.send("POST", "/session/owner/proof/code")
    assert 202 == answer.status_code, answer.text
    return answer.json()


async def bring(caller: Caller, attempt_id: str, code: str) -> httpx.Response:
    return await caller.send("POST", "/session/owner/proof", {"attempt_id": attempt_id, "code": code})


def guarded() -> Iterator[tuple[tuple[str, str], Permission]]:
    """Every operation of the API that names a permission."""
    for route in application().routes:
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/v1"):
            for method, (found, _) in route.route_handler_map.items():
                handler: Any = found
                for guard in handler.resolve_guards():
                    if (permission := getattr(guard, "permission", None)) is not None:
                        yield (str(method), route.path_format.removeprefix("/api/v1")), permission


def test_each_permission_of_families_is_decided_about() -> None:
    of_families = {permission for permission in Permission if permission.value.for_family}

    assert of_families == OPENS_THE_FAMILY | ORDINARY
    assert OPENS_THE_FAMILY == {permission for permission in Permission if permission.value.needs_proof}


async def test_all_that_opens_the_family_takes_a_fresh_proof(world: World) -> None:
    """Each route by itself; what only shows something goes on, and so does all else."""
    asked = {operation for operation, permission in guarded() if permission in OPENS_THE_FAMILY}
    nothing = random_ids("0" * 32)
    requests = {operation: bodies(nothing)[operation] for operation in asked}
    later(15.1)
    answers = {
        operation: await world.olive.send(operation[0], path_of(operation, nothing), body) for operation, body in requests.items()
    }
    refused = {operation for operation, answer in answers.items() if answer.status_code == 403}

    assert {operation for operation in asked if operation[0] != "GET"} == refused
    assert {"step_up_needed"} == {answers[operation].json()["code"] for operation in refused}
    assert {200} == {answer.status_code for operation, answer in answers.items() if operation not in refused}
    assert 201 == (await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft())).status_code


def draft() -> Json:
    return {"client_id": str(uuid4()), "body": "Still me"}


async def test_a_session_fresh_from_sign_in_needs_none(world: World) -> None:
    later(14.9)

    assert 201 == (await invite(world.olive)).status_code


async def test_links_that_open_the_family_are_shown_to_who_has_just_proven_it(world: World) -> None:
    """They are as good as an invitation, which would be refused."""
    await invite(world.olive)
    at_once = await links(world)
    later(15.1)

    assert [False, True] == [None in at_once, [None] == await links(world)]


async def links(world: World) -> list[str | None]:
    return [each["link"] for each in (await world.olive.get("/family/invitations")).json()["invitations"]]


async def test_the_mailed_code_is_good_for_fifteen_minutes_more(world: World, postman: Postman) -> None:
    """It goes to the address on file alone, of which the answer shows no more than one needs to know it again."""
    later(60 * 24)
    refused = await invite(world.olive)
    sent = await ask(world.olive)
    [letter] = await postman.letters(olives_email(world))
    wrong = await bring(world.olive, sent["attempt_id"], another(letter.code))
    right = await bring(world.olive, sent["attempt_id"], letter.code)
    again = await bring(world.olive, sent["attempt_id"], letter.code)
    invited = await invite(world.olive)
    later(PROOF_LASTS.total_seconds() / 60 + 0.1)

    assert ("email", "o***@example.com") == (sent["channel"], sent["sent_to"])
    assert (403, 401, 204, 401, 201) == tuple(a.status_code for a in (refused, wrong, right, again, invited))
    assert 403 == (await invite(world.olive)).status_code


async def test_it_proves_this_person_in_this_session_alone(world: World, postman: Postman) -> None:
    later(60)
    sent = await ask(world.olive)
    [letter] = await postman.letters(olives_email(world))
    as_omar = await bring(world.omar, sent["attempt_id"], letter.code)

    assert 401 == as_omar.status_code
    assert [403, 403] == [(await invite(person)).status_code for person in (world.olive, world.omar)]


async def test_a_code_is_tried_five_times(world: World, postman: Postman) -> None:
    later(60)
    sent = await ask(world.olive)
    [letter] = await postman.letters(olives_email(world))
    for _ in range(MOST_TRIES):
        assert 401 == (await bring(world.olive, sent["attempt_id"], another(letter.code))).status_code

    assert 401 == (await bring(world.olive, sent["attempt_id"], letter.code)).status_code


async def test_a_sign_in_code_of_somebody_else_proves_nothing(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    """Whoever holds Omar's phone can mail Olive a code, and still is not Olive."""
    later(60)
    attempt_id = await ask_for_code(browser, olives_email(world))
    [letter] = await postman.letters(olives_email(world))

    assert 401 == (await bring(world.omar, attempt_id, letter.code)).status_code


async def test_ones_own_passkey_proves_it_and_nobody_elses(
    browser: httpx.AsyncClient, world: World, phone: SoftAuthenticator
) -> None:
    begun = (await world.olive.send("POST", "/passkeys/challenge")).json()
    await world.olive.send("POST", "/passkeys", phone.make(begun))
    later(60)

    async def prove(caller: Caller) -> httpx.Response:
        challenge = (await caller.send("POST", "/session/owner/passkey/challenge")).json()
        return await caller.send("POST", "/session/owner/proof/passkey", phone.sign(challenge))

    assert (401, 403) == ((await prove(world.omar)).status_code, (await invite(world.omar)).status_code)
    assert (204, 201) == ((await prove(world.olive)).status_code, (await invite(world.olive)).status_code)


async def test_the_team_and_strangers_have_nothing_to_prove(world: World) -> None:
    answers = [await caller.send("POST", "/session/owner/proof/code") for caller in (world.nora, world.helen)]

    assert [404, 404] == [answer.status_code for answer in answers]
    assert 404 == (await world.stranger.post("/session/owner/proof/code")).status_code
