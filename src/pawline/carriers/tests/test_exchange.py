"""What is kept of an exchange with a carrier: enough to see what went wrong, and nothing that is a secret or somebody's words."""

import json
from collections.abc import AsyncGenerator
from contextlib import suppress

import httpx
import pytest

from pawline.carriers.exchange import call, redact_form, redact_json, redact_url, retry_after_seconds, shorten_numbers
from pawline.carriers.interface import Exchange
from tests.contracts.answering import AnsweringServer, Reply, answering_server, json_reply


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+18885550142", "…0142"),
        ("18885550142 is no good", "…0142 is no good"),
        ("%2B447700900123", "…0123"),
        ("+44 7700 900123", "…0123"),
        ("(888) 555-0142", "…0142"),
        ("888-555-0142.", "…0142."),
        ("SM18885550142aa", "SM18885550142aa"),
        ("01932f3c-1234-7abc-8def-0123456789ab", "01932f3c-1234-7abc-8def-0123456789ab"),
        ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"),
        ("21610", "21610"),
    ],
)
def test_numbers_keep_their_last_four_digits(text: str, expected: str) -> None:
    assert expected == shorten_numbers(text)


def test_a_form_is_readable_and_keeps_nothing_back_but_secrets() -> None:
    form = "To=%2B12125550187&Body=Pixel+is+ready&api_key=k1&StatusCallback=https%3A%2F%2Fa.example%2Freceipt%2Fd1%2F0f1e&Page="

    assert "To=…0187&Body=(14 characters)&api_key=…&StatusCallback=https://a.example/receipt/d1/…&Page=" == redact_form(form)


def test_json_is_redacted_at_every_depth() -> None:
    body = {
        "data": [
            {"to": [{"phone_number": "+12125550187", "status": "queued"}], "text": "Pixel is ready", "webhook_url": "https://a/b"}
        ],
        "api_secret": "s1",
        "count": 3,
        "next": None,
    }
    expected = {
        "data": [
            {"to": [{"phone_number": "…0187", "status": "queued"}], "text": "(14 characters)", "webhook_url": "https://a/…"}
        ],
        "api_secret": "…",
        "count": 3,
        "next": None,
    }

    assert expected == json.loads(redact_json(json.dumps(body)))


def test_an_address_loses_credentials_numbers_and_secrets() -> None:
    url = httpx.URL("https://user:secret@a.example:8443/v1/numbers/+12125550187?To=%2B12125550187&token=t1")

    assert "https://a.example:8443/v1/numbers/…0187?To=…0187&token=…" == redact_url(url)


async def exchange_of(request: httpx.Request, **options: float) -> Exchange:
    kept: list[Exchange] = []

    async def keep(exchange: Exchange) -> None:
        kept.append(exchange)

    async with httpx.AsyncClient() as client:
        with suppress(httpx.HTTPError):
            await call(client, keep, request, reference="d1-1", **options)
    [exchange] = kept
    return exchange


async def test_request_and_answer_are_recorded(server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": "SM1", "to": "+12125550187"}, status=201))
    exchange = await exchange_of(httpx.Request("POST", f"{server.url}/texts", data={"Body": "Pixel"}))

    assert ("POST", f"{server.url}/texts", "Body=(5 characters)") == (exchange.method, exchange.url, exchange.request)
    assert (201, '{"sid": "SM1", "to": "…0187"}', "d1-1") == (exchange.status, exchange.answer, exchange.reference)
    assert 0 < exchange.seconds < 5


async def test_an_error_page_is_kept_up_to_a_limit(server: AnsweringServer) -> None:
    server.replies.append(Reply(status=502, body=b"<p>Call 888-555-0142</p>" + b"." * 9000))
    exchange = await exchange_of(httpx.Request("GET", server.url))

    assert exchange.answer.startswith("<p>Call …0142</p>")
    assert 4000 == len(exchange.answer)


@pytest.mark.parametrize(
    ("reply", "answer"), [(Reply(is_lost=True), "RemoteProtocolError"), (Reply(wait_seconds=2), "ReadTimeout")]
)
async def test_no_answer_is_recorded_too(server: AnsweringServer, reply: Reply, answer: str) -> None:
    """The limit holds for the whole answer, however slowly it drips."""
    server.replies.append(reply)
    exchange = await exchange_of(httpx.Request("GET", server.url), timeout_seconds=0.3)

    assert (None, answer) == (exchange.status, exchange.answer)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Sun, 22 Nov 2026 08:00:30 GMT", "Date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 30.0),
        ({"Retry-After": "Sun, 22 Nov 2026 07:00:00 GMT", "Date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 0.0),
        ({"Retry-After": "Sun, 22 Nov 2026 08:00:30 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({}, None),
    ],
)
def test_how_long_a_carrier_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds == retry_after_seconds(httpx.Response(429, headers=headers))
