import json
from dataclasses import replace
from urllib.parse import parse_qs

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
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.api import Api
from pawline.carriers.twilio.tests.account_values import ACCOUNT, CLINIC
from pawline.carriers.twilio.tests.forms import FORM
from tests.contracts.answering import AnsweringServer, Reply, json_reply

HOOKS = HookUrls(
    text="https://pawline.example/hooks/twilio/text",
    voice="https://pawline.example/hooks/twilio/voice",
    receipt="https://pawline.example/hooks/twilio/receipt",
)
BRITISH = "+447700900123"
BOUGHT = f"PN{'ab' * 16}"


@pytest.mark.parametrize(
    ("country", "kind", "area", "shelf", "wanted"),
    [
        ("US", NumberKind.TOLL_FREE, "888", "US/TollFree", {"MmsEnabled": "true", "AreaCode": "888"}),
        ("CA", NumberKind.TOLL_FREE, "", "CA/TollFree", {"MmsEnabled": "true"}),
        ("GB", NumberKind.LOCAL, "7700", "GB/Mobile", {"Contains": "+447700*"}),
    ],
)
async def test_numbers_for_sale_by_country(
    twilio: Twilio, server: AnsweringServer, country: str, kind: NumberKind, area: str, shelf: str, wanted: dict[str, str]
) -> None:
    for_sale = {"phone_number": CLINIC, "friendly_name": "(888) 555-0142", "locality": None}
    server.replies.append(json_reply({"uri": "/x", "available_phone_numbers": [for_sale]}))

    assert [AvailableNumber(CLINIC)] == await twilio.search_numbers(country=country, kind=kind, area=area)
    [request] = server.requests
    assert request.url.path.endswith(f"/AvailablePhoneNumbers/{shelf}.json")
    assert {"SmsEnabled": "true", "VoiceEnabled": "true", "PageSize": "20", **wanted} == dict(request.url.params)


async def test_what_is_not_for_sale_is_said_without_asking(twilio: Twilio, server: AnsweringServer) -> None:
    with pytest.raises(CarrierFailed, match="no toll-free numbers for texts in GB"):
        await twilio.search_numbers(country="GB", kind=NumberKind.TOLL_FREE)
    with pytest.raises(CarrierFailed, match="by its digits"):
        await twilio.search_numbers(country="US", kind=NumberKind.TOLL_FREE, area="Springfield")

    assert [] == server.requests


async def test_a_bought_number_calls_our_hooks(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": BOUGHT, "phone_number": CLINIC}, status=201))

    assert OrderedNumber(CLINIC, BOUGHT) == await twilio.order_number(CLINIC, hooks=HOOKS)
    form = parse_qs(server.requests[0].content.decode())
    assert [CLINIC] == form["PhoneNumber"]
    assert [f"{HOOKS.text}#rc=5&rp=all"] == form["SmsUrl"]
    assert [f"{HOOKS.voice}#rc=5&rp=all"] == form["VoiceUrl"]
    assert "BundleSid" not in form


async def test_a_british_number_is_bought_with_the_papers_filed_for_it(api: Api, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": BOUGHT, "phone_number": BRITISH}, status=201))
    papers = replace(api.account, gb_bundle_sid="BU1", gb_address_sid="AD1")
    await Twilio(replace(api, account=papers)).order_number(BRITISH, hooks=HOOKS)

    form = parse_qs(server.requests[0].content.decode())
    assert (["BU1"], ["AD1"]) == (form["BundleSid"], form["AddressSid"])


async def test_a_refusal_is_told_without_numbers(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"code": 21422, "message": f"{CLINIC} is not available"}, status=400))
    with pytest.raises(CarrierFailed) as caught:
        await twilio.order_number(CLINIC, hooks=HOOKS)

    assert "The carrier answered 400 (code 21422): …0142 is not available" == str(caught.value)


