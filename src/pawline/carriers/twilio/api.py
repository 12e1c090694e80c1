"""Requests to this carrier's API, and what a refusal of theirs looks like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import httpx
import msgspec

from pawline.carriers.client import build_client
from pawline.carriers.exchange import call, shorten_numbers
from pawline.carriers.interface import CarrierFailed, RecordExchange
from pawline.carriers.twilio.account import Account

Answer = TypeVar("Answer")
Fields = Mapping[str, str | Sequence[str]]
# Part of a hook's address that stays at the carrier: five more tries, also after a 5xx. Without it a hook that answers 503
# is not called again. Source: their page on connection overrides.
TRY_AGAIN = "#rc=5&rp=all"


class Refusal(msgspec.Struct):
    """The body of an answer that is not a success."""

    code: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Api:
    account: Account
    client: httpx.AsyncClient
    record: RecordExchange

    async def read(self, kind: type[Answer], url: str, *, fields: Fields | None = None) -> Answer:
        return await self._read(kind, self.client.build_request("GET", url, params=fields))

    async def post(self, kind: type[Answer], url: str, *, fields: Fields) -> Answer:
        return await self._read(kind, self.client.build_request("POST", url, data=dict(fields)))

    async def post_json(self, kind: type[Answer], url: str, *, body: object) -> Answer:
        return await self._read(kind, self.client.build_request("POST", url, json=body))

    async def _read(self, kind: type[Answer], request: httpx.Request) -> Answer:
        try:
            response = await call(self.client, self.record, request)
        except httpx.HTTPError as error:
            raise CarrierFailed(f"The carrier did not answer ({type(error).__name__}).") from error
        if not response.is_success:
            raise CarrierFailed(_words(response))
        try:
            return msgspec.json.decode(response.content, type=kind)
        except msgspec.DecodeError as error:
            raise CarrierFailed(f"The carrier's answer cannot be read: {error}.") from error


def build_api(account: Account, record: RecordExchange) -> Api:
    client = build_client(auth=httpx.BasicAuth(account.user, account.password))
    return Api(account, client, record)


def read_refusal(response: httpx.Response) -> Refusal:
    """Empty when something other than the carrier's API has answered."""
    try:
        return msgspec.json.decode(response.content, type=Refusal)
    except msgspec.DecodeError:
        return Refusal()


def _words(response: httpx.Response) -> str:
    refusal = read_refusal(response)
    said = f" (code {refusal.code}): {shorten_numbers(refusal.message)}" if refusal.code is not None else ""
    return f"The carrier answered {response.status_code}{said}"
