"""A second contact comes into the family by invitation: by e-mail, or by a link that was passed on."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pawline.demo.mailbox import Mail
from pawline.joining.invitations import MOST_A_DAY
from pawline.joining.tests.conftest import JUNE, Entry, mailed_code
from pawline.platform import clock
from pawline.platform.security import cookie_name
from pawline.sign_in.tests.conftest import Postman, olives_email
from tests.world import Caller, Json, World


@pytest.fixture
def email() -> str:
    return f"june-{uuid4().hex}@example.com"


async def invite(caller: Caller, **values: Any) -> httpx.Response:
    body = {"name": "June Hart", **values}
    return await caller.send("POST", "/family/invitations", body, headers={"Idempotency-Key": str(uuid4())})


async def link_of(world: World) -> str:
    return token_in((await invite(world.olive)).json()["link"])


def token_in(words: str) -> str:
    return words.partition("#invitation=")[2][:64]


async def mailed_token(postman: Postman, email: str) -> str:
    mail: Mail = (await postman.letters(email))[0].mail
    return token_in(mail.text)


async def start(http: httpx.AsyncClient, token: str, email: str) -> httpx.Response:
    return await http.post("/invitation/start", json={**JUNE, "token": token, "email": email})


async def contacts(world: World) -> list[tuple[str, str]]:
    family = (await world.nora.thread(world.thread_id))["family"]
    return [(contact["name"], contact["role"]) for contact in family["contacts"]]


async def words_of(http: httpx.AsyncClient, token: str) -> Json:
    answer = await http.post("/invitation", json={"token": token})
    assert 404 == answer.status_code, answer.text
    return answer.json()["detail"]


async def test_a_mailed_invitation_proves_the_address_and_works_once(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    invited = (await invite(world.olive, email=email.upper())).json()
    token = await mailed_token(postman, email)
    place = (await browsers[0].post("/invitation", json={"token": token})).json()
    answers = await asyncio.gather(*(http.post("/invitation/accept", json={"token": token}) for http in browsers))
    [joined] = [answer for answer in answers if answer.status_code == 201]

    assert (None, email) == (invited["link"], invited["email"])
    assert ("Northside Veterinary", "Hart family", "Olive Hart", "June Hart", True) == tuple(
        place[name] for name in ("practice_name", "family_name", "invited_by", "name", "is_proven")
    )
    assert [201, 404, 404, 404] == sorted(answer.status_code for answer in answers)
    assert (world.family_id, "June Hart") == (joined.json()["family"]["id"], joined.json()["person"]["name"])
    assert ("June Hart", "secondary") in await contacts(world)
    assert [] == (await world.olive.get("/family/invitations")).json()["invitations"]


async def test_a_family_that_reads_spanish_is_invited_in_spanish(world: World, postman: Postman, email: str) -> None:
    await world.olive.send("GET", "/session", headers={"X-Pawline-Version": "1", "Accept-Language": "es"})
    await invite(world.olive, email=email)
    mail = (await postman.letters(email))[0].mail

    assert "Olive Hart le invita a Northside Veterinary" == mail.subject
    assert "Abra este enlace en el dispositivo que quiera usar" in mail.text
    assert "owner/join#invitation=" in mail.text


async def test_a_link_that_was_passed_on_asks_for_an_address_and_its_code(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    token = await link_of(world)
    unproven = await browsers[0].post("/invitation/accept", json={"token": token})
    entry = Entry(browsers[0], "")
    attempt_id = (await start(browsers[0], token, email)).json()["attempt_id"]
    joined = await entry.verify(attempt_id, await mailed_code(postman, email))

    assert 422 == unproven.status_code
    assert (201, world.family_id, "June Park") == (
        joined.status_code,
        joined.json()["family"]["id"],
        joined.json()["person"]["name"],
    )
    assert ("June Park", "secondary") in await contacts(world)


async def test_somebody_joins_at_the_tablet_at_which_another_of_the_family_is_signed_in(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    """C20: the two are not taken for one person, so whoever was there has nothing to prove, however long ago they signed in."""
    tablet, token = browsers[0], await link_of(world)
    tablet.cookies.set(cookie_name(world.product.settings, "owner"), world.olive.secret)
    tomorrow = clock.now() + timedelta(days=1)
    clock.set_clock(lambda: tomorrow)
    attempt_id = (await start(tablet, token, email)).json()["attempt_id"]
    joined = await Entry(tablet, "").verify(attempt_id, await mailed_code(postman, email))

    assert (201, "June Park") == (joined.status_code, joined.json()["person"]["name"])


async def test_a_link_lets_one_person_in_even_if_two_have_started(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    token, emails = await link_of(world), [email, f"july-{email}"]
    attempts = [(await start(http, token, each)).json()["attempt_id"] for http, each in zip(browsers, emails, strict=False)]
    codes = [await mailed_code(postman, each) for each in emails]
    answers = await asyncio.gather(
        *(Entry(http, "").verify(attempt, code) for http, attempt, code in zip(browsers, attempts, codes, strict=False))
    )

    assert [201, 404] == sorted(answer.status_code for answer in answers)
    assert 4 == len(await contacts(world))


async def test_each_invitation_that_does_not_work_says_why(browsers: list[httpx.AsyncClient], world: World) -> None:
    """AL-21: forged, withdrawn, used and expired, each in its own words; and nobody is let in."""
    http = browsers[0]
    withdrawn, expired = (await invite(world.olive)).json(), await link_of(world)
    path = f"/family/invitations/{withdrawn['id']}"
    others = [(await world.callers[name].send("DELETE", path)).status_code for name in ("kim", "rolf", "nora", "stranger")]
    taken_back = [(await world.olive.send("DELETE", path)).status_code for _ in range(2)]
    words = [await words_of(http, "0" * 64), await words_of(http, token_in(withdrawn["link"]))]
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(days=14, seconds=1))
    words.append(await words_of(http, expired))
    clock.set_clock(None)

    assert [404] * 4 == others
    assert [204, 404] == taken_back
    assert [
        "This link is not complete, or it is not an invitation of ours. Open it again from where you got it.",
        "This invitation was withdrawn. Ask Olive Hart if you think it should not have been.",
        "This invitation has expired. Ask Olive Hart for a new one.",
    ] == words
    assert 3 == len(await contacts(world))


async def test_a_used_invitation_says_so(browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str) -> None:
    """AL-21"""
    await invite(world.olive, email=email)
    token = await mailed_token(postman, email)
    await browsers[0].post("/invitation/accept", json={"token": token})

    assert "This invitation was used already. If that was you, sign in. If not, ask for a new one." == (
        await words_of(browsers[1], token)
    )


async def test_an_address_of_another_family_is_left_to_the_practice(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman
) -> None:
    """Kim is not moved from one family to another by whoever knows her address; Olive herself is simply signed in."""
    kims = olives_email(world).replace("olive", "kim")
    answers: list[httpx.Response] = []
    for address in (kims, olives_email(world)):
        await invite(world.olive, email=address)
        token = await mailed_token(postman, address)
        answers.append(await browsers[0].post("/invitation/accept", json={"token": token}))

    assert (409, "of_another_family") == (answers[0].status_code, answers[0].json()["code"])
    assert world.olive.id == answers[1].json()["person"]["id"]
    assert 3 == len(await contacts(world))


async def test_only_the_first_contact_invites_and_only_so_often(world: World) -> None:
    by_omar = await invite(world.omar)
    by_olive = [(await invite(world.olive)).status_code for _ in range(MOST_A_DAY + 1)]
    lists = [(await person.get("/family/invitations")).json() for person in (world.olive, world.omar)]

    assert 403 == by_omar.status_code
    assert [201] * MOST_A_DAY + [409] == by_olive
    assert [True, False] == [found["can_invite"] for found in lists]
    assert [MOST_A_DAY] * 2 == [len(found["invitations"]) for found in lists]
    assert [404, 404] == [(await world.callers[name].get("/family/invitations")).status_code for name in ("nora", "stranger")]
