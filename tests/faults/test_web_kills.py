"""kill -9 of the web exactly at a step of a request: whoever asks again finds it done once, and nothing half."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.threads.lost_files import LEFT_ALONE, sweep_lost_files
from tests.faults.client import ConnectionLost
from tests.faults.live_socket import live_socket, next_frame
from tests.faults.scene import Scene
from tests.faults.text_scene import TextScene
from tests.faults.waiting import HANG_SECONDS
from tests.faults.web import WebProcess
from tests.photos import make_jpeg

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=15)]

PHOTO = make_jpeg(64, 48)


def dies_at(step: str) -> dict[str, str]:
    return {"PAWLINE_TESTING": "1", "FAILPOINTS": f"{step}=kill"}


async def killed(web: WebProcess) -> bool:
    return -signal.SIGKILL == await asyncio.wait_for(web.process.wait(), HANG_SECONDS)


@asynccontextmanager
async def thread_held(scene: Scene) -> AsyncGenerator[None]:
    """A post into it has begun, and cannot end."""
    async with await psycopg.AsyncConnection.connect(scene.url) as holder:
        await holder.execute("SELECT id FROM thread WHERE id = %s FOR UPDATE", [scene.thread])
        yield


@pytest.mark.parametrize(
    ("step", "stored"),
    [
        pytest.param("before_store", {0}, id="F-01 before the transaction"),
        pytest.param("during_store", {0, 1}, id="F-02 before its COMMIT"),
        pytest.param("after_store", {1}, id="F-03 before the answer"),
    ],
)
async def test_a_post_that_killed_the_web_is_there_once(scene: Scene, web: WebProcess, step: str, stored: set[int]) -> None:
    """F-01..F-04: a repeat gets the same message, and says that it is a repeat; screens elsewhere learn of it."""
    dying, client_id = await scene.start_web(settings=dies_at(f"posts.{step}")), uuid4()
    assert 201 == (await scene.client(web).post(scene.thread, uuid4(), "Good morning")).status  # a conversation is open now
    async with live_socket(web, scene.cast.nora) as nora:
        async with thread_held(scene) if step == "during_store" else nullcontext():
            with pytest.raises(ConnectionLost):
                await scene.client(dying).post(scene.thread, client_id, "Pixel limps")

            assert await killed(dying)
        left = (await scene.bodies())[1:]
        repeats = [await scene.client(web).post(scene.thread, client_id, "Pixel limps") for _ in range(2)]
        await next_frame(nora, "changes", "resync", seconds=HANG_SECONDS)
        shown = await scene.client(web, scene.cast.nora).get(f"/threads/{scene.thread}/changes?after=0")

    assert len(left) in stored
    assert ["Good morning", "Pixel limps"] == await scene.bodies()
    assert 1 == len({repeat.json["id"] for repeat in repeats})
    assert "true" == repeats[1].headers["idempotent-replay"]
    assert (repeats[0].status == 200) == ("idempotent-replay" in repeats[0].headers)
    assert repeats[1].json == shown["messages"][-1]


async def test_a_post_whose_web_dies_before_it_tells_the_others_is_seen_all_the_same(scene: Scene, web: WebProcess) -> None:
    """F-04, I4: it was answered, and no screen elsewhere was told; they notice that a process is gone, and ask."""
    dying = await scene.start_web(settings=dies_at("peers.before_hints"))
    async with live_socket(web, scene.cast.nora) as nora:
        answer = await scene.client(dying).post(scene.thread, uuid4(), "Pixel limps")

        assert (201, True) == (answer.status, await killed(dying))
        await next_frame(nora, "resync", seconds=HANG_SECONDS)
        shown = await scene.client(web, scene.cast.nora).get(f"/threads/{scene.thread}/changes?after=0")

    assert [answer.json["id"]] == [message["id"] for message in shown["messages"]]


async def test_a_text_of_the_team_that_killed_the_web_goes_out_once(texting: TextScene) -> None:
    """F-02: message and delivery are in one transaction, so neither is there before its COMMIT."""
    [texter] = await texting.take(1)
    draft = {"client_id": str(uuid4()), "body": "Pixel is ready", "text_conversation_id": str(texter.conversation_id)}
    path = f"/api/v1/threads/{texter.thread_id}/messages"
    dying = await texting.scene.start_web(settings={**texting.carrier.environment(), **dies_at("texts.before_commit")})
    with pytest.raises(ConnectionLost):
        await texting.scene.client(dying, texting.scene.cast.nora).ask("POST", path, draft)

    assert await killed(dying)
    assert 0 == sum((await texting.states_of([texter])).values())
    answers = [await texting.nora().ask("POST", path, draft) for _ in range(2)]

    assert [201, 200] == [answer.status for answer in answers]
    assert 1 == len({answer.json["id"] for answer in answers})
    assert [(1,)] == await texting.rows(f"SELECT count(*) FROM message WHERE client_id = '{draft['client_id']}'")  # noqa: S608


@pytest.mark.parametrize(("step", "kept"), [("before_commit", 0), ("after_commit", 1)])
async def test_a_text_that_killed_the_web_on_its_way_in_is_one_message(texting: TextScene, step: str, kept: int) -> None:
    """F-11: the carrier, which got no answer, brings it again."""
    stranger, number = next(texting.phones), texting.cast.numbers[0].number
    fields = {"MessageSid": f"SM{uuid4().hex}", "From": stranger, "To": number, "Body": "Hello?", "NumMedia": "0"}
    events = f"SELECT message_id IS NOT NULL FROM inbound_event WHERE from_number = '{stranger}'"  # noqa: S608
    dying = await texting.scene.start_web(settings={**texting.carrier.environment(), **dies_at(f"hooks.{step}")})
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        with pytest.raises(httpx.HTTPError):
            await texting.post_hook(http, f"{dying.url}/hooks/twilio/text", fields)

        assert await killed(dying)
        assert [(True,)] * kept == await texting.rows(events)
        statuses = [await texting.post_hook(http, f"{texting.web.url}/hooks/twilio/text", fields) for _ in range(2)]

    assert [200, 200] == statuses
    assert [(True,)] == await texting.rows(events)


@pytest.mark.parametrize("step", ["after_thumbnail", "before_row"])
async def test_an_upload_that_killed_the_web_leaves_nothing_half(scene: Scene, web: WebProcess, step: str) -> None:
    """F-12: nobody sees half a file, a repeat stores it, and what was left behind is swept."""
    dying, key = await scene.start_web(settings=dies_at(f"uploads.{step}")), uuid4()
    files = FileStore(f"file://{scene.folder / 'data' / 'files'}")
    with pytest.raises(httpx.HTTPError):
        await upload(scene, dying, key)

    assert await killed(dying)
    assert [] == await scene.rows(f"SELECT id FROM attachment WHERE upload_key = '{key}'")  # noqa: S608
    made = [await upload(scene, web, key) for _ in range(2)]
    await sweep_an_hour_later(scene, files)
    kept = {stored async for stored in files.list("attachments")}
    rows = await scene.rows("SELECT id FROM attachment")

    assert [201, 201] == [each.status_code for each in made]
    assert [None, "true"] == [each.headers.get("Idempotent-Replay") for each in made]
    assert {f"attachments/{row[0]}/{variant}" for row in rows for variant in ("file", "thumbnail")} == kept


async def upload(scene: Scene, web: WebProcess, key: UUID) -> httpx.Response:
    headers = {**scene.cast.olive.headers, "Idempotency-Key": str(key)}
    async with httpx.AsyncClient(timeout=60, trust_env=False, headers=headers) as http:
        return await http.post(f"{web.url}/api/v1/threads/{scene.thread}/attachments?file_name=paw.jpg", content=PHOTO)


async def sweep_an_hour_later(scene: Scene, files: FileStore) -> None:
    database, later = Database(scene.url, connections=1), clock.now() + LEFT_ALONE
    clock.set_clock(lambda: later + timedelta(minutes=5))
    try:
        await sweep_lost_files(database, files)
    finally:
        clock.set_clock(None)
        await database.close()
