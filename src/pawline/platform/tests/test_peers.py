"""What every line between processes promises: over the database and over Valkey alike."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from structlog.testing import capture_logs

from pawline.platform import peers as peers_module
from pawline.platform import peers_on_valkey
from pawline.platform.db import Hint
from pawline.platform.errors import Unavailable
from pawline.platform.peers import MOST_IN_A_BUNDLE, MOST_WAITING, Notification, Peers, line_set_in
from pawline.platform.settings import Settings
from tests.faults.waiting import HANG_SECONDS, until
from tests.valkey_server import ValkeyServer

PRACTICE = uuid4()
SETTINGS = Settings.from_env({"PAWLINE_DEMO": "1", "PAWLINE_SECRET": "s" * 32})
END_LISTENERS = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'pawline live %'"


@dataclass(slots=True)
class Process:
    """One that has told everybody it is there, unless it only tells."""

    peers: Peers = field(init=False)
    heard: list[UUID] = field(default_factory=list[UUID])
    resyncs: int = 0
    looks: int = 0
    bundles: list[Notification] = field(default_factory=list[Notification])

    def knows(self, other: "Process") -> bool:
        """And nobody else."""
        return self.peers.others == frozenset([other.peers.name])

    @property
    def begins(self) -> int:
        """How often it said, or tried to say, that it listens from now on."""
        return sum(bundle.listens for bundle in self.bundles)

    def resync(self) -> None:
        self.resyncs += 1

    def tell(self, count: int = 1) -> list[UUID]:
        ids = [uuid4() for _ in range(count)]
        for thread_id in ids:
            self.peers.tell(Hint.thread(PRACTICE, thread_id, after=1))
        return ids

    async def until_looked_twice(self) -> None:
        seen = self.looks
        await until(lambda: self.looks >= seen + 2, seconds=HANG_SECONDS)

    async def until_heard(self, ids: list[UUID]) -> None:
        await until(lambda: set(ids) <= set(self.heard), seconds=HANG_SECONDS)

    def watch(self, line: Any) -> None:
        send, listeners = line.send, line.listeners

        async def watched_send(payload: str) -> None:
            self.bundles.append(msgspec.json.decode(payload, type=Notification))
            await send(payload)

        async def watched_listeners() -> frozenset[str]:
            self.looks += 1
            return await listeners()

        line.send, line.listeners = watched_send, watched_listeners


@dataclass(slots=True)
class Installation:
    """Processes on one database, with one kind of line between them; ``cut`` ends the connections of all that listen."""

    settings: Settings
    url: str
    cut: Callable[[], Awaitable[None]]
    stack: AsyncExitStack

    async def start(self, *, listens: bool = True) -> Process:
        return await self.stack.enter_async_context(self.running(listens=listens))

    async def start_pair(self) -> tuple[Process, Process]:
        one, two = await self.start(), await self.start()
        await until(lambda: one.knows(two) and two.knows(one), seconds=HANG_SECONDS)
        return one, two

    @asynccontextmanager
    async def running(self, *, listens: bool = True) -> AsyncGenerator[Process]:
        process = Process()
        process.peers = Peers(
            self.url,
            receive=lambda hint: process.heard.append(hint.id),
            resync=process.resync,
            line=line_set_in(self.settings, self.url),
        )
        process.watch(process.peers._line)  # pyright: ignore[reportPrivateUsage] - the line of the database is made inside
        task = asyncio.create_task(process.peers.run(listens=listens))
        await until(
            lambda: not process.peers.is_cut_off and listens == bool(process.begins),
            seconds=HANG_SECONDS,
        )
        yield process
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture(scope="module")
async def databases(database_url: str) -> AsyncGenerator[tuple[str, str]]:
    """Two empty ones, where nobody else listens."""
    names = ("peers_of_one", "peers_of_two")
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        for name in names:
            await connection.execute(f"CREATE DATABASE {name}".encode())
        one, two = (urlsplit(database_url)._replace(path=f"/{name}").geturl() for name in names)
        yield one, two
        for name in names:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def over_postgres(databases: tuple[str, str]) -> AsyncGenerator[tuple[Installation, Installation]]:
    async def cut() -> None:
        async with await psycopg.AsyncConnection.connect(databases[0], autocommit=True) as connection:
            await connection.execute(END_LISTENERS)

    async with AsyncExitStack() as stack:
        one, two = (Installation(SETTINGS, url, cut, stack) for url in databases)
        yield one, two


@pytest.fixture
async def over_valkey(databases: tuple[str, str], valkey: ValkeyServer) -> AsyncGenerator[tuple[Installation, Installation]]:
    async def cut() -> None:
        await valkey.ask("CLIENT", "KILL", "TYPE", "pubsub")

    async with AsyncExitStack() as stack:
        one, two = (Installation(replace(SETTINGS, valkey_url=valkey.url), url, cut, stack) for url in databases)
        yield one, two


@pytest.fixture(params=["over_postgres", "over_valkey"])
def installations(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Installation, Installation]:
    monkeypatch.setattr(peers_module, "_LOOK_EVERY_SECONDS", 0.2)
    return request.getfixturevalue(request.param)


@pytest.fixture
def installation(installations: tuple[Installation, Installation]) -> Installation:
    return installations[0]


async def test_hint_reaches_every_other_process_and_not_its_own(installation: Installation) -> None:
    one, two = await installation.start_pair()
    three = await installation.start()
    ids = one.tell()
    for other in (two, three):
        await other.until_heard(ids)
    own = two.tell()
    await one.until_heard(own)

    assert (own, ids) == (one.heard, two.heard)


async def test_hints_are_bundled_and_stay_in_order(installation: Installation) -> None:
    one, two = await installation.start_pair()
    ids = one.tell(100)
    await two.until_heard(ids)

    assert ids == two.heard
    assert 1 + 99 // MOST_IN_A_BUNDLE == len([bundle for bundle in one.bundles if bundle.hints])


async def test_nothing_is_sent_while_nobody_listens(installation: Installation) -> None:
    one = await installation.start()
    one.tell()
    await one.until_looked_twice()
    alone = [bundle for bundle in one.bundles if bundle.hints]
    two = await installation.start()
    await until(lambda: bool(one.peers.others), seconds=HANG_SECONDS)
    ids = one.tell()
    await two.until_heard(ids)

    assert [] == alone


async def test_who_only_tells_is_missed_by_nobody(installation: Installation) -> None:
    """A worker: heard by all, and no reason for screens to ask for everything when it does not listen."""
    web, worker = await installation.start(), await installation.start(listens=False)
    ids = worker.tell()
    await web.until_heard(ids)
    await web.until_looked_twice()

    assert web.begins == web.resyncs


async def test_each_beginning_makes_screens_ask(installation: Installation) -> None:
    """F-05: the first one as well, for browsers may have opened while the line was away."""
    web = await installation.start()

    assert web.resyncs >= web.begins == 1


async def test_lost_line_makes_screens_ask_once_it_is_back(installation: Installation) -> None:
    """F-05, F-61"""
    one, two = await installation.start_pair()
    before = two.resyncs
    await installation.cut()
    await until(lambda: two.resyncs > before and two.begins > 1, seconds=HANG_SECONDS)
    await until(lambda: one.knows(two), seconds=HANG_SECONDS)
    ids = one.tell()
    await two.until_heard(ids)


async def test_process_that_vanishes_makes_the_screens_of_others_ask(installation: Installation) -> None:
    """F-05: it may have stored something and told nobody."""
    one = await installation.start()
    async with installation.running():
        await until(lambda: bool(one.peers.others), seconds=HANG_SECONDS)
        before = one.resyncs
    await until(lambda: one.resyncs > before, seconds=HANG_SECONDS)


async def test_doubt_of_one_is_a_doubt_of_all(installation: Installation) -> None:
    """F-20: a commit without an answer."""
    one, two = await installation.start_pair()
    before = one.resyncs, two.resyncs
    one.peers.doubt()
    await until(lambda: one.resyncs > before[0] and two.resyncs > before[1], seconds=HANG_SECONDS)


async def test_other_installation_on_the_same_server_hears_nothing(installations: tuple[Installation, Installation]) -> None:
    ours, theirs = installations
    (one, two), (three, four) = await ours.start_pair(), await theirs.start_pair()
    ids, others = one.tell(3), three.tell(3)
    await two.until_heard(ids)
    await four.until_heard(others)

    assert (ids, others) == (two.heard, four.heard)
    assert [] == one.heard == three.heard
    assert one.knows(two)


@pytest.mark.parametrize("installations", ["over_valkey"], indirect=True)
async def test_while_valkey_is_away_hints_wait_and_a_flood_becomes_one_question(
    installation: Installation, valkey: ValkeyServer
) -> None:
    """F-61: logged once. Who was not back yet when hints were sent again, asks for what is missing."""
    one, two = await installation.start_pair()
    before = one.resyncs, two.resyncs
    with capture_logs() as logged:
        await valkey.stop()
        await until(lambda: one.peers.is_cut_off and two.peers.is_cut_off, seconds=HANG_SECONDS)
        two.tell(MOST_WAITING + 5)
        await asyncio.sleep(1.5)
        await valkey.start()
        await until(lambda: one.begins > 1 and two.begins > 1, seconds=HANG_SECONDS)
        await until(lambda: one.knows(two) and two.knows(one), seconds=HANG_SECONDS)
        last = two.tell()
        await one.until_heard(last)

    assert one.resyncs > before[0]
    assert two.resyncs > before[1]
    assert any(bundle.is_in_doubt for bundle in two.bundles)
    assert 6 >= len(one.heard)
    assert 2 == len([line for line in logged if line["event"] == "valkey_lost"])


@pytest.mark.parametrize("installations", ["over_valkey"], indirect=True)
async def test_silent_server_is_found_out(
    installation: Installation, valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cable pulled out: no connection ends."""
    monkeypatch.setattr(peers_on_valkey, "_ANSWERS_WITHIN_SECONDS", 0.5)
    monkeypatch.setattr(peers_on_valkey, "_SILENT_SECONDS", 0.2)
    _, two = await installation.start_pair()
    before = two.resyncs
    valkey.process.send_signal(signal.SIGSTOP)
    try:
        await until(lambda: two.peers.is_cut_off, seconds=HANG_SECONDS)
        await asyncio.sleep(1)
    finally:
        valkey.process.send_signal(signal.SIGCONT)
    await until(lambda: two.resyncs > before and not two.peers.is_cut_off, seconds=HANG_SECONDS)


async def test_what_the_doctor_tries_comes_back(valkey: ValkeyServer) -> None:
    await peers_on_valkey.try_out(valkey.url)
    with pytest.raises(Unavailable):
        await peers_on_valkey.try_out(f"{valkey.url.replace('//', '//nora:secret@')}")
