"""A push service on a loopback port, and a browser's side of a subscription: what is pushed can be read with its keys only."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import http_ece  # pyright: ignore[reportMissingTypeStubs]
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02  # pyright: ignore[reportMissingTypeStubs]

from pawline.notifications.pushing import PushWords
from pawline.platform.base64url import write_base64url
from tests.world import Json

SECRET = b"sixteen bytes it"


@dataclass
class BrowserKeys:
    """What a browser makes when it subscribes."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def subscription(self, endpoint: str) -> Json:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": endpoint, "keys": {"p256dh": write_base64url(point), "auth": _SECRET_TEXT}}

    def read(self, content: bytes) -> PushWords:
        clear = http_ece.decrypt(content, private_key=self.private, auth_secret=SECRET)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return msgspec.json.decode(clear, type=PushWords)


_SECRET_TEXT = write_base64url(SECRET)


@dataclass
class PushService:
    """Answers every push with ``status`` and keeps its headers, by their names in lower case, and content."""

    url: str = ""
    status: int = 201
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head if line)}
        content = await reader.readexactly(int(headers["content-length"]))
        self.received.append((headers, content))
        writer.write(f"HTTP/1.1 {self.status} Answer\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def push_service() -> AsyncGenerator[PushService]:
    service = PushService()
    async with await asyncio.start_server(service.answer, "127.0.0.1", 0) as server:
        service.url = f"http://push.example.org:{server.sockets[0].getsockname()[1]}"
        yield service


def is_signed(headers: dict[str, str]) -> bool:
    """As a push service checks it; by another library than ours."""
    return bool(Vapid02.verify(headers["authorization"]))  # pyright: ignore[reportUnknownMemberType]
