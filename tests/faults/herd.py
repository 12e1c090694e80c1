"""Thousands of browsers that only listen, each as small as it can be, and come back as the real ones do."""

import asyncio
from base64 import b64encode
from contextlib import suppress
from random import Random

from tests.faults.cast import SignedIn

# As in web/src/platform/live.ts.
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
HELLO_SECONDS = 60


class Browser:
    """``is_live`` from the first frame until the line ends."""

    def __init__(self, person: SignedIn, port: int, random: Random) -> None:
        self.is_live = False
        self._port = port
        self._random = random
        lines = {
            "Host": f"127.0.0.1:{port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": b64encode(random.randbytes(16)).decode(),
            "Cookie": person.cookie,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._request = f"GET /api/v1/live?app={person.app} HTTP/1.1\r\n{head}\r\n".encode()

    async def run(self) -> None:
        attempt = 0
        while True:
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                await self._follow()
            attempt = 0 if self.is_live else attempt + 1
            self.is_live = False
            ceiling = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2**attempt)
            await asyncio.sleep(self._random.uniform(ceiling / 2, ceiling))

    async def _follow(self) -> None:
        """Until the line ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(self._request)
            async with asyncio.timeout(HELLO_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                if not head.startswith(b"HTTP/1.1 101"):
                    return
                await reader.readuntil(b'"hello"')
            self.is_live = True
            while await reader.read(64 * 1024):
                pass
        finally:
            writer.transport.abort()
