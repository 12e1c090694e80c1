"""Live sockets: over two web processes, when hints get lost, when access ends, and when nobody reads."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from tests.faults.client import Client
from tests.faults.live_socket import closed_with, live_socket, next_frame
from tests.faults.pair import Pair
from tests.faults.scene import Scene
from tests.faults.waiting import HANG_SECONDS
from tests.faults.web import WebProcess
from tests.valkey_server import ValkeyServer

pytestmark = pytest.mark.faults


async def test_message_posted_through_one_process_arrives_on_a_socket_of_another(scene: Scene, pair: Pair) -> None:
    """P-06: typing included."""
    async with live_socket(pair.other, scene.cast.nora) as nora:
        for number in range(5):
            posted = await scene.client(pair.one).post(scene.thread, uuid4(), f"Pixel limps {number}")
            frame = await next_frame(nora, "changes", seconds=HANG_SECONDS)

            assert [posted.json] == frame["messages"]


async def test_lost_hint_is_made_good_by_a_resync(scene: Scene, pair: Pair) -> None:
    """F-05: the other process did not listen at the moment of the commit, so its sockets are told to ask."""
    async with live_socket(pair.other, scene.cast.nora) as nora:
        await pair.cut()
        posted = await scene.client(pair.one).post(scene.thread, uuid4(), "Pixel limps")
        await next_frame(nora, "resync", seconds=HANG_SECONDS)
        changes = await scene.client(pair.other, scene.cast.nora).get(f"/threads/{scene.thread}/changes?after=0")

    assert [posted.json] == changes["messages"]


async def test_while_valkey_is_away_work_goes_on_and_other_screens_catch_up(
    scene: Scene, pair_over_valkey: Pair, valkey: ValkeyServer
) -> None:
    """F-61: posts are acknowledged, own screens are live, and whoever asks is told what is missing."""
    one, other = pair_over_valkey.one, pair_over_valkey.other
    async with live_socket(one, scene.cast.nora) as here, live_socket(other, scene.cast.nora) as there:
        await valkey.stop()
        posted = await scene.client(one).post(scene.thread, uuid4(), "Pixel limps")
        frame = await next_frame(here, "changes", seconds=HANG_SECONDS)
        told = await until_ready_says(scene.client(one), lambda ready: "other_processes" in ready)
        await valkey.start()
        await next_frame(there, "resync", seconds=HANG_SECONDS)
        again = await until_ready_says(scene.client(one), lambda ready: "other_processes" not in ready)
        changes = await scene.client(other, scene.cast.nora).get(f"/threads/{scene.thread}/changes?after=0")

    assert 201 == posted.status
    assert [posted.json] == frame["messages"] == changes["messages"]
    assert "ready" == told["status"] == again["status"]
    assert "not reached" in told["other_processes"]


async def until_ready_says(client: Client, is_so: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    async with asyncio.timeout(HANG_SECONDS):
        while True:
            answer = await client.ask("GET", "/readyz")
            assert 200 == answer.status
            if is_so(answer.json):
                return answer.json
            await asyncio.sleep(0.1)


async def test_outsider_hears_nothing(scene: Scene, web: WebProcess) -> None:
    """Rita of Riverside sees nothing of Northside live, for she cannot see the thread at all."""
    rita = scene.client(web, scene.cast.rita)
    assert 404 == (await rita.ask("GET", f"/api/v1/threads/{scene.thread}")).status
    async with live_socket(web, scene.cast.rita) as socket, live_socket(web, scene.cast.nora) as nora:
        await scene.client(web).post(scene.thread, uuid4(), "Pixel limps")
        await next_frame(nora, "changes", seconds=HANG_SECONDS)

        with pytest.raises(TimeoutError):
            await next_frame(socket, "changes", "activity", seconds=1)


async def test_ended_session_loses_its_socket_and_its_requests(scene: Scene, web: WebProcess) -> None:
    """P-11: the socket within 5 s, a request at once, whoever ended it and without a hint to anybody."""
    olive = scene.client(web)
    assert 200 == (await olive.ask("GET", "/api/v1/pets")).status
    async with live_socket(web, scene.cast.olive) as socket, live_socket(web, scene.cast.omar) as omar:
        await scene.rows(f"UPDATE login_session SET revoked_at = now() WHERE person_id = '{scene.cast.olive.person_id}'")  # noqa: S608
        refused = await olive.ask("GET", "/api/v1/pets")
        code, seconds = await closed_with(socket, seconds=HANG_SECONDS)

        assert 404 == refused.status
        assert 4401 == code
        assert seconds < 10  # twice what is promised: the machine may be busy
        assert omar.close_code is None


async def test_sign_out_closes_the_sockets_of_every_process_at_once(scene: Scene, web: WebProcess, other_web: WebProcess) -> None:
    """P-11: here there is a hint, so it takes no round of looking."""
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(live_socket(place, scene.cast.olive)) for place in (web, other_web)]
        signed_out = await scene.client(web).ask("DELETE", "/api/v1/session")
        closed = await asyncio.gather(*(closed_with(socket, seconds=HANG_SECONDS) for socket in sockets))

    assert 204 == signed_out.status
    assert [4401, 4401] == [code for code, _ in closed]


async def test_process_that_vanishes_makes_the_screens_of_others_ask(
    scene: Scene, web: WebProcess, other_web: WebProcess
) -> None:
    """F-05: it may have stored something and died before it told anybody."""
    async with live_socket(web, scene.cast.nora) as nora:
        await scene.client(other_web).post(scene.thread, uuid4(), "Pixel limps")
        await next_frame(nora, "changes", seconds=HANG_SECONDS)
        other_web.process.kill()
        await next_frame(nora, "resync", seconds=HANG_SECONDS)
        await other_web.start()
