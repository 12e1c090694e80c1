"""A screen without pixels: follows all its threads live, and comes back by itself whatever happens."""

import asyncio
import json
from collections import Counter
from random import Random
from uuid import UUID

import websockets

from tests.faults.cast import SignedIn
from tests.faults.client import Client, ConnectionLost
from tests.faults.copy_of_thread import CopyOfThread, Row

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 4.0  # 30 in the browser; the herd here is small


class Listener:
    """``met`` counts frames by type, closes by code, and gaps."""

    def __init__(self, person: SignedIn, port: int, threads: list[UUID], *, random: Random) -> None:
        self.person = person
        self.copies = {str(thread_id): CopyOfThread(thread_id) for thread_id in threads}
        self.met: Counter[str] = Counter()
        self.is_live = asyncio.Event()
        self._client = Client(port, person)
        self._url = f"ws://127.0.0.1:{port}/api/v1/live?app={person.app}"
        self._random = random
        self._socket: websockets.ClientConnection | None = None

    async def run(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await self._follow()
                wait = FIRST_WAIT_SECONDS
            except websockets.ConnectionClosed as closed:
                self.met[f"closed {closed.rcvd.code if closed.rcvd else 'without a word'}"] += 1
                wait = FIRST_WAIT_SECONDS
            except (OSError, ConnectionLost, websockets.InvalidHandshake, websockets.InvalidMessage, AssertionError):
                self.met["not reached"] += 1
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            self.is_live.clear()
            await asyncio.sleep(self._random.uniform(0.1, wait))

    @property
    def revisions(self) -> dict[str, int]:
        return {thread_id: copy.revision for thread_id, copy in self.copies.items()}

    def drop(self) -> None:
        """Cut the line, as a lift does: nobody says goodbye."""
        self.is_live.clear()
        if self._socket is not None:
            self._socket.transport.abort()

    def close(self) -> None:
        self._client.close()

    async def _follow(self) -> None:
        headers = {"Cookie": self.person.cookie}
        async with websockets.connect(self._url, additional_headers=headers, max_size=None, max_queue=None) as socket:
            self._socket = socket
            async for text in socket:
                frame = json.loads(text)
                self.met[frame["type"]] += 1
                await self._take(frame)

    async def _take(self, frame: Row) -> None:
        match frame["type"]:
            case "hello" | "resync":
                for copy in self.copies.values():
                    await copy.catch_up(self._client)
                self.is_live.set()
            case "changes" if frame["thread_id"] in self.copies:
                copy = self.copies[frame["thread_id"]]
                if not copy.apply(frame):
                    self.met["gap"] += 1
                    await copy.catch_up(self._client)
            case "changes":
                self.met["not for me"] += 1
            case _:
                pass
