"""Requests to the carrier's two APIs: one for texts, one for numbers."""

import base64
import time
import uuid
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import httpx
import jwt
import msgspec

from pawline.carriers import exchange
from pawline.carriers.answers import Answer, read_answer
from pawline.carriers.interface import RecordExchange
from pawline.carriers.vonage.account import Account

TOKEN_SECONDS = 900


class Problem(msgspec.Struct):
    """An error of the API for texts. The end of ``type`` after # is its number or name; a status says it in ``title`` too."""

    type: str | None = None
    title: str | int | None = None
    detail: str | None = None

    @property
    def code(self) -> str:
        title = str(self.title or "")
        return title if title.isdigit() else (self.type or "").partition("#")[2]


class Api:
    def __init__(
        self, account: Account, client: httpx.AsyncClient, record: RecordExchange, *, now: Callable[[], float] = time.time
    ) -> None:
        self.account = account
        self.client = client
        self.record = record
        self._now = now

    def build_text_request(self, body: Mapping[str, object]) -> httpx.Request:
        return self.client.build_request(
            "POST", f"{self.account.base_url}/v1/messages", json=body, headers=self.application_credentials()
        )

    def build_number_request(self, method: str, path: str, fields: Mapping[str, str]) -> httpx.Request:
        url = f"{self.account.rest_url}{path}"
        pair = f"{self.account.api_key}:{self.account.api_secret}".encode()
        headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        if method == "GET":
            return self.client.build_request("GET", f"{url}?{urlencode(fields)}", headers=headers)
        return self.client.build_request(method, url, data=dict(fields), headers=headers)

    def application_credentials(self) -> dict[str, str]:
        issued_at = int(self._now())
        claims = {
            "application_id": self.account.application_id,
            "iat": issued_at,
            "exp": issued_at + TOKEN_SECONDS,
            "jti": str(uuid.uuid4()),
        }
        return {"Authorization": f"Bearer {jwt.encode(claims, self.account.private_key, algorithm='RS256')}"}

    async def call(self, request: httpx.Request, *, reference: str = "") -> httpx.Response:
        return await exchange.call(self.client, self.record, request, reference=reference)

    async def ask(self, request: httpx.Request, answer: type[Answer]) -> Answer:
        """For everything but texts. Raises CarrierFailed."""
        return await read_answer(self.call(request), answer, words_of_refusal=_words_of_refusal)


class Done(msgspec.Struct):
    """The API for numbers says so with code 200, once more."""

    code: str = msgspec.field(name="error-code", default="")
    label: str = msgspec.field(name="error-code-label", default="")


def _words_of_refusal(response: httpx.Response) -> str:
    try:
        return msgspec.json.decode(response.content, type=Done).label
    except msgspec.DecodeError:
        return ""
