"""Hints between processes: sent after the commit, bundled. Those for screens only while another web process listens.

NOTIFY inside the transaction would make PostgreSQL commit one after the other: it hands notifications out in commit order.
Sent afterwards, a hint is lost when its process dies in between. So a process that vanishes makes its peers resync.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from secrets import token_hex
from typing import Protocol

import msgspec
import structlog

from pawline.platform.db import Hint
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Unavailable
from pawline.platform.failpoints import reach
from pawline.platform.listening import NOTIFY
from pawline.platform.peers_on_postgres import PostgresLine
from pawline.platform.settings import Settings

TEXTS = "pawline_texts"
"""Workers listen here: a text was queued. One of them finds it, and the others find nothing."""
MOST_IN_A_BUNDLE = 30  # what PostgreSQL carries in one notification ends at 8,000 bytes
MOST_WAITING = 1_000
_LOOK_EVERY_SECONDS = 1.0

_log = structlog.get_logger()


class PeerLine(Protocol):
    """What carries hints to the other web processes of this installation, and to no one else's."""

    async def send(self, payload: str) -> None:
        """To every process that listens at this moment, the own one included. Raises Unavailable."""
        ...

    async def listeners(self) -> frozenset[str]:
        """The names of the processes that listen at this moment. Raises Unavailable."""
        ...

    async def listen(self, name: str, *, hear: Callable[[str], None], begin: Callable[[], None]) -> None:
        """Until cancelled. ``begin`` is called each time the line is there: whatever was sent before was missed."""
        ...

    async def close(self) -> None: ...


class Notification(msgspec.Struct, frozen=True):
    """What travels between processes; ``sender`` lets a process pass over its own."""

    sender: str
    hints: list[Hint]
    is_in_doubt: bool = False
    """Something may have been committed that no hint tells of."""
    listens: bool = False
    """The sender listens from now on, and wants to be told."""


class Peers:
    """The other web processes of this installation; ``line`` leads to them, over the database if nothing else is given."""

    def __init__(
        self, url: str, *, receive: Callable[[Hint], None], resync: Callable[[], None], line: PeerLine | None = None
    ) -> None:
        self._workers = DedicatedConnection(url, "pawline hints")
        self._database = DedicatedConnection(url, "pawline peers")
        self._line = line or PostgresLine(url, sender=self._workers, looking=self._database)
        self._receive = receive
        self._resync = resync
        self.name = token_hex(8)
        self.others: frozenset[str] = frozenset()
        self._knows_others = False
        self._waiting: list[Hint] = []
        self.is_in_doubt = False
        self._has_missed = False
        self._tells_doubt = False
        self._tells_to_listen = False
        self._has_text = False
        self._wake = asyncio.Event()

    @property
    def is_cut_off(self) -> bool:
        """Nobody can be told at this moment; what is told waits."""
        return not self._knows_others

    def tell(self, hint: Hint) -> None:
        """Send a hint to all peers soon, or to the workers if it is theirs; nothing happens when there are no peers."""
        if hint.about == "delivery":
            self._has_text = True
            self._wake.set()
        elif self.others or self.is_cut_off:
            self._keep(hint)

    def doubt(self) -> None:
        """Nobody knows whether something was committed: everybody resyncs once the database answers again."""
        self.is_in_doubt = True

    def miss(self) -> None:
        """What a hint tells of could not be shown here: the screens of this process resync once the database answers again."""
        self._has_missed = True

    async def run(self, *, listens: bool) -> None:
        """Until cancelled. Who does not listen only tells."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._look_around())
                group.create_task(self._send())
                if listens:
                    group.create_task(self._line.listen(self.name, hear=self._hear, begin=self._begin))
        finally:
            await self._line.close()
            await self._workers.close()
            await self._database.close()

    async def _look_around(self) -> None:
        """Who else listens? After a peer has vanished, its last hints may be missing."""
        while True:
            try:
                self._compare(await self._line.listeners())
            except Unavailable:
                self._knows_others = False
            if self.is_in_doubt or self._has_missed:
                await self._settle_doubt()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    def _compare(self, listeners: frozenset[str]) -> None:
        found = listeners - {self.name}
        # Whoever is found without having said so has missed what was not told because nobody seemed to be there.
        if found and not self.others and self._knows_others:
            self._tell_doubt()
        self.others, vanished = found, self.others - found
        self._knows_others = True
        if vanished:
            self._resync()

    async def _settle_doubt(self) -> None:
        was_in_doubt, self.is_in_doubt, self._has_missed = self.is_in_doubt, False, False
        try:
            await self._database.fetch("SELECT 1 AS answer", {})
        except Unavailable:
            self.is_in_doubt |= was_in_doubt
            self._has_missed = True
            return
        self._resync()
        if was_in_doubt and (self.others or self.is_cut_off):
            self._tell_doubt()

    async def _send(self) -> None:
        """Bundle what waits. What could not be sent is sent again."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._has_text or self._waiting or self._tells_doubt or self._tells_to_listen:
                await self._wake_workers()
                await self._send_bundle()

    async def _wake_workers(self) -> None:
        if self._has_text:
            self._has_text = False
            with suppress(Unavailable):  # workers look by themselves each second
                await self._workers.fetch(NOTIFY, {"channel": TEXTS, "payload": ""})

    async def _send_bundle(self) -> None:
        bundle = Notification(self.name, self._waiting[:MOST_IN_A_BUNDLE], self._tells_doubt, self._tells_to_listen)
        if not (bundle.hints or bundle.is_in_doubt or bundle.listens):
            return
        del self._waiting[: len(bundle.hints)]
        self._tells_doubt = self._tells_to_listen = False
        if bundle.hints:
            await reach("peers.before_hints")
        try:
            await self._line.send(msgspec.json.encode(bundle).decode())
        except Unavailable:
            self._waiting[:0] = bundle.hints
            self._tells_doubt |= bundle.is_in_doubt
            self._tells_to_listen |= bundle.listens
            await asyncio.sleep(0.5)

    def _keep(self, hint: Hint) -> None:
        if len(self._waiting) >= MOST_WAITING:  # the line is gone for long; everybody asks once it is back
            self._waiting.clear()
            self._tell_doubt()
        self._waiting.append(hint)
        self._wake.set()

    def _tell_doubt(self) -> None:
        self._tells_doubt = True
        self._wake.set()

    def _hear(self, payload: str) -> None:
        try:
            notification = msgspec.json.decode(payload, type=Notification)
        except msgspec.DecodeError:  # of another release; it tells of something
            _log.warning("hint_unreadable")
            self._resync()
            return
        if notification.sender == self.name:
            return
        if notification.listens:
            self.others |= {notification.sender}
        if notification.is_in_doubt:
            self._resync()
        for hint in notification.hints:
            self._receive(hint)

    def _begin(self) -> None:
        # The others send their hints here too as soon as they hear of it, instead of when they next look around.
        self._tells_to_listen = True
        self._wake.set()
        # The first time as well: browsers may have opened while the line was away.
        self._resync()


def line_set_in(settings: Settings, database_url: str) -> PeerLine | None:
    """``None``: none is set, and hints go over the database."""
    if settings.valkey_url is None:
        return None
    from pawline.platform.peers_on_valkey import ValkeyLine, channel_of  # noqa: PLC0415 - its client takes 15 MiB

    return ValkeyLine(settings.valkey_url, partial(channel_of, database_url))
