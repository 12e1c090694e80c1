"""The promise that matters most: what was acknowledged is never lost and never doubled (P-01, P-02, P-07)."""

import asyncio
import time

import pytest

from tests.faults.chance import SEED, choose_seed, choose_senders, random_from
from tests.faults.load import Load
from tests.faults.scene import Scene
from tests.faults.telling import Tell
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=90)]

FAULTS = ["kill"] * 5 + ["crash"] * 2
LONGEST_ROUND_SECONDS = 150


@pytest.fixture
async def supervised(many_files: None, scene: Scene) -> WebProcess:
    """Starts again whenever it ends; it inherits the limit of open files."""
    web = await scene.start_web()
    web.supervise()
    return web


async def test_kills_of_the_web_and_crashes_of_the_database_lose_and_double_nothing(
    scene: Scene, supervised: WebProcess, tell: Tell
) -> None:
    """kill -9 of the web during 2,000 concurrent sends, five times in a row; then an immediate stop of the database, twice.

    Nobody helps: the supervisor starts what ended, and clients come back by themselves (F-01..F-04, F-16, F-34).
    """
    begun, seed, senders = time.monotonic(), choose_seed(), choose_senders()
    random = random_from(seed)
    async with Load(scene, supervised, senders=senders, random=random) as load:
        for fault in FAULTS:
            at = random.randrange(senders // 20, senders * 6 // 10)
            seconds = await one_round(scene, supervised, load, fault=fault, at=at)
            tell(f"{fault} at {at} of {senders} acknowledged; all of them {seconds:.1f} s later")
        await load.until_listeners_are_level(seconds=60)
        verdict, wrong = await load.judge()
    tell(f"{verdict}; {supervised.starts} starts of the web process; {time.monotonic() - begun:.0f} s")
    tell(f"answers to senders: {dict(load.record.answers)}\nmet by listeners: {dict(load.met)}")
    tell(f"replay: {SEED}={seed} make test ARGS=tests/faults/test_kill.py")

    assert verdict.is_good, verdict
    assert senders * len(FAULTS) == verdict.ok
    assert [] == wrong[:10]
    assert 1 + FAULTS.count("kill") == supervised.starts
    assert set(load.record.answers) <= {"200", "201", "503", "lost"}
    assert load.outsider.met["hello"] > 0
    assert 0 == load.outsider.met["changes"]


async def one_round(scene: Scene, web: WebProcess, load: Load, *, fault: str, at: int) -> float:
    """Everybody sends one message; the fault strikes when ``at`` of them are acknowledged. Seconds from then on."""
    sending = load.send_all()
    await load.until_acknowledged(at)
    begun = time.monotonic()
    if fault == "kill":
        web.process.kill()
    else:
        scene.server.crash()
    await asyncio.wait_for(sending, LONGEST_ROUND_SECONDS)
    return time.monotonic() - begun
