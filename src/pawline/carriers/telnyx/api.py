"""Requests to the carrier's API."""

from collections.abc import Mapping

import httpx
import msgspec

from pawline.carriers import exchange
from pawline.carriers.answers import Answer, read_answer
from pawline.carriers.interface import RecordExchange
from pawline.carriers.telnyx.account import Account


class Problem(msgspec.Struct):
    """One of the carrier's errors, as answers and webhooks carry them."""

    code: str | int = ""
    title: str | None = None
    detail: str | None = None


class Problems(msgspec.Struct):
    errors: list[Problem] = msgspec.field(default_factory=list[Problem])


class Api:
    def __init__(self, account: Account, client: httpx.AsyncClient, record: RecordExchange) -> None:
        self.account = account
        self.client = client
        self.record = record

    def build_request(
        self, method: str, path: str, *, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Request:
        """``path`` with its query, after the version."""
        return self.client.build_request(
            method, f"{self.account.base_url}/v2{path}", json=body, headers={**self.credentials(), **(headers or {})}
        )

    def credentials(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.account.api_key}"}

    async def call(self, request: httpx.Request, *, reference: str = "") -> httpx.Response:
        return await exchange.call(self.client, self.record, request, reference=reference)

    async def ask(self, request: httpx.Request, answer: type[Answer]) -> Answer:
        """For everything but texts. Raises CarrierFailed."""
        return await read_answer(self.call(request), answer, words_of_refusal=_words_of_refusal)


def read_problems(response: httpx.Response) -> list[Problem]:
    try:
        return msgspec.json.decode(response.content, type=Problems).errors
    except msgspec.DecodeError:
        return []


def _words_of_refusal(response: httpx.Response) -> str:
    return "; ".join(problem.detail or problem.title or str(problem.code) for problem in read_problems(response))
