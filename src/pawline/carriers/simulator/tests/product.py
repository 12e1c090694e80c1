"""A product made of nothing but hooks: it writes down what the carrier tells it, and answers as a test wants."""

import socket
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
from litestar import Litestar, Request, Response, post
from litestar.params import FromPath

from pawline.carriers.simulator.tests.sdk import is_signed
from tests.simulated_carrier import SimulatedCarrier, served

NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@dataclass(frozen=True, slots=True)
class Heard:
    """One request of the carrier. ``is_genuine``: the SDK says so."""

    hook: str
    fields: dict[str, str]
    token: str
    is_genuine: bool


@dataclass(slots=True)
class Product:
    url: str
    heard: list[Heard] = field(default_factory=list[Heard])
    # Statuses of the next answers; 200 when there are none.
    statuses: deque[int] = field(default_factory=deque[int])
    documents: dict[str, str] = field(default_factory=dict[str, str])

    def hook(self, name: str) -> str:
        return f"{self.url}/{name}"

    def told(self, name: str) -> list[dict[str, str]]:
        """What genuine requests to a hook said."""
        return [heard.fields for heard in self.heard if heard.hook == name and heard.is_genuine]

    def statuses_of(self, sid: str) -> list[str]:
        return [fields["MessageStatus"] for fields in self.told("receipt") if fields["MessageSid"] == sid]


@pytest.fixture
async def product_hooks(carrier: SimulatedCarrier) -> AsyncGenerator[Product]:
    listener = socket.create_server(("127.0.0.1", 0))
    product = Product(f"http://127.0.0.1:{listener.getsockname()[1]}")

    @post("/{hook:str}", status_code=200)
    async def hear(hook: FromPath[str], request: Request[Any, Any, Any]) -> Response[str]:
        fields = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        signature = request.headers["x-twilio-signature"]
        is_genuine = is_signed(carrier.settings.auth_token, product.hook(hook), fields, signature=signature)
        product.heard.append(Heard(hook, fields, request.headers["i-twilio-idempotency-token"], is_genuine))
        status = (product.statuses.popleft() if product.statuses else 200) if is_genuine else 403
        return Response(product.documents.get(hook, NOTHING), status_code=status, media_type="text/xml")

    async with served(Litestar([hear], openapi_config=None, logging_config=None), listener):
        yield product
