"""While the database is gone or hangs, everybody gets a clear answer soon; when it is back, so is Pawline (P-05)."""

import asyncio
import os
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from tests.faults.chance import random_from
from tests.faults.client import Answer
from tests.faults.listener import Listener
from tests.faults.proxy import Proxy
from tests.faults.scene import Scene
from tests.faults.telling import Tell
from tests.faults.waiting import BUSY, HANG_SECONDS, until
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow]

# As promised (P-05, F-17, F-19).
HEALED_SECONDS = 5
STOPPED_ANSWER_SECONDS = 2
HANGING_ANSWER_SECONDS = 10
# Ends by time-outs, which wait for nobody; only what follows them is slower where others work.
LONGEST_ANSWER_SECONDS = HANGING_ANSWER_SECONDS + BUSY
END_ALL_BUT_OURS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@contextmanager
def frozen(pids: list[int]) -> Generator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


async def answers_of_everything(scene: Scene, web: WebProcess, *, seconds: float = LONGEST_ANSWER_SECONDS) -> list[Answer]:
    """Reading and writing, twenty of each at once. Fails when one takes longer than ``seconds``."""
    asked = [
        ("GET", f"/api/v1/threads/{scene.thread}", None),
        ("POST", f"/api/v1/threads/{scene.thread}/messages", {"client_id": str(uuid4()), "body": "Pixel limps"}),
        ("PUT", f"/api/v1/threads/{scene.thread}/read-mark", {"up_to_seq": 1}),
        ("GET", "/api/v1/pets", None),
        ("GET", "/api/v1/session", None),
    ]
    work = [scene.client(web).ask(method, path, body, seconds=seconds) for method, path, body in asked for _ in range(20)]
    return await asyncio.gather(*work)


@contextmanager
def timed(tell: Tell, what: str) -> Generator[None]:
    begun = time.monotonic()
    yield
    tell(f"{what}: {time.monotonic() - begun:.1f} s")


async def require_healed(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """A post is stored soon after the database accepts connections."""
    begun, client = time.monotonic(), scene.client(web)
    while True:
        if (await client.post(scene.thread, uuid4(), "Pixel is well", seconds=LONGEST_ANSWER_SECONDS)).status == 201:
            break
        await asyncio.sleep(0.1)
    seconds = time.monotonic() - begun
    tell(f"healed after {seconds:.1f} s; promised {HEALED_SECONDS} s")

    assert seconds < HEALED_SECONDS * BUSY


async def test_database_stopped_and_started_heals_itself(
    scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy, tell: Tell
) -> None:
    """F-17, P-05: 503 with Retry-After meanwhile, ready tells so, sockets stay; a post succeeds once it is back."""
    web, nora = web_behind_proxy, Listener(scene.cast.nora, web_behind_proxy.port, [scene.thread], random=random_from(1))
    listening = asyncio.create_task(nora.run())
    await asyncio.wait_for(nora.is_live.wait(), HANG_SECONDS)
    await scene.server.embedded.stop()
    try:
        with timed(tell, f"200 answers while stopped; promised {STOPPED_ANSWER_SECONDS} s"):
            meanwhile = [
                answer
                for _ in range(2)
                for answer in await answers_of_everything(scene, web, seconds=STOPPED_ANSWER_SECONDS * BUSY)
            ]
        ready, healthy = [await scene.client(web).ask("GET", path, seconds=12) for path in ("/readyz", "/healthz")]
    finally:
        await scene.server.embedded.start()
    await require_healed(scene, web, tell)
    ready_again = await scene.client(web).ask("GET", "/readyz")
    await until(lambda: bool(nora.copies[str(scene.thread)].messages), seconds=HANG_SECONDS)
    listening.cancel()
    nora.close()

    assert {503} == {answer.status for answer in meanwhile}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in meanwhile)
    assert (503, 200) == (ready.status, healthy.status)
    assert 200 == ready_again.status
    assert 1 == nora.met["hello"], nora.met


async def test_crash_of_the_database_under_load_never_shows_as_our_failure(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """F-16, F-18: requests under way when it crashes get 503, not 500; five times in a row."""
    statuses: set[int] = set()
    for _ in range(5):
        asking = asyncio.create_task(answers_of_everything(scene, web))
        await asyncio.sleep(0.02)
        scene.server.crash()
        statuses |= {answer.status for answer in await asking}
        await require_healed(scene, web, tell)

    assert statuses <= {200, 201, 503}


async def test_killed_backend_is_replaced(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """F-18: an administrator ends every connection of the pool at once."""
    await answers_of_everything(scene, web)
    await scene.rows(END_ALL_BUT_OURS)
    await require_healed(scene, web, tell)

    assert {answer.status for answer in await answers_of_everything(scene, web)} <= {200, 201, 503}
    await require_healed(scene, web, tell)


async def test_frozen_postmaster_makes_nobody_wait_for_ever(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """F-19: nobody new gets in; those connected still work."""
    await require_healed(scene, web, tell)
    with frozen([scene.server.postmaster]), timed(tell, "answers while nobody new gets in"):
        answers = await answers_of_everything(scene, web)
        healthy = await scene.client(web).ask("GET", "/healthz", seconds=LONGEST_ANSWER_SECONDS)
    await require_healed(scene, web, tell)

    assert {answer.status for answer in answers} <= {200, 201, 503}
    assert 200 == healthy.status


async def test_frozen_server_is_answered_for_in_time(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """F-19: all of the database hangs in the middle of its work, and no connection ends."""
    await answers_of_everything(scene, web)
    with frozen(scene.server.processes):
        with timed(tell, f"answers while frozen; promised {HANGING_ANSWER_SECONDS} s"):
            answers = await answers_of_everything(scene, web)
        ready = await scene.client(web).ask("GET", "/readyz", seconds=LONGEST_ANSWER_SECONDS)
        healthy = await scene.client(web).ask("GET", "/healthz", seconds=LONGEST_ANSWER_SECONDS)
    await require_healed(scene, web, tell)

    assert {503} == {answer.status for answer in answers}
    assert (503, 200) == (ready.status, healthy.status)


async def test_silent_network_is_answered_for_in_time(
    scene: Scene, web_behind_proxy: WebProcess, proxy: Proxy, tell: Tell
) -> None:
    """A cable pulled out: nothing arrives and nothing ends."""
    await answers_of_everything(scene, web_behind_proxy)
    proxy.stall()
    try:
        with timed(tell, f"answers of a silent network; promised {HANGING_ANSWER_SECONDS} s"):
            answers = await answers_of_everything(scene, web_behind_proxy)
    finally:
        proxy.flow()
    await require_healed(scene, web_behind_proxy, tell)

    assert {503} == {answer.status for answer in answers}
