"""The carrier as Pawline knows it."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from pawline.carriers.client import build_client
from pawline.carriers.interface import (
    Accepted,
    AvailableNumber,
    CarrierEvent,
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
from pawline.carriers.telnyx import media, numbers, sending, signature, verification, voice, webhooks
from pawline.carriers.telnyx.account import read_account
from pawline.carriers.telnyx.api import Api

# Blocked for the whole messaging profile, whatever the kind of number; lifted by the same phone alone.
OPT_OUT_RULES = OptOutRules(
    stop=("STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"),
    start=("START", "UNSTOP"),
)


def build_telnyx(settings: CarrierSettings, *, now: Callable[[], float] = time.time) -> "Telnyx":
    """``now``: seconds since 1970, for the age of signatures."""
    return Telnyx(Api(read_account(settings.values), build_client(), settings.record), now)


class Telnyx:
    name = "telnyx"
    sends_are_keyed = True

    def __init__(self, api: Api, now: Callable[[], float]) -> None:
        self._api = api
        self._now = now

    async def send(self, text: TextToSend) -> Accepted:
        return await sending.send(self._api, text)

    async def find_sent(self, *, from_number: str, to_number: str, since: datetime) -> Sequence[SentText]:  # noqa: ARG002
        """Always empty: the carrier has no list of texts. An unknown outcome is sent again under its reference."""
        return []

    def is_genuine(self, request: WebhookRequest) -> bool:
        return signature.is_genuine(request, self._api.account.public_keys, self._now)

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

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber:
        return await numbers.order(self._api, number, hooks)

    async def check_hosting(self, number: str) -> Hosting:
        return await numbers.check_hosting(self._api, number)

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification:
        return await verification.verify(self._api, number_id, form)

    async def read_verification(self, carrier_verification_id: str) -> Verification:
        return await verification.read_verification(self._api, carrier_verification_id)

    def opt_out_rules(self, kind: NumberKind) -> OptOutRules:  # noqa: ARG002
        return OPT_OUT_RULES

    async def close(self) -> None:
        await self._api.client.aclose()
