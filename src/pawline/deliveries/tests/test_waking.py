"""A text that was queued is sent at once: the hint that follows the commit wakes the dispatcher (F-05)."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pawline.deliveries.tests.scene import QUICK, Scene
from pawline.platform.db import Hint
from pawline.platform.listening import Ear, listen
from pawline.platform.peers import TEXTS, Peers


async def test_a_hint_of_another_process_wakes_the_dispatcher(scene: Scene) -> None:
    """F-05: long before its next look."""
    async with scene.dispatching(replace(QUICK, poll=600)) as dispatcher, _hearing(scene, dispatcher.wake):
        delivery_id = await scene.queue()
        async with _telling(scene) as peers:
            peers.tell(Hint("delivery", scene.practice_id, delivery_id))
            await scene.until_state(delivery_id, "accepted")


async def test_many_hints_are_one_notification(scene: Scene) -> None:
    """And hints for screens go nowhere while no other web process listens."""
    heard: list[str] = []
    async with _hearing(scene, lambda: heard.append("text")), _telling(scene) as peers:
        for _ in range(50):
            peers.tell(Hint("delivery", scene.practice_id, uuid4()))
            peers.tell(Hint.thread(scene.practice_id, uuid4(), after=1))
        await asyncio.sleep(0.5)

    assert 1 == len(heard)


@asynccontextmanager
async def _hearing(scene: Scene, hear: Callable[[], None]) -> AsyncGenerator[None]:
    """As a worker does."""
    is_there = asyncio.Event()

    async def begin(_: object) -> None:
        is_there.set()

    ear = Ear(channel=TEXTS, name="pawline texts", hear=lambda _: hear(), begin=begin)
    async with _running(listen(scene.database.url, ear)):
        await asyncio.wait_for(is_there.wait(), 10)
        yield


@asynccontextmanager
async def _telling(scene: Scene) -> AsyncGenerator[Peers]:
    """As a web process does."""
    peers = Peers(scene.database.url, receive=lambda _: None, resync=lambda: None)
    async with _running(peers.run(listens=False)):
        yield peers


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
