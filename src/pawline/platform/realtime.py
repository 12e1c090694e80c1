"""Live fan-out: frames to the sockets of this process, hints between processes.

A hint travels by NOTIFY inside the transaction that causes it, so it exists exactly when the change does. It may still be
lost (a listener that is away): then everybody is told to resync, and asks for what changed since the last revision.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from uuid import UUID

import msgspec
import psycopg
import structlog

from pawline.platform.actor import Actor
from pawline.platform.db import LIVE_CHANNEL, PROCESS, Database, Hint, Notification, notify
from pawline.platform.errors import Unavailable

MOST_FRAMES = 256
MOST_BYTES = 1024 * 1024
RESYNC = '{"type":"resync"}'
SIGNED_OUT = '{"type":"signed_out"}'
CLOSE_SIGNED_OUT = 4401
CLOSE_TOO_SLOW = 1013

Topic = tuple[str, UUID]
Permits = Callable[[Actor], bool]
OnHint = Callable[[Hint], Awaitable[None]]
ReloadActors = Callable[[list[UUID]], Awaitable[dict[UUID, Actor]]]

_log = structlog.get_logger()


class LiveSocket:
    """What waits to be written to one browser. It is closed instead of growing beyond its bound."""

    __slots__ = ("actor", "close_code", "frames", "pending_bytes", "wake")

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.frames: list[str] = []
        self.pending_bytes = 0
        self.close_code: int | None = None
        self.wake = asyncio.Event()

    def push(self, frame: str) -> None:
        if len(self.frames) >= MOST_FRAMES or self.pending_bytes + len(frame) > MOST_BYTES:
            self.close(CLOSE_TOO_SLOW)
            return
        self.frames.append(frame)
        self.pending_bytes += len(frame)
        self.wake.set()

    def take(self) -> list[str]:
        frames, self.frames, self.pending_bytes = self.frames, [], 0
        self.wake.clear()
        return frames

    def close(self, code: int) -> None:
        self.close_code = self.close_code or code
        self.wake.set()


class Hub:
    """The sockets of this process by topic: a clinic for staff, a family for contacts."""

    def __init__(self, database: Database, reload_actors: ReloadActors) -> None:
        self._database = database
        self._reload_actors = reload_actors
        self._topics: dict[Topic, set[LiveSocket]] = defaultdict(set)
        self._sockets: set[LiveSocket] = set()
        self._handlers: dict[str, OnHint] = {"access": self._look_again}
        self._tasks: set[asyncio.Task[None]] = set()

    def on(self, about: str, handler: OnHint) -> None:
        self._handlers[about] = handler

    def add(self, socket: LiveSocket) -> None:
        self._sockets.add(socket)
        for topic in topics_of(socket.actor):
            self._topics[topic].add(socket)

    def remove(self, socket: LiveSocket) -> None:
        self._sockets.discard(socket)
        for topic in topics_of(socket.actor):
            members = self._topics.get(topic)
            if members is not None:
                members.discard(socket)
                if not members:
                    del self._topics[topic]

    def deliver(self, topic: Topic, frame: str, permits: Permits) -> None:
        """Queue one frame for everybody on the topic who may see it at this moment."""
        for socket in self._topics.get(topic, ()):
            if permits(socket.actor):
                socket.push(frame)

    def has_listeners(self, topics: Iterable[Topic]) -> bool:
        return any(topic in self._topics for topic in topics)

    def publish(self, hint: Hint) -> None:
        """Handle a hint of this process, without waiting for it to come back."""
        handler = self._handlers.get(hint.about)
        if handler is not None:
            task = asyncio.create_task(_handled(handler, hint))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def tell_everywhere(self, hint: Hint) -> None:
        """Publish a hint that belongs to no transaction, like somebody typing."""
        async with self._database.single_statements() as connection:
            await notify(connection, [hint])
        self.publish(hint)

    async def listen(self) -> None:
        """Follow the other processes until cancelled; after a gap everybody resyncs."""
        is_first = True
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._database.url, autocommit=True, connect_timeout=5
                ) as connection:
                    await connection.execute(f"LISTEN {LIVE_CHANNEL}")
                    if not is_first:
                        self._resync()
                    is_first = False
                    async for notice in connection.notifies():
                        self._receive(notice.payload)
            except psycopg.Error as error:
                _log.warning("live_listener_lost", error=type(error).__name__)
            await asyncio.sleep(0.5)

    async def watch_access(self, *, every_seconds: float = 4.0) -> None:
        """Close the sockets of sessions that ended, whatever ended them."""
        while True:
            await asyncio.sleep(every_seconds)
            with suppress(Unavailable):  # an unreachable database ends no session; the next round looks again
                await self._recheck(list(self._sockets))

    def _receive(self, payload: str) -> None:
        notification = msgspec.json.decode(payload, type=Notification)
        if notification.sender != PROCESS:
            for hint in notification.hints:
                self.publish(hint)

    def _resync(self) -> None:
        for socket in self._sockets:
            socket.push(RESYNC)

    async def _look_again(self, hint: Hint) -> None:
        await self._recheck([socket for socket in self._sockets if socket.actor.person_id == hint.id])

    async def _recheck(self, sockets: list[LiveSocket]) -> None:
        if not sockets:
            return
        actors = await self._reload_actors([socket.actor.session_id for socket in sockets])
        for socket in sockets:
            actor = actors.get(socket.actor.session_id)
            if actor is None:
                self.remove(socket)
                socket.push(SIGNED_OUT)
                socket.close(CLOSE_SIGNED_OUT)
            elif actor != socket.actor:
                self.remove(socket)
                socket.actor = actor
                self.add(socket)
                socket.push(RESYNC)


def topics_of(actor: Actor) -> list[Topic]:
    if actor.family_id is not None:
        return [("family", actor.family_id)]
    return [("clinic", clinic_id) for clinic_id in actor.clinic_ids]


async def _handled(handler: OnHint, hint: Hint) -> None:
    try:
        await handler(hint)
    except Exception:  # noqa: BLE001 - the edge of a background task: one hint must not end the others
        _log.exception("live_hint_failed", about=hint.about, id=str(hint.id))
