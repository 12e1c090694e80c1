import base64
from dataclasses import fields
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from pawline.carriers.interface import AvailableNumber, CarrierFailed, HookUrls, NumberKind, OrderedNumber, TollFreeForm
from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.tests.account_values import API_KEY, API_SECRET, APPLICATION, CLINIC
from tests.contracts.answering import AnsweringServer, Reply, json_reply

HOOKS = HookUrls("https://pawline.example/text", "https://pawline.example/voice", "https://pawline.example/receipt")
DONE = json_reply({"error-code": "200", "error-code-label": "success"})
PLACE = {"country": "GB", "msisdn": "447700900142"}
EMPTY_FORM: Any = dict.fromkeys((field.name for field in fields(TollFreeForm)), "")


def sent(request: httpx.Request) -> tuple[str, dict[str, str]]:
    query = request.url.query if request.method == "GET" else request.content
    return f"{request.method} {request.url.path}", dict(parse_qsl(query.decode()))


async def test_british_numbers_are_searched_by_their_beginning(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"count": 1, "numbers": [{"country": "GB", "msisdn": "447700900142", "cost": "1.25"}]}))

    assert [AvailableNumber(CLINIC)] == await vonage.search_numbers(country="GB", kind=NumberKind.LOCAL, area="07700")
    assert (
        "GET /number/search",
        {
            "country": "GB",
            "type": "mobile-lvn",
            "features": "SMS,VOICE",
            "size": "20",
            "pattern": "447700",
            "search_pattern": "0",
        },
    ) == sent(server.requests[0])
    assert f"Basic {base64.b64encode(f'{API_KEY}:{API_SECRET}'.encode()).decode()}" == server.requests[0].headers["authorization"]


async def test_no_numbers_are_an_empty_answer(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies.append(Reply())

    assert [] == await vonage.search_numbers(country="GB", kind=NumberKind.LOCAL)


async def test_a_number_is_bought_and_given_to_the_application(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies += [Reply(), DONE, DONE]

    assert OrderedNumber(CLINIC, "447700900142") == await vonage.order_number(CLINIC, hooks=HOOKS)
    assert [
        ("GET /account/numbers", {"country": "GB", "pattern": "447700900142", "search_pattern": "0"}),
        ("POST /number/buy", PLACE),
        ("POST /number/update", {**PLACE, "app_id": APPLICATION}),
    ] == [sent(request) for request in server.requests]


async def test_a_number_that_is_ours_is_not_bought_again(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies += [json_reply({"count": 1, "numbers": [{"msisdn": "447700900142"}]}), DONE]
    await vonage.order_number(CLINIC, hooks=HOOKS)

    assert ["/account/numbers", "/number/update"] == [request.url.path for request in server.requests]


@pytest.mark.parametrize(
    ("number", "country"), [("+12125550142", "US"), ("+14165550142", "CA"), ("+18885550142", "US"), ("+447911123456", "GB")]
)
async def test_a_number_tells_its_country(vonage: Vonage, server: AnsweringServer, number: str, country: str) -> None:
    server.replies += [Reply(), DONE, DONE]
    await vonage.order_number(number, hooks=HOOKS)

    assert country == sent(server.requests[1])[1]["country"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (json_reply({"error-code": "420", "error-code-label": "number is taken"}, status=420), "number is taken"),
        (json_reply({"error-code": "401", "error-code-label": "authentication failed"}), "authentication failed"),
        (Reply(status=502, body=b"<html>"), "status 502"),
        (Reply(body=b"<html>"), "makes no sense"),
        (Reply(is_lost=True), "did not answer"),
    ],
)
async def test_an_order_that_fails_says_so(vonage: Vonage, server: AnsweringServer, reply: Reply, words: str) -> None:
    server.replies += [Reply(), reply]

    with pytest.raises(CarrierFailed, match=words):
        await vonage.order_number(CLINIC, hooks=HOOKS)
    assert 2 == len(server.requests)


async def test_what_is_no_number_is_not_ordered(vonage: Vonage, server: AnsweringServer) -> None:
    with pytest.raises(CarrierFailed, match="not a phone number"):
        await vonage.order_number("07700 900142", hooks=HOOKS)
    assert [] == server.requests


async def test_what_the_carrier_does_not_offer_is_said_in_plain_words(vonage: Vonage, server: AnsweringServer) -> None:
    acts = [
        vonage.search_numbers(country="US", kind=NumberKind.TOLL_FREE),
        vonage.search_numbers(country="US", kind=NumberKind.HOSTED),
        vonage.check_hosting("+12125550142"),
        vonage.verify_toll_free("1", form=TollFreeForm(**EMPTY_FORM)),
        vonage.read_verification("1"),
    ]
    for act in acts:
        with pytest.raises(CarrierFailed, match=r"^This carrier cannot"):
            await act
    assert [] == server.requests
