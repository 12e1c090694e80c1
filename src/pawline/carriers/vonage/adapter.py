"""The carrier as Pawline knows it."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from pawline.carriers.client import build_client
from pawline.carriers.interface import (
    Accepted,
    AvailableNumber,
    CarrierEvent,
    CarrierFailed,
    CarrierSettings,
    HookUrls,
    Hosting,
    MediaLink,
    NumberKind,
    OptOutRules,
    OrderedNumber,
    SentText,
    TextToSend,
    TollFreeForm,
    Verification,
    WebhookAnswer,
    WebhookRequest,
)
from pawline.carriers.vonage import media, numbers, sending, signature, voice, webhooks
from pawline.carriers.vonage.account import read_account
from pawline.carriers.vonage.api import Api


def build_vonage(settings: CarrierSettings, *, now: Callable[[], float] = time.time) -> "Vonage":
    """``now``: seconds since 1970, for the age of signatures and of our own tokens."""
    return Vonage(Api(read_account(settings.values), build_client(), settings.record, now=now), now)


class Vonage:
    name = "vonage"
    sends_are_keyed = False

    def __init__(self, api: Api, now: Callable[[], float]) -> None:
        self._api = api
        self._now = now

    async def send(self, text: TextToSend) -> Accepted:
        return await sending.send(self._api, text)

    async def find_sent(self, *, from_number: str, to_number: str, since: datetime) -> Sequence[SentText]:  # noqa: ARG002
        """Always empty: the carrier lists texts in its paid Reports API alone. Only a receipt proves that one went out."""
        return []

    def is_genuine(self, request: WebhookRequest) -> bool:
        return signature.is_genuine(request, self._api.account, self._now)

    def read_webhook(self, request: WebhookRequest) -> Sequence[CarrierEvent]:
        return webhooks.read_webhook(request)

    def acknowledge(self) -> WebhookAnswer:
        return WebhookAnswer(200)

    def forward_call(self, *, to_number: str, done_url: str) -> WebhookAnswer:
        return voice.build_forward(to_number, done_url)

    def end_call(self, words: str) -> WebhookAnswer:
        return voice.build_end(words)

    def fetch_media(self, link: MediaLink) -> AsyncIterator[bytes]:
        return media.fetch_media(self._api, link)

    async def search_numbers(self, *, country: str, kind: NumberKind, area: str = "") -> Sequence[AvailableNumber]:
        return await numbers.search(self._api, country=country, kind=kind, area=area)

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber:  # noqa: ARG002
        """``hooks`` are the application's, and entered there once by hand."""
        return await numbers.order(self._api, number)

    async def check_hosting(self, number: str) -> Hosting:  # noqa: ARG002
        raise CarrierFailed(numbers.NOT_OFFERED[NumberKind.HOSTED])

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification:  # noqa: ARG002
        raise CarrierFailed(numbers.NOT_OFFERED[NumberKind.TOLL_FREE])

    async def read_verification(self, carrier_verification_id: str) -> Verification:  # noqa: ARG002
        raise CarrierFailed(numbers.NOT_OFFERED[NumberKind.TOLL_FREE])

    def opt_out_rules(self, kind: NumberKind) -> OptOutRules:  # noqa: ARG002
        """Empty: the carrier passes every word on and blocks nobody; all of it is ours to enforce."""
        return OptOutRules()

    async def close(self) -> None:
        await self._api.client.aclose()
