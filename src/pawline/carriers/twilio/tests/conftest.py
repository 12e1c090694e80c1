from collections.abc import AsyncGenerator

import pytest

from pawline.carriers.interface import Exchange
from pawline.carriers.twilio.account import read_account
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.api import Api, build_api
from pawline.carriers.twilio.tests.account_values import account_values
from tests.contracts.answering import AnsweringServer, answering_server


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
async def api(server: AnsweringServer, exchanges: list[Exchange]) -> AsyncGenerator[Api]:
    async def keep(exchange: Exchange) -> None:
        exchanges.append(exchange)

    api = build_api(read_account(account_values(server.url)), keep)
    yield api
    await api.client.aclose()


@pytest.fixture
def twilio(api: Api) -> Twilio:
    return Twilio(api)
