"""Texts that come in: whatever happens to the web process or the database, each is in its conversation once."""

import asyncio
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from tests.faults.proxy import proxy_to
from tests.faults.telling import Tell
from tests.faults.text_cast import Texter
from tests.faults.text_checker import TextRecord
from tests.faults.text_scene import TextScene
from tests.faults.worker import running

pytestmark = pytest.mark.faults

FIRST_QUESTION = "(Question 1/3)"
DATABASE_AWAY_SECONDS = 6


async def test_one_webhook_fifty_times_at_once_is_one_message(texting: TextScene) -> None:
    """F-26: from a number that nobody knows: one guest, one conversation, one first question."""
    stranger, number = next(texting.phones), texting.cast.numbers[0].number
    fields = {"MessageSid": f"SM{uuid4().hex}", "From": stranger, "To": number, "Body": "Hello?", "NumMedia": "0"}
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        posts = (_until_taken(texting, http, fields) for _ in range(50))
        statuses = await asyncio.gather(*posts)
    async with running(texting.worker()):
        await texting.until_sent(seconds=180)
    events = await texting.rows(f"SELECT message_id IS NOT NULL FROM inbound_event WHERE from_number = '{stranger}'")  # noqa: S608
    conversations = await texting.rows(f"SELECT id, thread_id FROM conversation WHERE contact_number = '{stranger}'")  # noqa: S608
    [(_, thread_id)] = conversations
    bodies = await texting.rows(f"SELECT body FROM message WHERE thread_id = '{thread_id}' AND author_kind = 'contact'")  # noqa: S608
    sent = [entry.body for entry in texting.ledger.between(to_number=stranger, kind="outbound")]

    assert {200} == set(statuses)
    assert [(True,)] == events
    assert [("Hello?",)] == bodies
    assert [True] == [body.endswith(FIRST_QUESTION) for body in sent]


async def test_two_who_start_a_conversation_with_one_number_get_the_same(texting: TextScene) -> None:
    """At the same moment, twelve times over."""
    phones = [next(texting.phones) for _ in range(12)]
    people = [texting.scene.cast.nora, texting.scene.cast.vane]
    clinic_id = str(texting.cast.numbers[0].clinic_id)
    for phone in phones:
        body = {"clinic_id": clinic_id, "number": phone, "first_name": "Omar", "last_name": "Hart"}
        clients = [texting.scene.client(texting.web, person) for person in people]
        asking = (client.ask("POST", "/api/v1/texting/conversations", body) for client in clients)
        answers = await asyncio.gather(*asking)

        assert [200, 200] == [answer.status for answer in answers], answers
        assert 1 == len({answer.json["conversation_id"] for answer in answers})
        assert [False, True] == sorted(answer.json["is_new"] for answer in answers)
    listed = ", ".join(f"'{phone}'" for phone in phones)
    found = await texting.rows(
        f"SELECT contact_number, count(*) FROM conversation WHERE contact_number IN ({listed}) GROUP BY 1"  # noqa: S608
    )

    assert dict.fromkeys(phones, 1) == dict(found)


@pytest.mark.slow
async def test_texts_that_come_while_the_database_is_down_come_again(texting: TextScene, tell: Tell) -> None:
    """F-27: 503, so that the carrier tries again; nothing is acknowledged that is not stored."""
    await texting.carrier.weather(speed=2)
    texters, record = await texting.take(4), TextRecord()
    # Behind a proxy, because the database has another address after it was away.
    async with proxy_to(lambda: texting.scene.url) as proxy, texting.another_web(proxy.url):
        await _text_while_the_database_is_down(texting, texters, record)
    verdict = await texting.judge_received(record)
    answers = {line.split()[1] for line in await texting.carrier.log() if line.startswith("→")}
    tell(f"{texting.report('database_is_down', verdict)}\nanswers to the carrier: {answers}")

    assert {"503", "200"} == answers
    assert 20 == verdict.ok
    assert verdict.is_good, verdict


async def _until_taken(texting: TextScene, http: httpx.AsyncClient, fields: dict[str, str]) -> int:
    """As a carrier does: told that now is not the moment, it comes again."""
    url, status = f"{texting.web.url}/hooks/twilio/text", int(HTTPStatus.SERVICE_UNAVAILABLE)
    while status == HTTPStatus.SERVICE_UNAVAILABLE:
        status = await texting.post_hook(http, url, fields)
    return status


async def _text_while_the_database_is_down(texting: TextScene, texters: list[Texter], record: TextRecord) -> None:
    await texting.scene.server.embedded.stop()
    try:
        await texting.text_from(texters, record, each=5)
        await asyncio.sleep(DATABASE_AWAY_SECONDS)
        meanwhile = [entry for entry in texting.ledger.between(kind="inbound") if entry.times_seen]
    finally:
        await texting.scene.server.embedded.start()
    await texting.until_handed_over(record, seconds=180)

    assert [] == meanwhile


@pytest.mark.slow
async def test_texts_that_come_while_the_web_is_killed_are_there_once(texting: TextScene, tell: Tell) -> None:
    """F-11: kill -9 in the middle of sixty of them, twice; the carrier comes back."""
    await texting.carrier.weather(speed=2)
    texting.web.supervise()
    record = TextRecord()
    for _ in range(2):
        await texting.text_from(await texting.take(6), record, each=5)
        texting.web.process.kill()
        await texting.web.process.wait()
        await asyncio.sleep(0.5)
        await texting.web.until_ready()
    await texting.web.leave_alone()
    await texting.until_handed_over(record, seconds=180)
    verdict = await texting.judge_received(record)
    tell(texting.report("web_is_killed", verdict))

    assert 60 == verdict.ok
    assert verdict.is_good, verdict
