"""A test's world: the practices of its own, and the people in them with their browsers."""

import asyncio
import json
import ssl
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
import websockets

from pawline.platform.security import cookie_name, csrf_token
from tests.product import Product

Json = Any
# Loading the certificates anew for every browser would cost more than the test.
TLS = ssl.create_default_context()


class LiveClient:
    """One open socket; ``next("changes")`` waits for the next frame of a type."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection

    async def next(self, kind: str, *, within_seconds: float = 30) -> Json:
        async with asyncio.timeout(within_seconds):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] == kind:
                    return frame


@dataclass
class Caller:
    """A signed-in person and their browser; without a secret, a signed-out one. Most tests use few of them."""

    id: str
    name: str
    app: str
    secret: str
    product: Product

    @cached_property
    def http(self) -> httpx.AsyncClient:
        headers = {"X-Pawline-App": self.app}
        cookies: dict[str, str] = {}
        if self.secret:
            headers["X-CSRF-Token"] = csrf_token(self.secret)
            cookies[cookie_name(self.product.settings, self.app)] = self.secret
        return httpx.AsyncClient(base_url=self.product.api, headers=headers, cookies=cookies, timeout=30, verify=TLS)

    async def close(self) -> None:
        if "http" in vars(self):
            await self.http.aclose()

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        return await self.http.get(path, params=parameters or None)

    async def send(self, method: str, path: str, body: Json = None, **options: Any) -> httpx.Response:
        return await self.http.request(method, path, json=body, **options)

    async def post_text(self, thread_id: str, body: str, **values: Any) -> Json:
        """Post a message and return it; ``client_id`` is new unless given."""
        draft = {"client_id": str(uuid.uuid4()), "body": body, **values}
        response = await self.send("POST", f"/threads/{thread_id}/messages", draft)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def thread(self, thread_id: str) -> Json:
        response = await self.get(f"/threads/{thread_id}")
        assert response.status_code == 200, response.text
        return response.json()

    async def read_up_to(self, thread_id: str, seq: int) -> Json:
        return (await self.send("PUT", f"/threads/{thread_id}/read-mark", {"up_to_seq": seq})).json()

    @asynccontextmanager
    async def live(self) -> AsyncGenerator[LiveClient]:
        url = self.product.api.replace("http://", "ws://") + f"/live?app={self.app}"
        cookie = f"{cookie_name(self.product.settings, self.app)}={self.secret}"
        headers = {"Cookie": cookie, "Origin": self.product.url}
        async with websockets.connect(url, additional_headers=headers, compression=None) as connection:
            client = LiveClient(connection)
            await client.next("hello")
            yield client


@dataclass
class World:
    """Ids are strings, as the API shows them."""

    product: Product
    practice_id: str = ""
    clinic_id: str = ""
    other_clinic_id: str = ""
    family_id: str = ""
    pixel_id: str = ""
    thread_id: str = ""
    other_family_id: str = ""
    other_thread_id: str = ""
    riverside_id: str = ""
    riverside_thread_id: str = ""
    riverside_clinic_id: str = ""
    callers: dict[str, Caller] = field(default_factory=dict[str, Caller])

    def __getattr__(self, name: str) -> Caller:
        """The people: nora, vane, ada (administrator), helen (practice owner), toby (basic), hal (other clinic only),
        olive, omar, otto (role other), kim (another family), rita and rolf (Riverside's owner and its family's contact)."""
        try:
            return self.callers[name]
        except KeyError:
            raise AttributeError(name) from None

    def add_stranger(self) -> None:
        self.callers["stranger"] = Caller("", "", "staff", "", self.product)

    @property
    def stranger(self) -> httpx.AsyncClient:
        """A signed-out browser."""
        return self.callers["stranger"].http
