"""Signing in with a mobile number: who is let in as whom, and nothing for whoever only asks."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pawline.consent.changes import Cause
from pawline.families.numbers import add_number, mark_landline
from pawline.joining.limits import MOST_FROM_ORIGIN, MOST_TO_ADDRESS
from pawline.joining.tests.conftest import Entry, texted_code
from pawline.joining.tests.test_texted_codes import STATES, dispatching, stop, until_ended
from pawline.platform import clock
from tests.texting_scene import OLIVE, UNKNOWN, Texting
from tests.world import Json, World

NATIONAL = "(415) 555-0117"
NOT_RIGHT = "This code is not right, or it is too old. Use the latest one, or ask for a new code."


@pytest.fixture
def browser(browsers: list[httpx.AsyncClient]) -> httpx.AsyncClient:
    return browsers[0]


async def ask(browser: httpx.AsyncClient, number: str) -> httpx.Response:
    return await browser.post("/session/owner/text", json={"number": number})


async def attempt(browser: httpx.AsyncClient, number: str = NATIONAL) -> str:
    answer = await ask(browser, number)
    assert 202 == answer.status_code, answer.text
    return answer.json()["attempt_id"]


async def enter(browser: httpx.AsyncClient, attempt_id: str, code: str, *, contact_id: str | None = None) -> httpx.Response:
    body = {"attempt_id": attempt_id, "code": code, "contact_id": contact_id}
    return await browser.post("/session/owner/text/verify", json=body)


async def share_number(world: World, practice_id: str, contact_id: str) -> None:
    async with world.product.database.transaction() as uow:
        await add_number(uow, UUID(practice_id), UUID(contact_id), number=OLIVE)


def choices(answer: httpx.Response) -> list[str]:
    assert (409, "choose_contact") == (answer.status_code, answer.json()["code"])
    return [error["message"] for error in answer.json()["errors"]]


async def test_a_number_on_file_signs_in_once(browser: httpx.AsyncClient, world: World, texting: Texting) -> None:
    """The text ends as the phone wants it, to fill in the code by itself (WebOTP)."""
    attempt_id = await attempt(browser)
    code = await texted_code(texting, OLIVE)
    async with dispatching(texting):
        await until_ended(texting, "accepted")
    answers = await asyncio.gather(*(enter(browser, attempt_id, f" {code} ") for _ in range(4)))

    assert texting.carrier.sent_to(OLIVE)[0].endswith(f"\n\n@127.0.0.1 #{code}")
    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in answers)
    assert world.olive.id == (await browser.get("/session")).json()["person"]["id"]


async def test_nobody_learns_whether_a_number_is_on_file(browser: httpx.AsyncClient, world: World, texting: Texting) -> None:
    """Known, unknown, stopped and tried too often: the answers are alike, and so are the limits."""
    known = [await ask(browser, OLIVE) for _ in range(MOST_TO_ADDRESS + 1)]
    unknown = [await ask(browser, UNKNOWN) for _ in range(MOST_TO_ADDRESS + 1)]
    wrong = [await enter(browser, answer.json()["attempt_id"], "000000") for answer in (known[0], unknown[0])]

    def shape(answers: list[httpx.Response]) -> list[tuple[int, set[str], Json]]:
        return [(answer.status_code, set(answer.json()), answer.json().get("detail")) for answer in answers]

    assert shape(known) == shape(unknown)
    assert [202] * MOST_TO_ADDRESS + [429] == [answer.status_code for answer in known]
    assert [(401, NOT_RIGHT)] * 2 == [(answer.status_code, answer.json()["detail"]) for answer in wrong]
    assert [] == await texting.sent_to(UNKNOWN)
    assert MOST_TO_ADDRESS == len(await texting.sent_to(OLIVE))


async def test_sign_ups_and_sign_ins_share_the_limit(browser: httpx.AsyncClient, entry: Entry, texting: Texting) -> None:
    asked = [(await entry.start(number=OLIVE)).status_code for _ in range(MOST_TO_ADDRESS - 1)]
    asked += [(await ask(browser, OLIVE)).status_code for _ in range(2)]

    assert [202] * MOST_TO_ADDRESS + [429] == asked
    assert 429 == (await entry.start(number=OLIVE)).status_code


async def test_one_network_asks_for_so_many_and_no_more(browser: httpx.AsyncClient, texting: Texting) -> None:
    answers = [await ask(browser, f"+1415555{2000 + step}") for step in range(MOST_FROM_ORIGIN + 1)]

    assert [202] * MOST_FROM_ORIGIN + [429] == [answer.status_code for answer in answers]


async def test_several_with_one_phone_say_who_they_are(browser: httpx.AsyncClient, world: World, texting: Texting) -> None:
    """The code proves the phone; at several practices the practice stands beside the name. Otto is not for the app."""
    for contact in (world.omar, world.otto):
        await share_number(world, world.practice_id, contact.id)
    attempt_id = await attempt(browser)
    code = await texted_code(texting, OLIVE)
    at_one = await enter(browser, attempt_id, code)
    await share_number(world, world.riverside_id, contact_id=world.rolf.id)
    at_two = await enter(browser, attempt_id, code)
    as_stranger = await enter(browser, attempt_id, code, contact_id=world.kim.id)
    without_code = await enter(browser, attempt_id, "000000", contact_id=world.omar.id)
    chosen = await enter(browser, attempt_id, code, contact_id=world.rolf.id)

    assert [f"{world.olive.id} Olive Hart", f"{world.omar.id} Omar Hart"] == choices(at_one)
    assert [
        f"{world.olive.id} Olive Hart, Northside Veterinary",
        f"{world.omar.id} Omar Hart, Northside Veterinary",
        f"{world.rolf.id} Rolf Berg, Riverside Vets",
    ] == choices(at_two)
    assert choices(at_two) == choices(as_stranger)
    assert 401 == without_code.status_code
    assert (world.rolf.id, world.riverside_id) == (chosen.json()["person"]["id"], chosen.json()["practice"]["id"])
    assert 1 == len(await texting.sent_to(OLIVE))


@pytest.mark.parametrize("cause", [Cause.CONTACT_STOPS, Cause.CONTACT_STOPS_AT_CARRIER])
async def test_who_said_stop_gets_no_code(browser: httpx.AsyncClient, texting: Texting, cause: Cause) -> None:
    await stop(texting, OLIVE, cause)

    assert 202 == (await ask(browser, OLIVE)).status_code
    assert [] == await texting.sent_to(OLIVE)


async def test_a_number_that_is_not_theirs_any_more_gets_no_code(
    browser: httpx.AsyncClient, world: World, texting: Texting
) -> None:
    """Nor a landline. Phone companies give a number that lies idle to somebody else: after half a year it proves nothing."""
    later = clock.now() + timedelta(days=181)
    await texting.rows("UPDATE contact_number SET created_at = :at WHERE practice_id = :practice_id RETURNING id", at=later)
    texting.set_time(later + timedelta(days=181))
    idle = await ask(browser, OLIVE)
    await texting.receive("Still me", from_=OLIVE)
    heard_of = await ask(browser, OLIVE)
    async with texting.desk.database.transaction() as uow:
        await mark_landline(uow, texting.practice_id, OLIVE)
    landline = await ask(browser, OLIVE)
    codes = [body for body in await texting.sent_to(OLIVE) if "is your code" in body]

    assert [202] * 3 == [answer.status_code for answer in (idle, heard_of, landline)]
    assert 1 == len(codes)


async def test_a_code_is_tried_a_few_times_and_grows_old(browser: httpx.AsyncClient, world: World, texting: Texting) -> None:
    tired, late = await attempt(browser), await attempt(browser)
    codes = [body[:6] for body in await texting.sent_to(OLIVE)]
    tries = [(await enter(browser, tired, "0000x0")).status_code for _ in range(5)]
    tired_answer = await enter(browser, tired, codes[0])
    crossed = await enter(browser, late, codes[0])
    texting.advance(minutes=15, seconds=1)

    assert [401] * 5 == tries
    assert [401] * 3 == [answer.status_code for answer in (tired_answer, crossed, await enter(browser, late, codes[1]))]


async def test_a_guest_signs_in_and_is_asked_nothing_more(browser: httpx.AsyncClient, world: World, texting: Texting) -> None:
    """PA-16, PA-17: whoever has only texted so far finds the same chat in the app."""
    await texting.receive("Biscuit ate a sock", from_=UNKNOWN)
    attempt_id = await attempt(browser, UNKNOWN)
    entered = await enter(browser, attempt_id, await texted_code(texting, UNKNOWN))
    [thread] = (await browser.get("/pets", headers={"X-Pawline-App": "owner"})).json()["threads"]
    read = await browser.get(f"/threads/{thread['thread_id']}", headers={"X-Pawline-App": "owner"})
    runs = await texting.rows("SELECT state FROM bot_run WHERE practice_id = :practice_id")

    assert 201 == entered.status_code
    assert "Biscuit ate a sock" in read.text
    assert {"stopped_by_contact"} == {run.state for run in runs}


async def test_what_cannot_be_texted_is_refused_in_words(browser: httpx.AsyncClient, texting: Texting) -> None:
    """By its shape alone, so that it says nothing of who has it."""
    answers = [
        await ask(browser, spelling) for spelling in ("12", "Olive", "+442079460000", "+1 876 555 0123", "+49 1512 3456789")
    ]

    assert [422] * 5 == [answer.status_code for answer in answers]
    assert {"number"} == {answer.json()["errors"][0]["field"] for answer in answers}
    assert [] == await texting.rows(STATES)


async def test_who_has_no_email_proves_who_they_are_by_text(world: World, texting: Texting) -> None:
    """Section 8 of reliability.md: only with a number of one's own, of which the answer shows the last digits."""
    async with world.product.database.transaction() as uow:
        here = {"practice_id": UUID(world.practice_id)}
        no_email = text("UPDATE contact SET email = NULL WHERE practice_id = :practice_id AND id = ANY(:ids)")
        await uow.execute(no_email, {**here, "ids": [UUID(world.olive.id), UUID(world.omar.id)]})
    sent = (await world.olive.send("POST", "/session/owner/proof/code")).json()
    proof = {"attempt_id": sent["attempt_id"], "code": await texted_code(texting, OLIVE)}
    nowhere = await world.omar.send("POST", "/session/owner/proof/code")
    answers = [await person.send("POST", "/session/owner/proof", proof) for person in (world.olive, world.olive, world.omar)]

    assert ("sms", f"…{OLIVE[-4:]}") == (sent["channel"], sent["sent_to"])
    assert 409 == nowhere.status_code
    assert [204, 401, 401] == [answer.status_code for answer in answers]
