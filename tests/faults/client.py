"""A person's program that speaks to the API over one connection of its own. Small, because thousands of them run at once."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.faults.cast import SignedIn

LONGEST_ANSWER = 16 * 1024 * 1024


class ConnectionLost(Exception):
    """No answer came, so nobody knows whether the request was carried out."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    def __init__(self, port: int, person: SignedIn | None = None) -> None:
        self.port = port
        self.person = person
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, seconds: float = 60
    ) -> Answer:
        """Raises ConnectionLost, and TimeoutError when no answer has come after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await self._connected()
                writer.write(self._request(method, path, body, headers=headers or {}))
                return await self._answer(reader)
        except TimeoutError:
            self.close()
            raise
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise ConnectionLost from error
        except asyncio.CancelledError:
            self.close()
            raise

    async def post(self, thread_id: UUID, client_id: UUID, text: str, *, seconds: float = 60) -> Answer:
        body = {"client_id": str(client_id), "body": text}
        return await self.ask("POST", f"/api/v1/threads/{thread_id}/messages", body, seconds=seconds)

    async def get(self, path: str) -> Any:
        """What is found at a path below /api/v1; asserts that it is."""
        answer = await self.ask("GET", f"/api/v1{path}")
        assert 200 == answer.status, (path, answer)
        return answer.json

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is not None and self._streams[0].at_eof():
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_ANSWER)
        return self._streams

    def _request(self, method: str, path: str, body: Any, *, headers: dict[str, str]) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        lines = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(content)), "Content-Type": "application/json"}
        lines |= (self.person.headers if self.person else {}) | headers
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(head[0].split(" ")[1]), headers, body)


async def answer_or_none(client: Client, path: str) -> Answer | None:
    with suppress(ConnectionLost, TimeoutError):
        return await client.ask("GET", path, seconds=15)
    return None
