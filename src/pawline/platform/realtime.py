"""Live fan-out: frames to the sockets of this process; other processes hear of changes through ``peers.py``.

Hints may be late, doubled or lost: a browser that sees a gap asks for what changed since its last revision. Where a hint came and
could not be followed there is no gap to see, so browsers are told to ask.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog

from pawline.platform.actor import Actor
from pawline.platform.bounded_socket import WriteNow
from pawline.platform.db import Database, Hint
from pawline.platform.peers import PeerLine, Peers
from pawline.platform.repeating import repeat
from pawline.platform.text_frame import TextFrame

HEARTBEAT_SECONDS = 25
BEAT = TextFrame('{"type":"beat"}')
MOST_FRAMES = 256
MOST_BYTES = 1024 * 1024
RESYNC = TextFrame('{"type":"resync"}')
SIGNED_OUT = TextFrame('{"type":"signed_out"}')
CLOSE_SIGNED_OUT = 4401
CLOSE_TOO_SLOW = 1013

Topic = tuple[str, UUID]
Permits = Callable[[Actor], bool]
OnHint = Callable[[Hint], Awaitable[None]]
ReloadActors = Callable[[list[UUID]], Awaitable[dict[UUID, Actor]]]

_log = structlog.get_logger()


class LiveSocket:
    """One browser. What cannot be written to it at once waits; it is closed instead of letting that grow beyond its bound."""

    __slots__ = ("_write_now", "actor", "close_code", "frames", "has_missed", "pending_bytes", "used_at", "wake")

    def __init__(self, actor: Actor, write_now: WriteNow) -> None:
        self.actor = actor
        self.frames: list[TextFrame] = []
        self.pending_bytes = 0
        self.close_code: int | None = None
        # When somebody last touched it. None: a browser that does not tell.
        self.used_at: datetime | None = None
        # Something came while it was taken for locked.
        self.has_missed = False
        self.wake = asyncio.Event()
        self._write_now = write_now

    def push(self, frame: TextFrame) -> None:
        """Send it, unless the front desk has locked since the last look at sessions: the next one closes it or makes it good."""
        if self.actor.is_locked:
            self.has_missed = True
        else:
            self.send(frame)

    def send(self, frame: TextFrame) -> None:
        # Nothing overtakes what waits. What is being sent counts as waiting until it is sent.
        if self.close_code is None and (self.frames or not self._write_now(frame.wire)):
            self._keep(frame)

    def _keep(self, frame: TextFrame) -> None:
        if len(self.frames) >= MOST_FRAMES or self.pending_bytes + len(frame.wire) > MOST_BYTES:
            self.close(CLOSE_TOO_SLOW)
            return
        self.frames.append(frame)
        self.pending_bytes += len(frame.wire)
        self.wake.set()

    def first_is_sent(self) -> None:
        self.pending_bytes -= len(self.frames.pop(0).wire)

    def close(self, code: int) -> None:
        self.close_code = self.close_code or code
        self.wake.set()


class Hub:
    """The sockets of this process by topic: a clinic for staff, a family for contacts."""

    def __init__(self, database: Database, reload_actors: ReloadActors, line: PeerLine | None = None) -> None:
        self._peers = Peers(database.url, receive=self.handle, resync=self._resync, line=line)
        self._reload_actors = reload_actors
        self._topics: dict[Topic, set[LiveSocket]] = defaultdict(set)
        self._sockets: set[LiveSocket] = set()
        self._handlers: dict[str, OnHint] = {"access": lambda hint: self.look_again(hint.id)}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_cut_off(self) -> bool:
        """Screens of other processes hear nothing from here at this moment, and catch up later."""
        return self._peers.is_cut_off

    @property
    def sockets(self) -> int:
        return len(self._sockets)

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

    def actors(self) -> Iterator[Actor]:
        """Whose browsers are open on this process, once for each of them."""
        return (socket.actor for socket in self._sockets)

    def actors_at_hand(self, since: datetime) -> Iterator[Actor]:
        """Those of them that somebody has touched ``since`` then, as far as they tell."""
        return (socket.actor for socket in self._sockets if socket.used_at is None or socket.used_at > since)

    def deliver(self, topic: Topic, frame: str, permits: Permits) -> None:
        """Send one frame to everybody on the topic who may see it at this moment."""
        members = self._topics.get(topic)
        if not members:
            return
        encoded = TextFrame(frame)
        for socket in members:
            if permits(socket.actor):
                socket.push(encoded)

    def publish(self, hint: Hint) -> None:
        """Handle a hint of this process, and tell the peers."""
        self._peers.tell(hint)
        self.handle(hint)

    def announce(self, hint: Hint) -> None:
        """Tell the peers of what this process has sent to its own sockets already."""
        self._peers.tell(hint)

    def doubt(self) -> None:
        """A commit may have happened without its answer reaching us: resync everybody once the database answers again."""
        self._peers.is_in_doubt = True

    def handle(self, hint: Hint) -> None:
        handler = self._handlers.get(hint.about)
        if handler is not None:
            task = asyncio.create_task(self._handled(handler, hint))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def background(self) -> list[Callable[[], Awaitable[None]]]:
        """What runs as long as the process serves."""
        return [partial(self._peers.run, listens=True), self.watch_access, self._beat]

    async def _beat(self) -> None:
        """One timer for all sockets: a beat now and then tells a browser that the line is not dead."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for socket in self._sockets:
                socket.push(BEAT)

    async def watch_access(self, *, every_seconds: float = 4.0) -> None:
        """Close the sockets of sessions that ended or are locked, whatever did it. Their browsers ask which of both it is."""
        # An unreachable database ends no session; the next round looks again.
        await repeat(self._recheck_all, every=every_seconds, stop=asyncio.Event(), trouble="access_not_watched")

    async def _handled(self, handler: OnHint, hint: Hint) -> None:
        try:
            await handler(hint)
        except Exception:  # noqa: BLE001 - the edge of a background task: one hint must not end the others
            _log.exception("live_hint_failed", about=hint.about, id=str(hint.id))
            self._peers.miss()

    def _resync(self) -> None:
        for socket in self._sockets:
            socket.push(RESYNC)

    async def look_again(self, person_id: UUID) -> None:
        """What this person may see has changed: from the return of this on, their sockets here get no frame by the old rules."""
        await self._recheck([socket for socket in self._sockets if socket.actor.person_id == person_id])

    async def _recheck_all(self) -> None:
        await self._recheck(list(self._sockets))

    async def _recheck(self, sockets: list[LiveSocket]) -> None:
        if not sockets:
            return
        actors = await self._reload_actors([socket.actor.session_id for socket in sockets])
        for socket in sockets:
            if socket not in self._sockets:  # its browser has left meanwhile
                continue
            actor = actors.get(socket.actor.session_id)
            if actor is None:
                self.remove(socket)
                socket.send(SIGNED_OUT)
                socket.close(CLOSE_SIGNED_OUT)
            elif actor != socket.actor:
                self.remove(socket)
                socket.actor = actor
                self.add(socket)
                socket.push(RESYNC)
            else:
                self._go_on(socket, actor)

    def _go_on(self, socket: LiveSocket, actor: Actor) -> None:
        """The same person. Their browser is to ask anew where it has become a shared desk or none, or was passed over."""
        is_other_desk = (actor.locks_at is None) != (socket.actor.locks_at is None)
        socket.actor = actor
        if is_other_desk or socket.has_missed:
            socket.has_missed = False
            socket.push(RESYNC)


def topics_of(actor: Actor) -> list[Topic]:
    if actor.family_id is not None:
        return [("family", actor.family_id)]
    return [("clinic", clinic_id) for clinic_id in actor.clinic_ids]
