"""Codes by text: through the one way out, to nobody who said stop, never twice, and seen by nobody else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest

from pawline.carriers.fake import accept_and_lose_the_answer, lose_the_request
from pawline.consent.changes import Cause, ConsentChange, Source
from pawline.consent.service import record
from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.tests.scene import QUICK
from pawline.joining.limits import MOST_FROM_ORIGIN, MOST_TEXTS_A_DAY, MOST_TO_ADDRESS
from pawline.joining.tests.conftest import Entry, texted_code
from pawline.texting.segments import count_segments
from pawline.threads.entries import touch_message
from tests.texting_scene import OLIVE, UNKNOWN, Texting
from tests.world import World

STATES = "SELECT state, reason FROM delivery WHERE practice_id = :practice_id AND category = 'sign_in' ORDER BY queued_at"


@asynccontextmanager
async def dispatching(texting: Texting) -> AsyncGenerator[None]:
    desk = texting.desk
    dispatcher = Dispatcher(desk.database, desk.carriers, touch_message, settings=desk.settings, pace=QUICK)
    running = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until_ended(texting: Texting, *states: str) -> list[tuple[str, str | None]]:
    async with asyncio.timeout(30):
        while True:
            rows = await texting.rows(STATES)
            if rows and all(row.state in states for row in rows):
                return [(row.state, row.reason) for row in rows]
            await asyncio.sleep(0.05)


async def stop(texting: Texting, number: str, cause: Cause) -> None:
    change = ConsentChange(contact_number=number, source=Source.CONTACT, number_id=texting.number_id, reason="STOP")
    async with texting.desk.database.transaction() as uow:
        await record(uow, texting.practice_id, cause, change)


async def test_the_text_says_whose_code_it_is_and_is_in_no_thread(entry: Entry, world: World, texting: Texting) -> None:
    """Its last line lets the phone offer the code by itself; the team sees nothing of it."""
    answer = await entry.start(number="(415) 555-0117")
    code = await texted_code(texting, OLIVE)
    async with dispatching(texting):
        await until_ended(texting, "accepted")
    thread = await world.nora.thread(world.thread_id)

    assert 202 == answer.status_code
    words = f"{code} is your code for Hill Street. It is good for 15 minutes. Nobody from the clinic will ask for it."
    assert [f"{words}\n\n@127.0.0.1 #{code}"] == texting.carrier.sent_to(OLIVE)
    assert code not in str(thread)
    assert code not in answer.text


async def test_who_asks_in_spanish_gets_one_text_in_spanish(entry: Entry, texting: Texting) -> None:
    """None of its letters would make two texts of it, and its last line is still the one that phones look for."""
    entry.http.headers["Accept-Language"] = "es-MX,es;q=0.9"
    await entry.start(number=OLIVE)
    code = await texted_code(texting, OLIVE)
    [body] = await texting.sent_to(OLIVE)

    assert f"{code} es su clave para Hill Street. Vale durante 15 minutos. Nadie del equipo se la va a pedir." in body
    assert body.endswith(f"\n\n@127.0.0.1 #{code}")
    assert ("gsm7", 1) == (count_segments(body).encoding, count_segments(body).count)


@pytest.mark.parametrize("cause", [Cause.CONTACT_STOPS, Cause.CONTACT_STOPS_AT_CARRIER])
async def test_who_said_stop_is_sent_nothing_and_nobody_learns_it(entry: Entry, texting: Texting, cause: Cause) -> None:
    await stop(texting, OLIVE, cause)
    stopped, unknown = [(await entry.start(number=number)).json() for number in (OLIVE, UNKNOWN)]

    assert stopped.keys() == unknown.keys()
    assert [] == await texting.sent_to(OLIVE)
    assert 1 == len(await texting.sent_to(UNKNOWN))


async def test_a_stop_that_comes_while_the_code_waits_keeps_it(entry: Entry, texting: Texting) -> None:
    await entry.start(number=OLIVE)
    await stop(texting, OLIVE, Cause.CONTACT_STOPS)
    async with dispatching(texting):
        ended = await until_ended(texting, "cancelled")

    assert [("cancelled", "opted_out")] == ended
    assert [] == texting.carrier.ledger


async def test_a_code_that_may_be_lost_is_not_sent_again(entry: Entry, texting: Texting) -> None:
    """What left unseen is found; what did not is given up, since whoever waits asks for another code."""
    texting.carrier.script.extend([accept_and_lose_the_answer, lose_the_request])
    async with dispatching(texting):
        await entry.start(number=OLIVE)
        await until_ended(texting, "accepted")
        await entry.start(number=OLIVE)
        ended = await until_ended(texting, "accepted", "failed")

    assert [("accepted", None), ("failed", "outcome_unknown")] == ended
    assert 1 == len(texting.carrier.sent_to(OLIVE))
    assert 2 == len(texting.carrier.calls)


async def test_a_code_that_waited_too_long_is_not_sent(entry: Entry, texting: Texting) -> None:
    await entry.start(number=OLIVE)
    await texting.rows(
        "UPDATE delivery SET queued_at = now() - interval '16 minutes' WHERE practice_id = :practice_id RETURNING id"
    )
    async with dispatching(texting):
        ended = await until_ended(texting, "cancelled")

    assert [("cancelled", "code_expired")] == ended


async def test_one_number_gets_few_codes_an_hour(entry: Entry, texting: Texting) -> None:
    answers = [await entry.start(number=OLIVE) for _ in range(MOST_TO_ADDRESS + 1)]
    texting.advance(hours=1, seconds=1)
    later = await entry.start(number=OLIVE)

    assert [202] * MOST_TO_ADDRESS + [429] == [answer.status_code for answer in answers]
    assert "Use the latest one" in answers[-1].json()["detail"]
    assert 202 == later.status_code
    assert MOST_TO_ADDRESS + 1 == len(await texting.sent_to(OLIVE))


async def test_one_network_and_one_clinic_send_so_many_and_no_more(entry: Entry, texting: Texting) -> None:
    """Against whoever is paid for texts; the refusal says what to do instead."""
    answers = await asyncio.gather(*(entry.start(number=f"+1415555{2000 + step}") for step in range(MOST_FROM_ORIGIN + 1)))
    texting.advance(hours=1, seconds=1)
    await texting.rows(
        "INSERT INTO sign_up (practice_id, id, clinic_code_id, first_name, last_name, number, origin_hash, code_hash, tries, "
        "created_at, expires_at) SELECT s.practice_id, gen_random_uuid(), s.clinic_code_id, 'A', 'B', '+14155550188', 'x', 'x', "
        "0, s.created_at, s.expires_at FROM (SELECT * FROM sign_up WHERE practice_id = :practice_id LIMIT 1) s, "
        "generate_series(1, :count) RETURNING id",
        count=MOST_TEXTS_A_DAY - MOST_FROM_ORIGIN,
    )
    by_text, by_mail = await entry.start(number=OLIVE), await entry.start(email="june@example.com")

    assert [202] * MOST_FROM_ORIGIN + [429] == sorted(answer.status_code for answer in answers)
    assert (429, 202) == (by_text.status_code, by_mail.status_code)
    assert "use your e-mail" in by_text.json()["detail"]


async def test_numbers_that_get_no_texts_are_refused_in_words(entry: Entry, texting: Texting) -> None:
    spellings = ["12", "+442079460000", "+44 7700 900123", "+1 876 555 0123"]
    details = [(await entry.start(number=spelling)).json() for spelling in spellings]
    await texting.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id RETURNING id")
    off = await entry.start(number=OLIVE)
    neither = await entry.start()

    assert [422] * 4 == [detail["status"] for detail in details]
    assert ["number"] * 4 == [detail["errors"][0]["field"] for detail in details]
    assert [422, 422] == [off.status_code, neither.status_code]
    assert "does not text" in off.json()["detail"]
    assert [] == await texting.rows("SELECT id FROM delivery WHERE practice_id = :practice_id")
