"""Twilio: what ``carriers.interface`` asks, told from the files beside this one."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from pawline.carriers.interface import (
    Accepted,
    AvailableNumber,
    Carrier,
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
from pawline.carriers.twilio import media, numbers, opt_out, sending, signature, toll_free, twiml, webhooks
from pawline.carriers.twilio.account import read_account
from pawline.carriers.twilio.api import Api, build_api


def build_twilio(settings: CarrierSettings) -> Carrier:
    return Twilio(build_api(read_account(settings.values), settings.record))


class Twilio:
    name = "twilio"
    sends_are_keyed = False

    def __init__(self, api: Api) -> None:
        self._api = api

    async def send(self, text: TextToSend) -> Accepted:
        return await sending.send(self._api, text)

    async def find_sent(self, *, from_number: str, to_number: str, since: datetime) -> Sequence[SentText]:
        return await sending.find_sent(self._api, from_number=from_number, to_number=to_number, since=since)

    def is_genuine(self, request: WebhookRequest) -> bool:
        return signature.is_genuine(self._api.account, request)

    def read_webhook(self, request: WebhookRequest) -> Sequence[CarrierEvent]:
        return webhooks.read_webhook(request)

    def acknowledge(self) -> WebhookAnswer:
        return twiml.say_nothing()

    def forward_call(self, *, to_number: str, done_url: str) -> WebhookAnswer:
        return twiml.forward_call(to_number=to_number, done_url=done_url)

    def end_call(self, words: str) -> WebhookAnswer:
        return twiml.end_call(words)

    def fetch_media(self, link: MediaLink) -> AsyncIterator[bytes]:
        return media.fetch_media(self._api, link)

    async def search_numbers(self, *, country: str, kind: NumberKind, area: str = "") -> Sequence[AvailableNumber]:
        return await numbers.search_numbers(self._api, country=country, kind=kind, area=area)

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber:
        return await numbers.order_number(self._api, number, hooks=hooks)

    async def check_hosting(self, number: str) -> Hosting:
        return await numbers.check_hosting(self._api, number)

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification:
        return await toll_free.verify_toll_free(self._api, number_id, form=form)

    async def read_verification(self, carrier_verification_id: str) -> Verification:
        return await toll_free.read_verification(self._api, carrier_verification_id)

    def opt_out_rules(self, kind: NumberKind) -> OptOutRules:
        return opt_out.opt_out_rules(kind)

    async def close(self) -> None:
        await self._api.client.aclose()
