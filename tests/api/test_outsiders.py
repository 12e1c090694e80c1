"""One predicate of access: whoever is not of a thread finds nothing of it, whichever way they ask."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
import websockets

from pawline.threads.tests.scene import upload_photo
from tests.world import Json, World

SECRET = "Pixel swallowed a sock"
OUTSIDERS = ("kim", "hal", "toby", "rita", "rolf", "otto", "stranger")
# His role is too low to rename, end or restart any conversation, this or none; to the others there is nothing there.
REFUSALS = {"toby": {403, 404}}
Ask = tuple[str, str, Json]
Answer = tuple[int, str]


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


async def test_to_an_outsider_a_thread_is_like_one_that_never_was(world: World) -> None:
    """I10: each answer equals that about a random id, to the letter, and nothing has changed."""
    message = await _talk(world)
    before = await world.nora.thread(world.thread_id)
    nothing = {"id": str(uuid4()), "conversation_id": str(uuid4())}
    for name in OUTSIDERS:
        asked = [await _ask(world, name, ask) for ask in questions(world.thread_id, message)]
        of_nothing = [await _ask(world, name, ask) for ask in questions(str(uuid4()), nothing)]

        assert REFUSALS.get(name, {404}) == {status for status, _ in asked}, name
        assert of_nothing == asked, name
    assert before == await world.nora.thread(world.thread_id)


async def test_no_list_search_count_or_preview_tells_an_outsider(world: World) -> None:
    """I10: neither words nor names nor ids, nor a number that would differ."""
    await _talk(world)
    paths = [
        "/pets",
        "/families",
        "/families?q=Pixel",
        "/families?q=Olive",
        "/families?q=Hart",
        "/inbox?state=all",
        "/inbox/unread",
    ]
    paths += [f"/inbox?state={state}&q={word}" for state in ("open", "unread", "all") for word in ("Pixel", "Hart")]
    paths += [f"/inbox?clinic_id={world.clinic_id}", f"/inbox?clinic_id={uuid4()}"]
    for name in OUTSIDERS:
        answers = [await _ask(world, name, ("GET", path, None)) for path in paths]
        everything = "".join(text for _, text in answers)
        counts = [json.loads(text)["unread_threads"] for _, text in answers if "unread_threads" in text]

        assert [] == [word for word in (SECRET, world.thread_id, world.family_id, "Pixel", "Hart") if word in everything], name
        assert {0} >= set(counts), name
        assert answers[-1] == answers[-2], name


async def test_an_outsider_with_the_address_of_a_file_gets_none(world: World) -> None:
    """I10: the address opens nothing without a session that may see the thread; and nothing can be added to it."""
    message = await _talk(world)
    [photo] = message["attachments"]
    of_nothing = photo["url"].replace(photo["id"], str(uuid4()))
    addresses = [world.product.url + url for url in (of_nothing, photo["url"], photo["thumbnail_url"])]
    for name in OUTSIDERS:
        opened = [await _ask(world, name, ("GET", address, None)) for address in addresses]
        sent = [await _upload(world, name, thread_id) for thread_id in (world.thread_id, str(uuid4()))]

        assert [(404, opened[0][1])] * 3 == opened, name
        assert [(404, sent[0][1])] * 2 == sent, name


async def test_no_live_frame_reaches_an_outsider(world: World) -> None:
    """I10: posts, tags, reading, titles and typing are heard by those of the thread alone."""
    heard: list[str] = []
    async with AsyncExitStack() as stack:
        inside, nora = [await stack.enter_async_context(person.live()) for person in (world.olive, world.nora)]
        for name in ("kim", "hal", "toby", "rita", "rolf"):
            outside = await stack.enter_async_context(world.callers[name].live())
            stack.callback(asyncio.create_task(_listen(outside.connection, heard)).cancel)
        await nora.connection.send(json.dumps({"type": "activity", "thread_id": world.thread_id, "state": "typing"}))
        await inside.next("activity")
        await _talk(world)
        await world.nora.read_up_to(world.thread_id, 1)
        while not (await inside.next("changes"))["read_marks"]:
            pass
        await asyncio.sleep(0.1)  # long enough for what must not come

    assert [] == heard


async def test_who_is_not_signed_in_has_no_live_connection(world: World) -> None:
    """I10: they are refused before anything is sent; otto's role in the family gives no access."""
    for name in ("otto", "stranger"):
        with pytest.raises(websockets.InvalidStatus, match="404"):
            async with world.callers[name].live():
                pass


async def _talk(world: World) -> Json:
    """A message with all that could leak, and an unread one for everybody."""
    photo = await upload_photo(world.olive, world.thread_id)
    values = {"pet_ids": [world.pixel_id], "attachment_ids": [photo["id"]]}
    return await world.olive.post_text(world.thread_id, SECRET, **values)


async def _ask(world: World, name: str, ask: Ask) -> Answer:
    method, path, body = ask
    response = await world.callers[name].http.request(method, path, json=body)
    return response.status_code, response.text


async def _upload(world: World, name: str, thread_id: str) -> Answer:
    headers = {"Idempotency-Key": str(uuid4())}
    response = await world.callers[name].http.post(f"/threads/{thread_id}/attachments", content=b"%PDF-", headers=headers)
    return response.status_code, response.text


async def _listen(connection: Any, heard: list[str]) -> None:
    async for message in connection:
        heard += [message] if json.loads(message)["type"] not in ("beat", "availability") else []
