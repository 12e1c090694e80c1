"""Two thousand people who send, some who listen and read, and the check of what is left when it is over."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from random import Random
from types import TracebackType
from typing import Any, Self

from tests.faults.checker import Verdict, faults_of, judge, recount_unread
from tests.faults.client import Client, ConnectionLost
from tests.faults.copy_of_thread import CopyOfThread
from tests.faults.listener import Listener
from tests.faults.scene import Scene
from tests.faults.senders import Record, Sender
from tests.faults.waiting import until
from tests.faults.web import WebProcess


class Load:
    def __init__(self, scene: Scene, web: WebProcess, *, senders: int, random: Random) -> None:
        self.record = Record()
        self._scene = scene
        self._web = web
        self._random = random
        cast = scene.cast
        self.listeners = [Listener(person, web.port, cast.threads, random=random) for person in [*cast.members, cast.nora]]
        self.outsider = Listener(cast.rita, web.port, [], random=random)
        self._senders = [
            Sender(scene.client(web, random.choice(cast.members)), random.choice(cast.threads), self.record, random=random)
            for _ in range(senders)
        ]
        self._readers: list[asyncio.Task[None]] = []
        self._is_read_out = False
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for listener in [*self.listeners, self.outsider]:
            self._in_background(listener.run())
            self._stack.callback(listener.close)
        for listener in self.listeners[:4]:
            self._readers.append(self._in_background(self._read_now_and_then(listener)))
        for listener in [*self.listeners, self.outsider]:
            await asyncio.wait_for(listener.is_live.wait(), 30)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.aclose()

    def send_all(self) -> "asyncio.Task[None]":
        """Everybody sends one message at the same moment."""
        return asyncio.create_task(self._send_all())

    async def until_acknowledged(self, more: int) -> None:
        """Until so many more are, counted from now."""
        goal = self.record.acknowledged + more
        await until(lambda: self.record.acknowledged >= goal, seconds=60)

    async def judge(self) -> tuple[Verdict, list[str]]:
        """Everybody reads everything afresh: the worst that anybody finds, and what contradicts."""
        verdicts: list[Verdict] = []
        wrong: list[str] = []
        for listener in self.listeners:
            client = self._scene.client(self._web, listener.person)
            fresh = [CopyOfThread(thread_id) for thread_id in self._scene.cast.threads]
            for copy in fresh:
                await copy.load(client)
            verdicts.append(judge(self.record.sent, fresh))
            wrong += [fault for copy in fresh for fault in faults_of(copy)]
            wrong += await _contradictions(client, listener, fresh)
        return min(verdicts, key=lambda verdict: (verdict.is_good, verdict.ok)), wrong

    async def until_listeners_are_level(self, *, seconds: float) -> None:
        """Nobody helps them: they have to find out by themselves what they missed. Nobody marks anything as read any more."""
        self._is_read_out = True
        # To the end and not cancelled: a mark that is on its way would be stored after the look at the revisions below.
        await asyncio.gather(*self._readers)
        query = "SELECT id, revision FROM thread ORDER BY id"
        revisions = {str(thread_id): revision for thread_id, revision in await self._scene.rows(query)}
        with suppress(TimeoutError):
            await until(lambda: all(listener.revisions == revisions for listener in self.listeners), seconds=seconds)

    @property
    def met(self) -> Counter[str]:
        return sum((listener.met for listener in self.listeners), Counter[str]())

    async def _send_all(self) -> None:
        await asyncio.gather(*(sender.send() for sender in self._senders))

    async def _read_now_and_then(self, listener: Listener) -> None:
        """A read mark is a change as well, in the same order of revisions."""
        client = Client(self._web.port, listener.person)
        self._stack.callback(client.close)
        while not self._is_read_out:
            await asyncio.sleep(self._random.uniform(0.2, 1.0))
            copy = self._random.choice(list(listener.copies.values()))
            with suppress(ConnectionLost, TimeoutError):
                await client.ask("PUT", f"/api/v1/threads/{copy.thread_id}/read-mark", {"up_to_seq": copy.last_seq})

    def _in_background(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._stack.push_async_callback(_ended, task)
        return task


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _contradictions(client: Client, listener: Listener, fresh: list[CopyOfThread]) -> list[str]:
    """Where a listener's screen, or a count of unread messages, differs from a fresh look."""
    name, wrong = listener.person.name, list[str]()
    for copy in fresh:
        if listener.copies[str(copy.thread_id)] != copy:
            wrong.append(f"{copy.thread_id}: the screen of {name} differs from a fresh one")
        snapshot = await client.get(f"/threads/{copy.thread_id}")
        if [unread["seq"] for unread in snapshot["unread"]] != recount_unread(copy, listener.person.person_id):
            wrong.append(f"{copy.thread_id}: unread of {name} differs from a recount")
    return wrong
