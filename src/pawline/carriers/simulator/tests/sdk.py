"""The vendor's own client, turned towards the simulated carrier."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException  # pyright: ignore[reportMissingTypeStubs]
from twilio.http.http_client import TwilioHttpClient  # pyright: ignore[reportMissingTypeStubs]
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]
from twilio.rest import Client  # pyright: ignore[reportMissingTypeStubs]

from tests.simulated_carrier import SimulatedCarrier

Answer = TypeVar("Answer")

__all__ = ["Client", "Sdk", "TwilioException", "TwilioRestException", "is_signed", "sdk"]


class _TurnedAway(TwilioHttpClient):
    def __init__(self, url: str) -> None:
        super().__init__(pool_connections=False)
        self._url = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        for host in ("api", "messaging", "numbers"):
            url = url.replace(f"https://{host}.twilio.com", self._url)
        return super().request(method, url, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Sdk:
    client: Client

    async def ask(self, call: Callable[[Client], Answer]) -> Answer:
        """The SDK waits for its answers, and the carrier runs in our own loop."""
        return await asyncio.to_thread(call, self.client)


def is_signed(auth_token: str, url: str, fields: dict[str, str], *, signature: str) -> bool:
    validator: Any = RequestValidator(auth_token)
    return bool(validator.validate(url, fields, signature))


@pytest.fixture
def sdk(carrier: SimulatedCarrier) -> Sdk:
    settings = carrier.settings
    return Sdk(
        Client(settings.api_key, settings.api_key_secret, settings.account_sid, http_client=_TurnedAway(settings.public_url))
    )
