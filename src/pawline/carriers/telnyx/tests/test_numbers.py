import json
from dataclasses import replace
from typing import Any

import pytest

from pawline.carriers.interface import (
    AvailableNumber,
    CarrierFailed,
    HookUrls,
    Hosting,
    HostingVerdict,
    NumberKind,
    OrderedNumber,
    Verification,
    VerificationState,
)
from pawline.carriers.telnyx.adapter import Telnyx
from pawline.carriers.telnyx.tests.account_values import CLINIC, CONNECTION, PROFILE
from pawline.carriers.telnyx.tests.forms import FORM
from tests.contracts.answering import AnsweringServer, Reply, json_reply

HOOKS = HookUrls(
    text="https://pawline.example/hooks/telnyx/text",
    voice="https://pawline.example/hooks/telnyx/voice",
    receipt="https://pawline.example/hooks/telnyx/receipt",
)


def found(*numbers: str) -> Reply:
    place = [{"region_type": "country_code", "region_name": "US"}, {"region_type": "rate_center", "region_name": "NEW YORK"}]
    return json_reply({"data": [{"phone_number": number, "region_information": place} for number in numbers]})


async def test_toll_free_numbers_are_sought_code_by_code_until_there_are_enough(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies += [found("+18885550142"), found(*(f"+187755501{digits}" for digits in range(10, 30)))]
    numbers = await telnyx.search_numbers(country="US", kind=NumberKind.TOLL_FREE)

    assert 21 == len(numbers)
    assert AvailableNumber("+18885550142", "NEW YORK") == numbers[0]
    assert ["888", "877"] == [request.url.params["filter[national_destination_code]"] for request in server.requests]


@pytest.mark.parametrize(("area", "name"), [("212", "national_destination_code"), ("New York", "locality")])
async def test_an_area_is_a_code_or_a_town(telnyx: Telnyx, server: AnsweringServer, area: str, name: str) -> None:
    server.replies.append(found("+12125550142"))
    await telnyx.search_numbers(country="US", kind=NumberKind.LOCAL, area=area)

    assert area == server.requests[0].url.params[f"filter[{name}]"]


async def test_in_britain_only_mobile_numbers_will_do(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"data": [{"phone_number": "+442079460142"}, {"phone_number": "+447700900142"}]}))

    assert [AvailableNumber("+447700900142")] == await telnyx.search_numbers(country="GB", kind=NumberKind.LOCAL)


async def test_a_number_of_the_clinics_own_is_not_searched(telnyx: Telnyx, server: AnsweringServer) -> None:
    with pytest.raises(CarrierFailed):
        await telnyx.search_numbers(country="US", kind=NumberKind.HOSTED)
    assert [] == server.requests


async def test_hooks_are_set_before_a_number_is_paid_for(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies += [Reply(), json_reply({"data": {"status": "pending"}})]

    assert OrderedNumber(CLINIC, CLINIC) == await telnyx.order_number(CLINIC, hooks=HOOKS)
    profile, order = server.requests
    assert ("PATCH", f"/v2/messaging_profiles/{PROFILE}") == (profile.method, profile.url.path)
    assert HOOKS.text == json.loads(profile.content)["webhook_url"]
    assert {
        "phone_numbers": [{"phone_number": CLINIC}],
        "messaging_profile_id": PROFILE,
        "connection_id": CONNECTION,
    } == json.loads(order.content)


async def test_nothing_is_ordered_when_hooks_cannot_be_set(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"errors": [{"code": "10005", "title": "Resource not found"}]}, status=404))

    with pytest.raises(CarrierFailed, match="Resource not found"):
        await telnyx.order_number(CLINIC, hooks=HOOKS)
    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    "reply", [json_reply({"data": {"status": "failure"}}), Reply(body=b"no JSON"), Reply(is_lost=True), Reply(status=500)]
)
async def test_an_order_that_fails_says_so(telnyx: Telnyx, server: AnsweringServer, reply: Reply) -> None:
    server.replies += [Reply(), reply]

    with pytest.raises(CarrierFailed, match=r"[Tt]he carrier"):
        await telnyx.order_number(CLINIC, hooks=HOOKS)


@pytest.mark.parametrize(
    ("answer", "hosting"),
    [
        ({"eligible": True, "eligible_status": "ELIGIBLE"}, Hosting(HostingVerdict.ELIGIBLE)),
        (
            {"eligible": False, "eligible_status": "NUMBER_IS_NOT_A_US_NUMBER"},
            Hosting(HostingVerdict.NOT_ELIGIBLE, "It is not a US number."),
        ),
        ({"eligible": False, "eligible_status": "NEW", "detail": "Ask us."}, Hosting(HostingVerdict.NOT_ELIGIBLE, "Ask us.")),
    ],
)
async def test_hosting(telnyx: Telnyx, server: AnsweringServer, answer: dict[str, Any], hosting: Hosting) -> None:
    server.replies.append(json_reply({"phone_numbers": [{"phone_number": "+12125550142", **answer}]}))

    assert hosting == await telnyx.check_hosting("+12125550142")


async def test_hosting_about_which_nothing_is_said(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"phone_numbers": []}))

    with pytest.raises(CarrierFailed):
        await telnyx.check_hosting("+12125550142")


async def test_a_form_for_a_toll_free_number(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"id": "v-1", "verificationRequestId": "v-1", "verificationStatus": "In Progress"}))

    assert Verification("v-1", VerificationState.PENDING) == await telnyx.verify_toll_free(CLINIC, form=FORM)
    sent = json.loads(server.requests[0].content)
    assert [{"phoneNumber": CLINIC}] == sent["phoneNumbers"]
    assert ("New York", "PRIVATE_PROFIT", "1,000") == (sent["businessState"], sent["entityType"], sent["messageVolume"])


async def test_a_region_that_is_none_is_refused_before_it_is_sent(telnyx: Telnyx, server: AnsweringServer) -> None:
    with pytest.raises(CarrierFailed, match="full name"):
        await telnyx.verify_toll_free(CLINIC, form=replace(FORM, region="XX"))
    assert [] == server.requests


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Verified", VerificationState.APPROVED),
        ("Rejected", VerificationState.REJECTED),
        ("Waiting For Vendor", VerificationState.PENDING),
        ("something new", VerificationState.PENDING),
    ],
)
async def test_what_became_of_a_form(telnyx: Telnyx, server: AnsweringServer, status: str, state: VerificationState) -> None:
    server.replies.append(json_reply({"id": "v-1", "verificationStatus": status, "reason": "No website"}))

    assert Verification("v-1", state, "No website") == await telnyx.read_verification("v-1")
    assert "/v2/messaging_tollfree/verification/requests/v-1" == server.requests[0].url.path
