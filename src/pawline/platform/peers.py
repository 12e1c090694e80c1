"""Hints between processes: sent after the commit, bundled. Those for screens only while another web process listens.

NOTIFY inside the transaction would make PostgreSQL commit one after the other: it hands notifications out in commit order.
Sent afterwards, a hint is lost when its process dies in between. So a process that vanishes makes its peers resync.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

import msgspec
import psycopg

from pawline.platform.db import Hint
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Unavailable
from pawline.platform.listening import Ear, listen

CHANNEL = "pawline_live"
TEXTS = "pawline_texts"
"""Workers listen here: a text was queued. One of them finds it, and the others find nothing."""
NAME = "pawline live "
MOST_IN_A_NOTIFICATION = 30  # its payload ends at 8,000 bytes
_LOOK_EVERY_SECONDS = 1.0


class Notification(msgspec.Struct, frozen=True):
    """What travels between processes; ``sender`` lets a process pass over its own."""

    sender: str
    hints: list[Hint]
    is_in_doubt: bool = False
    """Something may have been committed that no hint tells of."""


class Peers:
    """The other web processes on this database."""

    def __init__(self, url: str, *, receive: Callable[[Hint], None], resync: Callable[[], None]) -> None:
        self._url = url
        self._receive = receive
        self._resync = resync
        self._self = token_hex(8)
        self._others: frozenset[str] = frozenset()
        self._waiting: list[Hint] = []
        self.is_in_doubt = False
        self._tells_doubt = False
        self._has_text = False
        self._has_listened = False
        self._wake = asyncio.Event()
        self._sender = DedicatedConnection(url, "pawline hints")

    def tell(self, hint: Hint) -> None:
        """Send a hint to all peers soon, or to the workers if it is theirs; nothing happens when there are no peers."""
        if hint.about == "delivery":
            self._has_text = True
            self._wake.set()
        elif self._others:
            self._waiting.append(hint)
            self._wake.set()

    def doubt(self) -> None:
        """Nobody knows whether something was committed: everybody resyncs once the database answers again."""
        self.is_in_doubt = True

    async def send(self) -> None:
        """Until cancelled: bundle what waits. What could not be sent is sent again."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._send_waiting()
        finally:
            await self._sender.close()

    async def look_around(self) -> None:
        """Until cancelled: who else listens? After a peer has vanished, its last hints may be missing."""
        looking = DedicatedConnection(self._url, "pawline peers")
        try:
            while True:
                with suppress(Unavailable):  # the listener notices as well, and resyncs when it is back
                    self._compare(await looking.fetch(_LISTENERS, {"names": NAME + "%"}))
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
        finally:
            await looking.close()

    async def listen(self) -> None:
        """Until cancelled: hand on what peers tell; after a gap everybody resyncs."""
        ear = Ear(channel=CHANNEL, name=NAME + self._self, hear=self._hear, begin=self._begin)
        await listen(self._url, ear)

    def _compare(self, rows: Sequence[Any]) -> None:
        found = frozenset(row.application_name for row in rows) - {NAME + self._self}
        self._others, vanished = found, self._others - found
        if vanished or self.is_in_doubt:
            self._resync()
        if self.is_in_doubt:
            self.is_in_doubt = False
            self._tells_doubt = bool(found)
            self._wake.set()

    async def _send_waiting(self) -> None:
        while self._has_text or self._waiting or self._tells_doubt:
            await self._wake_workers()
            await self._send_bundle()

    async def _wake_workers(self) -> None:
        if self._has_text:
            self._has_text = False
            with suppress(Unavailable):  # workers look by themselves each second
                await self._sender.fetch(_NOTIFY, {"channel": TEXTS, "payload": ""})

    async def _send_bundle(self) -> None:
        bundle = self._waiting[:MOST_IN_A_NOTIFICATION]
        tells_doubt, self._tells_doubt = self._tells_doubt, False
        if not bundle and not tells_doubt:
            return
        try:
            payload = self._payload(bundle, is_in_doubt=tells_doubt)
            await self._sender.fetch(_NOTIFY, {"channel": CHANNEL, "payload": payload})
        except Unavailable:
            self._tells_doubt |= tells_doubt
            await asyncio.sleep(0.5)
        else:
            del self._waiting[: len(bundle)]

    def _hear(self, payload: str) -> None:
        notification = msgspec.json.decode(payload, type=Notification)
        if notification.sender == self._self:
            return
        self._others |= {NAME + notification.sender}
        if notification.is_in_doubt:
            self._resync()
        for hint in notification.hints:
            self._receive(hint)

    async def _begin(self, connection: psycopg.AsyncConnection[Any]) -> None:
        # From this moment on the others send their hints here too, instead of when they next look around.
        await connection.execute(b"SELECT pg_notify(%s, %s)", [CHANNEL, self._payload([])])
        if self._has_listened:
            self._resync()
        self._has_listened = True

    def _payload(self, hints: list[Hint], *, is_in_doubt: bool = False) -> str:
        return msgspec.json.encode(Notification(self._self, hints, is_in_doubt)).decode()


_NOTIFY = "SELECT pg_notify(%(channel)s, %(payload)s)"
_LISTENERS = (
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE %(names)s"
)
