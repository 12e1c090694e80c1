"""The connection to the database is lost after the work was done and before anybody was told."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

import pytest

from tests.faults.chance import random_from
from tests.faults.client import Client
from tests.faults.listener import Listener
from tests.faults.proxy import Proxy
from tests.faults.scene import Scene
from tests.faults.waiting import HANG_SECONDS, until
from tests.faults.web import WebProcess

pytestmark = pytest.mark.faults


async def post_until_acknowledged(client: Client, thread_id: UUID, client_id: UUID, *, text: str = "Pixel limps") -> list[int]:
    """The statuses that were met."""
    statuses: list[int] = []
    while not statuses or statuses[-1] == 503:
        answer = await client.post(thread_id, client_id, text, seconds=12)
        statuses.append(answer.status)
        assert len(statuses) < 10, statuses
    return statuses


@asynccontextmanager
async def screen_of_nora(scene: Scene, web: WebProcess) -> AsyncGenerator[Listener]:
    """It follows one thread of Northside."""
    nora = Listener(scene.cast.nora, web.port, [scene.thread], random=random_from(1))
    listening = asyncio.create_task(nora.run())
    await asyncio.wait_for(nora.is_live.wait(), HANG_SECONDS)
    yield nora
    listening.cancel()
    nora.close()


async def open_conversation(scene: Scene, web: WebProcess) -> None:
    """With one that is open, a text is stored by the statement made for texts."""
    assert 201 == (await scene.client(web).post(scene.thread, uuid4(), "Good morning")).status


def bodies_on(screen: Listener) -> list[str]:
    return [message["body"] for copy in screen.copies.values() for message in copy.messages.values()]


async def use_up_dead_connections(client: Client, path: str) -> None:
    """Each that was cut before costs whoever comes next one 503."""
    for _ in range(20):
        if (await client.ask("GET", path)).status == 200:
            return
    pytest.fail(f"{path} does not recover")


@pytest.mark.parametrize(("author", "kind"), [("olive", "text"), ("nora", "note")])
async def test_post_whose_commit_was_never_confirmed_is_there_once(
    scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy, author: str, kind: str
) -> None:
    """F-20, F-03: the first try may be refused although it is stored; a repeat finds the same message."""
    await open_conversation(scene, web_behind_proxy)
    client = scene.client(web_behind_proxy, getattr(scene.cast, author))
    draft = {"client_id": str(uuid4()), "body": "Pixel limps", "kind": kind}
    struck = proxy.struck
    proxy.drop_answer_to(b"Pixel limps")
    refused, repeated, again = [
        await client.ask("POST", f"/api/v1/threads/{scene.thread}/messages", draft, seconds=12) for _ in range(3)
    ]
    stored = await scene.rows(f"SELECT id FROM message WHERE thread_id = '{scene.thread}' AND body = 'Pixel limps'")  # noqa: S608

    assert struck + 1 == proxy.struck
    assert 503 == refused.status
    assert "2" == refused.headers["retry-after"]
    assert (200, 200) == (repeated.status, again.status)
    assert [(UUID(repeated.json["id"]),)] == stored
    assert repeated.json["id"] == again.json["id"]


async def test_message_of_unknown_outcome_shows_on_open_screens(scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy) -> None:
    """F-20, P-06: the process that stored it did not learn so and nobody repeats it; its screens are told to ask."""
    await open_conversation(scene, web_behind_proxy)
    async with screen_of_nora(scene, web_behind_proxy) as nora:
        proxy.drop_answer_to(b"Pixel limps")
        refused = await scene.client(web_behind_proxy).post(scene.thread, uuid4(), "Pixel limps", seconds=12)
        await until(lambda: "Pixel limps" in bodies_on(nora), seconds=HANG_SECONDS)

    assert 503 == refused.status
    assert ["Good morning", "Pixel limps"] == bodies_on(nora)
    assert 1 <= nora.met["resync"]


async def test_message_of_unknown_outcome_shows_on_screens_of_other_processes(
    scene: Scene, web_behind_proxy: WebProcess, other_web: WebProcess, proxy: Proxy
) -> None:
    """F-20, P-06: the others cannot know that this process is in doubt unless it tells them."""
    await open_conversation(scene, web_behind_proxy)
    async with screen_of_nora(scene, other_web) as nora:
        proxy.drop_answer_to(b"Pixel limps")
        refused = await scene.client(web_behind_proxy).post(scene.thread, uuid4(), "Pixel limps", seconds=12)
        with suppress(TimeoutError):
            await until(lambda: "Pixel limps" in bodies_on(nora), seconds=8)

    assert 503 == refused.status
    assert ["Good morning", "Pixel limps"] == bodies_on(nora)


async def test_repeat_of_an_unknown_outcome_is_told_as_a_change(scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy) -> None:
    """F-20: whoever finds it stored does not know whether anybody was told, and tells them."""
    await open_conversation(scene, web_behind_proxy)
    async with screen_of_nora(scene, web_behind_proxy) as nora:
        proxy.drop_answer_to(b"Pixel limps")
        statuses = await post_until_acknowledged(scene.client(web_behind_proxy), scene.thread, uuid4())
        await until(lambda: "Pixel limps" in bodies_on(nora), seconds=HANG_SECONDS)

    assert [503, 200] == statuses
    assert ["Good morning", "Pixel limps"] == bodies_on(nora)


async def test_family_whose_commit_was_never_confirmed_is_added_once(
    scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy
) -> None:
    """F-20 for work of several statements: the reply to COMMIT itself is what is lost."""
    nora, headers = scene.client(web_behind_proxy, scene.cast.nora), {"Idempotency-Key": str(uuid4())}
    family = {
        "name": "Hart the younger",
        "clinic_id": str(scene.cast.clinics[0]),
        "contacts": [{"first_name": "Omar", "last_name": "Hart"}],
        "pets": [{"name": "Pixel", "species": "dog"}],
    }
    await nora.get("/session")
    struck = proxy.struck
    proxy.drop_answer_to(b"COMMIT")
    refused = await nora.ask("POST", "/api/v1/families", family, headers=headers, seconds=12)
    repeated = await nora.ask("POST", "/api/v1/families", family, headers=headers, seconds=12)
    stored = await scene.rows("SELECT id FROM family WHERE name = 'Hart the younger'")

    assert struck + 1 == proxy.struck
    assert 503 == refused.status
    assert 201 == repeated.status
    assert [(UUID(repeated.json["family_id"]),)] == stored


@pytest.mark.parametrize("answered_bytes", [1, 300])
async def test_connection_cut_in_the_middle_of_an_answer_poisons_nothing(
    scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy, answered_bytes: int
) -> None:
    """F-16: the pool drops what is dead; whatever was cut, the message is stored once."""
    client, client_id = scene.client(web_behind_proxy), uuid4()
    await use_up_dead_connections(client, f"/api/v1/threads/{scene.thread}")
    struck = proxy.struck
    proxy.cut_after(answered_bytes)
    statuses = await post_until_acknowledged(client, scene.thread, client_id)

    assert struck + 1 == proxy.struck
    assert statuses[-1] in (200, 201)
    assert set(statuses[:-1]) <= {503}
    assert ["Pixel limps"] == await scene.bodies()


async def test_fifty_parallel_sends_with_one_client_id_make_one_message(
    scene: Scene, web_behind_proxy: WebProcess, other_web: WebProcess
) -> None:
    """F-15, P-02: over two web processes, because two tabs may be connected to different ones."""
    client_id = uuid4()
    clients = [scene.client(place) for place in (web_behind_proxy, other_web) for _ in range(25)]
    statuses = await asyncio.gather(*(post_until_acknowledged(client, scene.thread, client_id) for client in clients))
    answers = await asyncio.gather(*(client.post(scene.thread, client_id, "Pixel limps") for client in clients))

    assert [201] == [status for met in statuses for status in met if status not in (200, 503)]
    assert 1 == len({answer.json["id"] for answer in answers})
    assert ["Pixel limps"] == await scene.bodies()
