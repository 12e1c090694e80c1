from collections.abc import AsyncGenerator

import httpx
import pytest

from pawline.carriers.client import build_client
from pawline.carriers.interface import Exchange
from pawline.carriers.telnyx.account import read_account
from pawline.carriers.telnyx.adapter import Telnyx
from pawline.carriers.telnyx.api import Api
from pawline.carriers.telnyx.tests.account_values import NOW, account_values
from tests.contracts.answering import AnsweringServer, answering_server


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.fixture(scope="session")
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """One for all: a new one reads the certificates of the whole world."""
    async with build_client() as client:
        yield client


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
def api(server: AnsweringServer, client: httpx.AsyncClient, exchanges: list[Exchange]) -> Api:
    async def keep(exchange: Exchange) -> None:
        exchanges.append(exchange)

    return Api(read_account(account_values(server.url)), client, keep)


@pytest.fixture
def telnyx(api: Api) -> Telnyx:
    return Telnyx(api, lambda: NOW)
