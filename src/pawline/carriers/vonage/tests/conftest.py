from collections.abc import AsyncGenerator
from dataclasses import replace

import httpx
import pytest

from pawline.carriers.client import build_client
from pawline.carriers.interface import Exchange
from pawline.carriers.vonage.account import Account, read_account
from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.api import Api
from pawline.carriers.vonage.tests.account_values import NOW, account_values
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


@pytest.fixture(scope="session")
def account() -> Account:
    """One for all: a private key is checked at length when it is read."""
    return read_account(account_values(""))


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
def api(account: Account, server: AnsweringServer, client: httpx.AsyncClient, exchanges: list[Exchange]) -> Api:
    async def keep(exchange: Exchange) -> None:
        exchanges.append(exchange)

    url = httpx.URL(server.url)
    return Api(replace(account, base_url=url, rest_url=url), client, keep, now=lambda: NOW)


@pytest.fixture
def vonage(api: Api) -> Vonage:
    return Vonage(api, lambda: NOW)
