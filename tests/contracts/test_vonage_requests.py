"""Every request to this carrier, against its shape in the vendor's documentation: an unknown field counts as an error.

The vendor publishes no description that may be kept beside the repository; these are its own names, required ones first.
"""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

import httpx
import pytest

from pawline.carriers.interface import CarrierSettings, HookUrls, NumberKind, TextToSend
from pawline.carriers.vonage.adapter import Vonage, build_vonage
from pawline.carriers.vonage.tests.account_values import CLINIC, OLIVE, account_values
from tests.contracts.answering import AnsweringServer, Reply, answering_server, json_reply


@dataclass(frozen=True, slots=True)
class Shape:
    required: dict[str, str]
    optional: dict[str, str]
    media_type: str = ""


# A word stands for what a value must be; several alternatives have a bar between.
NUMBER, COUNTRY, TEXT, URL = "a number without plus", "two letters", "a text", "an address"
SEARCH = {"pattern": NUMBER, "search_pattern": "0|1|2", "size": "20|100", "index": NUMBER}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SHAPES = {
    "POST /v1/messages": Shape(
        {"message_type": "text", "channel": "sms", "to": NUMBER, "from": NUMBER, "text": TEXT},
        {"client_ref": TEXT, "webhook_url": URL, "webhook_version": "v1", "ttl": NUMBER},
        JSON,
    ),
    "GET /number/search": Shape(
        {"country": COUNTRY},
        {"type": "landline|landline-toll-free|mobile-lvn", "features": "SMS|VOICE|SMS,VOICE|MMS|SMS,MMS|SMS,MMS,VOICE", **SEARCH},
    ),
    "GET /account/numbers": Shape({}, {"country": COUNTRY, "application_id": TEXT, **SEARCH}),
    "POST /number/buy": Shape({"country": COUNTRY, "msisdn": NUMBER}, {"target_api_key": TEXT}, FORM),
    "POST /number/update": Shape(
        {"country": COUNTRY, "msisdn": NUMBER},
        {"app_id": TEXT, "moHttpUrl": URL, "voiceCallbackType": "app|sip|tel|vxml", "voiceCallbackValue": TEXT},
        FORM,
    ),
}
OUR_TEXT = TextToSend(
    from_number=CLINIC,
    to_number=OLIVE,
    body="Pixel is ready 🐕",
    reference="d1-1",
    receipt_url="https://pawline.example/hooks/vonage/receipt/d1/1/0f1e2d",
)
HOOKS = HookUrls("https://pawline.example/text", "https://pawline.example/voice", "https://pawline.example/receipt")
DONE = json_reply({"error-code": "200"})
ACTS: dict[str, tuple[Callable[[Vonage], Awaitable[object]], list[Reply]]] = {
    "send": (lambda vonage: vonage.send(OUR_TEXT), [json_reply({"message_uuid": "1"}, status=202)]),
    "search": (lambda vonage: vonage.search_numbers(country="GB", kind=NumberKind.LOCAL), [Reply()]),
    "search by area": (lambda vonage: vonage.search_numbers(country="US", kind=NumberKind.LOCAL, area="212"), [Reply()]),
    "order": (lambda vonage: vonage.order_number(CLINIC, hooks=HOOKS), [Reply(), DONE, DONE]),
}


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.fixture
async def vonage(server: AnsweringServer) -> AsyncGenerator[Vonage]:
    vonage = build_vonage(CarrierSettings(account_values(server.url)))
    yield vonage
    await vonage.close()


@pytest.mark.parametrize("name", ACTS)
async def test_a_request_is_as_the_vendor_describes_it(vonage: Vonage, server: AnsweringServer, name: str) -> None:
    act, replies = ACTS[name]
    server.replies += replies
    await act(vonage)

    assert len(replies) == len(server.requests)
    assert [[] for _ in server.requests] == [problems_of(request) for request in server.requests]


def test_the_check_finds_what_is_wrong() -> None:
    body = {"message_type": "text", "channel": "sms", "to": OLIVE, "from": "447700900142", "body": "Pixel is ready"}
    request = httpx.Request("POST", "https://api.nexmo.com/v1/messages", json=body)

    assert ["body: is not known", "text: is missing", f"to: {OLIVE} is not a number without plus"] == problems_of(request)
    assert ["no route GET /v1/texts"] == problems_of(httpx.Request("GET", "https://api.nexmo.com/v1/texts"))


def problems_of(request: httpx.Request) -> list[str]:
    shape = SHAPES.get(f"{request.method} {request.url.path}")
    if shape is None:
        return [f"no route {request.method} {request.url.path}"]
    if request.headers.get("content-type", "") != shape.media_type:
        return [f"content type is not {shape.media_type or '(none)'}"]
    given, known = _fields(request), {**shape.required, **shape.optional}
    return [
        *(f"{name}: is not known" for name in sorted(given.keys() - known.keys())),
        *(f"{name}: is missing" for name in sorted(shape.required.keys() - given.keys())),
        *(f"{name}: {value} is not {known[name]}" for name, value in given.items() if not _fits(value, known.get(name, TEXT))),
    ]


def _fields(request: httpx.Request) -> dict[str, str]:
    if request.headers.get("content-type") == JSON:
        return json.loads(request.content)
    return dict(parse_qsl((request.content if request.method == "POST" else request.url.query).decode()))


def _fits(value: str, kind: str) -> bool:
    fits = {
        NUMBER: value.isdigit(),
        COUNTRY: len(value) == 2 and value.isupper(),
        TEXT: value != "",
        URL: value.startswith("https://"),
    }
    return fits[kind] if kind in fits else value in kind.split("|")
