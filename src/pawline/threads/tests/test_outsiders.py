"""One predicate of access: whoever is not of a thread finds nothing of it, whichever way they ask."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pawline.threads.tests.scene import upload_photo
from tests.world import Json, World

SECRET = "Pixel swallowed a sock"
OUTSIDERS = ("kim", "hal", "toby", "rita", "rolf", "otto", "stranger")
Ask = tuple[str, str, Json]


def questions(thread_id: str, message: Json) -> list[Ask]:
    """Everything one can ask about a thread: method, path, body."""
    where = f"/threads/{thread_id}"
    conversation = f"{where}/conversations/{message['conversation_id']}"
    return [
        ("GET", where, None),
        ("GET", f"{where}/messages", None),
        ("GET", f"{where}/messages?after=0", None),
        ("GET", f"{where}/messages?before=99", None),
        ("GET", f"{where}/changes?after=0", None),
        ("GET", f"{where}/changes?after=99", None),
        ("POST", f"{where}/messages", {"client_id": str(uuid4()), "body": "Let me in"}),
        ("POST", f"{where}/messages", {"client_id": str(uuid4()), "body": "Let me in", "kind": "note"}),
        ("DELETE", f"{where}/messages/{message['id']}", None),
        ("PUT", f"{where}/messages/{message['id']}/pets", {"pet_ids": []}),
        ("PUT", f"{where}/read-mark", {"up_to_seq": 1}),
        ("POST", f"{where}/conversations", {"title": "Mine"}),
        ("PATCH", conversation, {"title": "Mine"}),
        ("POST", f"{conversation}/end", None),
        ("POST", f"{conversation}/restart", None),
    ]


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_to_an_outsider_a_thread_is_like_one_that_never_was(world: World, name: str) -> None:
    """I10: each answer equals that about a random id, to the letter, and nothing has changed."""
    message = await _talk(world)
    before = await world.nora.thread(world.thread_id)
    nothing = {"id": str(uuid4()), "conversation_id": str(uuid4())}
    asked = [await _ask(world, name, ask) for ask in questions(world.thread_id, message)]
    of_nothing = [await _ask(world, name, ask) for ask in questions(str(uuid4()), nothing)]

    assert {403 if name == "toby" else 404, 404} >= {answer.status_code for answer in asked}
    assert [(each.status_code, each.content) for each in of_nothing] == [(each.status_code, each.content) for each in asked]
    assert before == await world.nora.thread(world.thread_id)


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_no_list_search_count_or_preview_tells_an_outsider(world: World, name: str) -> None:
    """I10: neither words nor names nor ids, nor a number that would differ."""
    await _talk(world)
    paths = ["/pets", "/families", "/families?q=Pixel", "/families?q=Olive", "/families?q=Hart", "/inbox?state=all"]
    paths += [f"/inbox?state={state}&q={word}" for state in ("open", "unread", "all") for word in ("Pixel", "Hart")]
    paths += [f"/inbox?clinic_id={world.clinic_id}", f"/inbox?clinic_id={uuid4()}"]
    answers = [await _ask(world, name, ("GET", path, None)) for path in paths]
    everything = "".join(answer.text for answer in answers)
    counts = [answer.json()["unread_threads"] for answer in answers if "unread_threads" in answer.text]

    assert [] == [word for word in (SECRET, world.thread_id, world.family_id, "Pixel", "Hart") if word in everything]
    assert [0] * len(counts) == counts
    assert answers[-1].content == answers[-2].content


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_an_outsider_with_the_address_of_a_file_gets_none(world: World, name: str) -> None:
    """I10: the address opens nothing without a session that may see the thread; and nothing can be added to it."""
    message = await _talk(world)
    [photo] = message["attachments"]
    of_nothing = photo["url"].replace(photo["id"], str(uuid4()))
    api = world.product.url
    opened = [await _browser(world, name).get(api + url) for url in (photo["url"], photo["thumbnail_url"], of_nothing)]
    sent = [await _upload(world, name, thread_id) for thread_id in (world.thread_id, str(uuid4()))]

    assert [404] * 3 == [answer.status_code for answer in opened]
    assert 1 == len({answer.content for answer in opened})
    assert (403 if name == "toby" else 404, sent[1].content) == (sent[0].status_code, sent[0].content)


@pytest.mark.parametrize("name", ["kim", "hal", "toby", "rita", "rolf"])
async def test_no_live_frame_reaches_an_outsider(world: World, name: str) -> None:
    """I10: posts, tags, reading, titles and typing are heard by those of the thread alone."""
    heard: list[str] = []
    async with world.callers[name].live() as outside, world.olive.live() as inside, world.nora.live() as nora:
        listening = asyncio.create_task(_listen(outside.connection, heard))
        await nora.connection.send(json.dumps({"type": "activity", "thread_id": world.thread_id, "state": "typing"}))
        await inside.next("activity")
        await _talk(world)
        await world.nora.read_up_to(world.thread_id, 1)
        while not (await inside.next("changes"))["read_marks"]:
            pass
        await asyncio.sleep(0.1)  # long enough for what must not come
        listening.cancel()

    assert [] == heard


@pytest.mark.parametrize("name", ["otto", "stranger"])
async def test_who_is_not_signed_in_has_no_live_connection(world: World, name: str) -> None:
    """I10: to them the address of the live connection does not exist."""
    answer = await _ask(world, name, ("GET", "/live", None))

    assert 404 == answer.status_code


async def _talk(world: World) -> Json:
    """A message with all that could leak, and an unread one for everybody."""
    photo = await upload_photo(world.olive, world.thread_id)
    values = {"pet_ids": [world.pixel_id], "attachment_ids": [photo["id"]]}
    return await world.olive.post_text(world.thread_id, SECRET, **values)


def _browser(world: World, name: str) -> httpx.AsyncClient:
    return world.callers[name].http


async def _ask(world: World, name: str, ask: Ask) -> httpx.Response:
    method, path, body = ask
    return await _browser(world, name).request(method, path, json=body)


async def _upload(world: World, name: str, thread_id: str) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4())}
    return await _browser(world, name).post(f"/threads/{thread_id}/attachments", content=b"%PDF-", headers=headers)


async def _listen(connection: Any, heard: list[str]) -> None:
    async for message in connection:
        if json.loads(message)["type"] != "beat":
            heard.append(message)
