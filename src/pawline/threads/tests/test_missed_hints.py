"""Another process than the one that stores: it hears of each change by a hint, and loads what changed itself."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest

from pawline.platform.actor import Actor, Role
from pawline.platform.db import Database
from pawline.platform.realtime import CLOSE_SIGNED_OUT, RESYNC, Hub, LiveSocket
from pawline.threads.file_links import FileLinks
from pawline.threads.frames import Frames
from tests.faults.waiting import HANG_SECONDS, until
from tests.world import World


class Screen:
    """Nora's, at a process of its own with one connection."""

    def __init__(self, world: World, database: Database) -> None:
        self.written: list[bytes] = []
        self.ended = False
        self.hub = Hub(database, self.reload)
        self.frames = Frames(database, self.hub, FileLinks(world.product.settings))
        self.actor = Actor(
            practice_id=UUID(world.practice_id),
            person_id=UUID(world.nora.id),
            session_id=UUID(int=1),
            kind="staff",
            name="Nora Ames",
            role=Role.SENIOR,
            clinic_ids=(UUID(world.clinic_id),),
        )
        self.socket = LiveSocket(self.actor, self.write_now)
        self.hub.add(self.socket)
        self.failures = 0
        self.leaves_meanwhile = False

    def write_now(self, frame: bytes) -> bool:
        self.written.append(frame)
        return True

    @property
    def resyncs(self) -> int:
        return self.written.count(RESYNC.wire)

    def shows(self, body: str) -> bool:
        return any(body.encode() in frame for frame in self.written)

    async def reload(self, session_ids: list[UUID]) -> dict[UUID, Actor]:
        if self.failures:
            self.failures -= 1
            raise ValueError("a mistake of ours")
        if self.leaves_meanwhile:
            self.hub.remove(self.socket)
        return {} if self.ended else dict.fromkeys(session_ids, self.actor)


@pytest.fixture
async def database(world: World) -> AsyncGenerator[Database]:
    database = Database(world.product.database.url, connections=1)
    yield database
    await database.close()


@pytest.fixture
async def screen(world: World, database: Database) -> AsyncGenerator[Screen]:
    screen = Screen(world, database)
    tasks = [asyncio.create_task(screen.hub._peers.run(listens=True))]  # pyright: ignore[reportPrivateUsage] - no other part of it
    await until(lambda: screen.resyncs > 0, seconds=HANG_SECONDS)
    yield screen
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_change_that_could_not_be_loaded_is_asked_for(
    world: World, screen: Screen, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-06, P-07: no gap shows where the only change of a while is missing, so the screen is told to ask."""
    await until(lambda: not screen.hub.is_cut_off, seconds=HANG_SECONDS)
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.2)
    before = screen.resyncs
    async with database.single_statements():  # the pool is used up while the hint comes
        await world.olive.post_text(world.thread_id, "Pixel limps")
        await until(lambda: screen.resyncs > before, seconds=HANG_SECONDS)

    assert not screen.shows("Pixel limps")
    await world.olive.post_text(world.thread_id, "and shivers")
    await until(lambda: screen.shows("and shivers"), seconds=HANG_SECONDS)


async def test_access_is_watched_on_after_a_mistake(world: World, screen: Screen) -> None:
    """P-11: whatever goes wrong in one round, the sockets of a session that ended are closed in the next."""
    screen.failures, screen.ended = 1, True
    watching = asyncio.create_task(screen.hub.watch_access(every_seconds=0.01))
    await until(lambda: screen.socket.close_code is not None, seconds=HANG_SECONDS)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching

    assert CLOSE_SIGNED_OUT == screen.socket.close_code


async def test_a_browser_that_leaves_while_its_rights_are_looked_up_stays_gone(screen: Screen) -> None:
    """I10: nothing is sent for it any more, and nobody counts it as there."""
    screen.leaves_meanwhile = True
    screen.actor = replace(screen.actor, role=Role.ADMINISTRATOR)
    before = len(screen.written)
    await screen.hub.look_again(screen.actor.person_id)
    screen.hub.deliver(("clinic", screen.actor.clinic_ids[0]), "a frame", lambda _: True)

    assert (0, before) == (screen.hub.sockets, len(screen.written))
