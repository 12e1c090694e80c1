"""Every request we can make to Twilio against its own descriptions (core and messaging, April 2026).

The check of a number's eligibility for hosting is not in those files; its shape is from their page on the Eligibility resource,
and ``carriers/twilio/tests/test_numbers.py`` holds us to it.
"""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from pawline.carriers.interface import CarrierFailed, HookUrls, Hosting, HostingVerdict, MediaLink, NumberKind, TextToSend
from pawline.carriers.twilio.account import read_account
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.api import build_api
from pawline.carriers.twilio.tests.account_values import ACCOUNT, CLINIC, OLIVE, account_values
from pawline.carriers.twilio.tests.forms import FORM
from tests.contracts.answering import AnsweringServer, Reply, answering_server, json_reply
from tests.contracts.openapi import read_description

CORE = "twilio_api_v2010.json"
MESSAGING = "twilio_messaging_v1.json"

TEXT = TextToSend(
    from_number=CLINIC,
    to_number=OLIVE,
    body="Pixel is ready",
    reference="d1-1",
    receipt_url="https://pawline.example/hooks/twilio/receipt/d1/1/0f1e",
)
HOOKS = HookUrls(
    text="https://pawline.example/hooks/twilio/text",
    voice="https://pawline.example/hooks/twilio/voice",
    receipt="https://pawline.example/hooks/twilio/receipt",
)
NUMBER_ID = f"PN{'ab' * 16}"
FORM_ID = f"HH{'cd' * 16}"
FILE = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'3d' * 16}/Media/ME{'5f' * 16}"
NO_MESSAGES: dict[str, object] = {"messages": []}
PAGE = {**NO_MESSAGES, "next_page_uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=%2B12125550187&Page=1&PageToken=PA1"}


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.fixture
async def twilio(server: AnsweringServer) -> AsyncGenerator[Twilio]:
    async def forget(_: object) -> None: ...

    papers = {"gb_bundle_sid": f"BU{'ef' * 16}", "gb_address_sid": f"AD{'ef' * 16}"}
    twilio = Twilio(build_api(read_account(account_values(server.url) | papers), forget))
    yield twilio
    await twilio.close()


def problems(name: str, requests: list[httpx.Request]) -> list[str]:
    assert requests
    return [problem for request in requests for problem in read_description(name).problems_of(request)]


async def test_sending(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": "SM1", "status": "queued"}, status=201))
    await twilio.send(TEXT)

    assert [] == problems(CORE, server.requests)


async def test_looking_for_texts_page_by_page(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.extend([json_reply(PAGE), json_reply(PAGE), json_reply(NO_MESSAGES)])
    await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=datetime(2026, 11, 22, tzinfo=UTC))

    assert 3 == len(server.requests)
    assert [] == problems(CORE, server.requests)


@pytest.mark.parametrize(
    ("country", "kind", "area"),
    [
        ("US", NumberKind.TOLL_FREE, ""),
        ("US", NumberKind.TOLL_FREE, "888"),
        ("CA", NumberKind.TOLL_FREE, "833"),
        ("GB", NumberKind.LOCAL, "7700"),
    ],
)
async def test_searching(twilio: Twilio, server: AnsweringServer, *, country: str, kind: NumberKind, area: str) -> None:
    server.replies.append(json_reply({"available_phone_numbers": []}))
    await twilio.search_numbers(country=country, kind=kind, area=area)

    assert [] == problems(CORE, server.requests)


@pytest.mark.parametrize("number", [CLINIC, "+447700900123"])
async def test_ordering(twilio: Twilio, server: AnsweringServer, number: str) -> None:
    server.replies.append(json_reply({"sid": NUMBER_ID, "phone_number": number}, status=201))
    await twilio.order_number(number, hooks=HOOKS)

    assert [] == problems(CORE, server.requests)


@pytest.mark.parametrize("business_type", ["private_profit", "public_profit", "sole_proprietor", "non_profit", "government"])
@pytest.mark.parametrize("opt_in_kind", ["verbal", "web_form", "paper_form", "via_text", "mobile_qr_code"])
async def test_toll_free_forms(twilio: Twilio, server: AnsweringServer, business_type: str, opt_in_kind: str) -> None:
    server.replies.append(json_reply({"sid": FORM_ID, "status": "PENDING_REVIEW"}, status=201))
    changes = {"business_type": business_type, "opt_in_kind": opt_in_kind, "opt_in_image_urls": FORM.opt_in_image_urls[:1]}
    await twilio.verify_toll_free(NUMBER_ID, form=replace(FORM, **changes))

    assert [] == problems(MESSAGING, server.requests)


async def test_reading_a_toll_free_form(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": FORM_ID, "status": "IN_REVIEW"}))
    await twilio.read_verification(FORM_ID)

    assert [] == problems(MESSAGING, server.requests)


async def test_fetching_a_file(twilio: Twilio, server: AnsweringServer) -> None:
    """The address is the carrier's, ours is only to ask there; described is the file's entry, which ends in .json."""
    server.replies.append(Reply(body=b"jpeg"))
    assert [b"jpeg"] == [part async for part in twilio.fetch_media(MediaLink(server.url + FILE, "image/jpeg"))]

    [request] = server.requests
    entry = httpx.Request(request.method, f"{request.url}.json")
    assert [] == problems(CORE, [entry])


async def test_the_check_finds_what_is_wrong(twilio: Twilio, server: AnsweringServer) -> None:
    """Wrong values of ours do get through to it."""
    answer = json_reply({"sid": "X", "status": "queued", "phone_number": CLINIC}, status=201)
    server.replies.extend([answer] * 4)
    await twilio.send(replace(TEXT, receipt_url="/receipt"))
    await twilio.order_number("0142", hooks=HOOKS)
    await twilio.verify_toll_free("PN1", form=FORM)
    await twilio.read_verification("HH1")

    assert ["StatusCallback", "PhoneNumber"] == [found.partition(":")[0] for found in problems(CORE, server.requests[:2])]
    places = {found.partition(":")[0] for found in problems(MESSAGING, server.requests[2:])}
    assert {"TollfreePhoneNumberSid", "path Sid"} == places


async def test_hosting_is_in_neither_description(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.extend([json_reply({"results": [{"eligibility_status": "ELIGIBLE"}]}), json_reply({"results": []})])
    assert Hosting(HostingVerdict.ELIGIBLE) == await twilio.check_hosting(CLINIC)
    with pytest.raises(CarrierFailed, match="says nothing"):
        await twilio.check_hosting(CLINIC)

    no_route = "no route POST /v1/HostedNumber/Eligibility"
    assert [no_route] * 2 == problems(CORE, server.requests)
    assert [no_route] * 2 == problems(MESSAGING, server.requests)
