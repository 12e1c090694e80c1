"""Lines that are cut again and again while everybody writes: no screen misses anything, none shows anything twice."""

import asyncio
import time
from random import Random

import pytest

from tests.faults.chance import SEED, choose_seed, random_from
from tests.faults.checker import faults_of, judge
from tests.faults.copy_of_thread import CopyOfThread
from tests.faults.listener import Listener
from tests.faults.scene import Scene
from tests.faults.senders import Record, Sender
from tests.faults.telling import Tell
from tests.faults.waiting import BUSY, HANG_SECONDS, until
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=30)]

SCREENS = 40
DROPS_EACH = 25
WRITERS = 4
BACK_SECONDS = 2  # as promised (P-07)


async def test_a_thousand_cut_lines_lose_and_double_nothing(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """P-07, F-34: in the end every screen shows what a fresh one does, in the order of seq, and none was away for long."""
    seed, record = choose_seed(), Record()
    random, people = random_from(seed), scene.cast.members
    screens = [Listener(people[number % len(people)], web.port, [scene.thread], random=random) for number in range(SCREENS)]
    following = [asyncio.create_task(screen.run()) for screen in screens]
    dropping = asyncio.gather(*(drop_again_and_again(screen, random) for screen in screens))
    writers = [Sender(scene.client(web), scene.thread, record, random=random) for _ in range(WRITERS)]
    await asyncio.gather(*(write_until(dropping, writer) for writer in writers))
    away = sorted(seconds for each in await dropping for seconds in each)
    fresh = CopyOfThread(scene.thread)
    await fresh.load(scene.client(web))
    await until(lambda: all(screen.copies == {str(scene.thread): fresh} for screen in screens), seconds=HANG_SECONDS)
    await end(following, screens)
    verdict = judge(record.sent, [fresh])
    tell(f"{len(away)} drops while {len(record.sent)} messages were written: {verdict}")
    tell(f"away for {away[len(away) // 2]:.2f} s (p50), {away[-len(away) // 100]:.2f} s (p99); promised {BACK_SECONDS} s")
    tell(f"replay: {SEED}={seed} make test ARGS=tests/faults/test_drops.py")

    assert SCREENS * DROPS_EACH == len(away)
    assert verdict.is_good, verdict
    assert len(record.sent) == verdict.ok > WRITERS
    assert [] == faults_of(fresh)
    assert away[len(away) // 2] < BACK_SECONDS * BUSY


async def drop_again_and_again(screen: Listener, random: Random) -> list[float]:
    """For how many seconds each drop kept it away."""
    away: list[float] = []
    await asyncio.wait_for(screen.is_live.wait(), HANG_SECONDS)
    for _ in range(DROPS_EACH):
        await asyncio.sleep(random.uniform(0, 0.2))
        begun = time.monotonic()
        screen.drop()
        await asyncio.wait_for(screen.is_live.wait(), HANG_SECONDS)
        away.append(time.monotonic() - begun)
    return away


async def write_until(over: "asyncio.Future[list[list[float]]]", writer: Sender) -> None:
    while not over.done():
        await writer.send()
        await asyncio.sleep(0.1)


async def end(following: list["asyncio.Task[None]"], screens: list[Listener]) -> None:
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    for screen in screens:
        screen.close()