@pytest.mark.parametrize("reply", [Reply(is_lost=True), Reply(status=502), Reply(body=b"[]"), Reply(body=b"<html>")])
async def test_no_usable_answer_is_a_failure(twilio: Twilio, server: AnsweringServer, reply: Reply) -> None:
    server.replies.append(reply)
    with pytest.raises(CarrierFailed, match="The carrier"):
        await twilio.order_number(CLINIC, hooks=HOOKS)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"eligibility_status": "ELIGIBLE", "next_step": "SUBMIT_ORDER"}, Hosting(HostingVerdict.ELIGIBLE)),
        (
            {
                "eligibility_status": "INELIGIBLE",
                "ineligibility_reason": "ALREADY_IN_TWILIO_BUT_NOT_IN_USE",
                "next_step": "CONTACT_SUPPORT",
            },
            Hosting(HostingVerdict.NOT_ELIGIBLE, "Already in twilio but not in use. Contact support"),
        ),
        ({"eligibility_status": "IN_REVIEW"}, Hosting(HostingVerdict.PENDING)),
    ],
)
async def test_may_a_clinics_own_number_carry_texts(
    twilio: Twilio, server: AnsweringServer, result: dict[str, str], expected: Hosting
) -> None:
    """V2P-11: their decision about a number that is at another phone company."""
    server.replies.append(json_reply({"results": [{"phone_number": CLINIC, **result}]}))

    assert expected == await twilio.check_hosting(CLINIC)
    assert {
        "friendly_name": f"Texts for {CLINIC}",
        "phone_numbers": [{"phone_number": CLINIC, "hosting_account_sid": ACCOUNT}],
    } == json.loads(server.requests[0].content)


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ({"status": "PENDING_REVIEW"}, Verification("HH1", VerificationState.PENDING)),
        ({"status": "IN_REVIEW", "rejection_reason": "of last time"}, Verification("HH1", VerificationState.PENDING)),
        ({"status": "TWILIO_APPROVED"}, Verification("HH1", VerificationState.APPROVED)),
        (
            {"status": "TWILIO_REJECTED", "rejection_reason": "No opt-in"},
            Verification("HH1", VerificationState.REJECTED, "No opt-in"),
        ),
        (
            {"status": "TWILIO_REJECTED", "rejection_reasons": [{"code": 30474, "reason": "No opt-in."}, {"reason": "No site."}]},
            Verification("HH1", VerificationState.REJECTED, "No opt-in. No site."),
        ),
    ],
)
async def test_what_became_of_a_toll_free_form(
    twilio: Twilio, server: AnsweringServer, filed: dict[str, object], expected: Verification
) -> None:
    server.replies.extend([json_reply({"sid": "HH1", **filed}, status=201), json_reply({"sid": "HH1", **filed})])

    assert expected == await twilio.verify_toll_free(BOUGHT, form=FORM)
    assert expected == await twilio.read_verification("HH1")
    assert ["POST", "GET"] == [request.method for request in server.requests]


async def test_a_sole_proprietor_has_no_number_in_a_register(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"sid": "HH1", "status": "PENDING_REVIEW"}, status=201))
    await twilio.verify_toll_free(BOUGHT, form=replace(FORM, business_type="sole_proprietor"))

    assert not [name for name in parse_qs(server.requests[0].content.decode()) if name.startswith("BusinessRegistration")]


@pytest.mark.parametrize(
    ("kind", "yes_starts", "quit_stops"),
    [(NumberKind.TOLL_FREE, False, False), (NumberKind.HOSTED, True, True), (NumberKind.LOCAL, True, True)],
)
def test_words_the_carrier_acts_upon(twilio: Twilio, kind: NumberKind, *, yes_starts: bool, quit_stops: bool) -> None:
    """Behind a toll-free number only STOP itself stops, and YES starts nothing."""
    rules = twilio.opt_out_rules(kind)

    assert ("STOP" in rules.stop, "START" in rules.start, "UNSTOP" in rules.start) == (True, True, True)
    assert (quit_stops, yes_starts) == ("QUIT" in rules.stop, "YES" in rules.start)
