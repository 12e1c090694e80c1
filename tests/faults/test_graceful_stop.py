"""SIGTERM while everybody works: nothing is lost, sockets are told to come back, the exit code is 0 (F-52)."""

import asyncio
import time

import pytest

from tests.faults.chance import random_from
from tests.faults.live_socket import closed_with, live_socket
from tests.faults.load import Load
from tests.faults.scene import Scene
from tests.faults.waiting import HANG_SECONDS
from tests.faults.web import WebProcess

pytestmark = pytest.mark.faults

SENDERS = 300


async def test_stop_under_load_loses_nothing_and_ends_in_order(scene: Scene, web: WebProcess) -> None:
    async with Load(scene, web, senders=SENDERS, random=random_from(1)) as load, live_socket(web, scene.cast.nora) as nora:
        sending = load.send_all()
        await load.until_acknowledged(SENDERS // 10)
        begun = time.monotonic()
        code = await web.stop()
        seconds = time.monotonic() - begun
        closed, _ = await closed_with(nora, seconds=HANG_SECONDS)
        await web.start()
        await asyncio.wait_for(sending, 120)
        await load.until_listeners_are_level(seconds=60)
        verdict, wrong = await load.judge()

    assert 0 == code, web.log
    assert 30 > seconds
    assert 1012 == closed
    assert SENDERS == verdict.ok
    assert verdict.is_good, verdict
    assert [] == wrong
    assert set(load.record.answers) <= {"200", "201", "503", "lost"}
