import asyncio
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx
import pytest

from pawline.carriers.interface import Accepted, CarrierFailed, Exchange, FailureReason, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.api import Api
from pawline.carriers.twilio.codes import FAILURES
from pawline.carriers.twilio.tests.account_values import ACCOUNT, CLINIC, KEY, KEY_SECRET, OLIVE
from tests.contracts.answering import AnsweringServer, Reply, json_reply

RECEIPT_URL = "https://pawline.example/hooks/twilio/receipt/d1/1/0f1e2d"
TEXT = TextToSend(from_number=CLINIC, to_number=OLIVE, body="Pixel is ready", reference="d1-1", receipt_url=RECEIPT_URL)
TAKEN = {"sid": "SM1", "status": "queued", "body": "Pixel is ready", "error_code": None}


def refusal(code: int, *, status: int = 400) -> Reply:
    return json_reply({"code": code, "message": f"The number {OLIVE} is no good", "status": status}, status=status)


async def failure_of(twilio: Twilio) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await twilio.send(TEXT)
    return caught.value


async def test_a_text_is_one_form_with_its_own_receipt_address(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply(TAKEN, status=201))

    assert Accepted("SM1") == await twilio.send(TEXT)
    [request] = server.requests
    assert f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json" == request.url.path
    assert f"Basic {b64encode(f'{KEY}:{KEY_SECRET}'.encode()).decode()}" == request.headers["authorization"]
    assert {
        "To": [OLIVE],
        "From": [CLINIC],
        "Body": ["Pixel is ready"],
        "StatusCallback": [f"{RECEIPT_URL}#rc=5&rp=all"],
        "ValidityPeriod": ["14400"],
        "SmartEncoded": ["false"],
    } == parse_qs(request.content.decode())


@pytest.mark.parametrize(("code", "reason"), [(code, reason) for code, reason in FAILURES.items()])
async def test_a_refusal_means_the_same_by_its_code(
    twilio: Twilio, server: AnsweringServer, code: int, reason: FailureReason
) -> None:
    server.replies.append(refusal(code))
    failed = await failure_of(twilio)

    assert (reason, str(code)) == (failed.reason, failed.carrier_code)


async def test_a_code_we_do_not_know_is_unknown_and_not_tried_again(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(refusal(29999))
    failed = await failure_of(twilio)

    assert (FailureReason.UNKNOWN, "29999", False) == (failed.reason, failed.carrier_code, failed.reason.is_retryable)


async def test_too_many_requests_say_how_long_to_wait(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"code": 20429, "message": "Too Many Requests"}, status=429, Retry_After="7"))
    failed = await failure_of(twilio)

    assert (FailureReason.TOO_MANY, 7.0) == (failed.reason, failed.retry_after_seconds)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, FailureReason.ACCOUNT_REFUSED), (413, FailureReason.UNKNOWN), (429, FailureReason.TOO_MANY)],
)
async def test_a_refusal_by_something_in_front_of_them_counts_too(
    twilio: Twilio, server: AnsweringServer, status: int, reason: FailureReason
) -> None:
    server.replies.append(Reply(status=status, body=b"<html>no</html>"))
    failed = await failure_of(twilio)

    assert (reason, f"status {status}") == (failed.reason, failed.carrier_code)


async def test_taken_and_failed_at_once_is_a_failure(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(json_reply({**TAKEN, "status": "failed", "error_code": 21610}, status=201))

    assert FailureReason.OPTED_OUT is (await failure_of(twilio)).reason


@pytest.mark.parametrize(
    "reply",
    [
        Reply(is_lost=True),
        Reply(status=500, body=b"oops"),
        Reply(status=408),
        Reply(status=302, headers={"Location": "/elsewhere"}),
        refusal(20500, status=500),
        refusal(20503, status=503),
        refusal(29999, status=500),
        Reply(status=201, body=b"not json"),
        json_reply({"status": "queued"}, status=201),
    ],
)
async def test_an_answer_that_proves_nothing_leaves_the_outcome_open(
    twilio: Twilio, server: AnsweringServer, reply: Reply
) -> None:
    server.replies.append(reply)
    with pytest.raises(OutcomeUnknown):
        await twilio.send(TEXT)

    assert 1 == len(server.requests)


async def test_a_refusal_in_a_server_error_is_still_a_refusal(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.append(refusal(21610, status=503))

    assert FailureReason.OPTED_OUT is (await failure_of(twilio)).reason


async def test_no_answer_in_time_leaves_the_outcome_open(
    twilio: Twilio, api: Api, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    api.client.timeout = httpx.Timeout(0.2)
    server.replies.append(Reply(wait_seconds=1))
    with pytest.raises(OutcomeUnknown):
        await twilio.send(TEXT)

    [exchange] = exchanges
    assert (None, "ReadTimeout", "d1-1") == (exchange.status, exchange.answer, exchange.reference)


async def test_a_carrier_that_is_not_there_has_certainly_not_sent(
    api: Api, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    nobody = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    port = nobody.sockets[0].getsockname()[1]
    nobody.close()
    await nobody.wait_closed()
    nowhere = replace(api, account=replace(api.account, base_url=f"http://127.0.0.1:{port}"))
    failed = await failure_of(Twilio(nowhere))

    assert (FailureReason.CARRIER_TROUBLE, "ConnectError") == (failed.reason, failed.carrier_code)
    assert [None] == [exchange.status for exchange in exchanges]


async def test_the_record_of_an_exchange_holds_no_secret_no_number_and_no_text(
    twilio: Twilio, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    server.replies.extend([json_reply({**TAKEN, "to": OLIVE, "from": CLINIC}, status=201), refusal(21211)])
    await twilio.send(TEXT)
    await failure_of(twilio)

    assert ["d1-1", "d1-1"] == [exchange.reference for exchange in exchanges]
    assert [201, 400] == [exchange.status for exchange in exchanges]
    assert "To=…0187" in exchanges[0].request
    assert "The number …0187 is no good" in exchanges[1].answer
    kept = "".join(f"{exchange}" for exchange in exchanges)
    hidden = [OLIVE, OLIVE[1:], CLINIC, CLINIC[1:], KEY_SECRET, "Pixel", "0f1e2d", "Authorization", "Basic"]
    assert not [secret for secret in hidden if secret in kept]


def listed(sid: str, **fields: object) -> dict[str, object]:
    return {
        "sid": sid,
        "status": "sent",
        "body": "Pixel is ready",
        "direction": "outbound-api",
        "error_code": None,
        "date_created": "Sun, 22 Nov 2026 08:00:00 +0000",
        "date_sent": "Sun, 22 Nov 2026 08:00:02 +0000",
        **fields,
    }


SINCE = datetime(2026, 11, 22, 8, 0, 0, 500_000, tzinfo=UTC)


async def test_texts_of_ours_are_found_page_by_page(twilio: Twilio, server: AnsweringServer) -> None:
    waiting = listed("SM1", status="queued", date_sent=None)
    older = listed("SM0", date_created="Sun, 22 Nov 2026 07:59:59 +0000")
    failed = listed("SM3", status="undelivered", error_code=30003)
    theirs = listed("SM4", direction="inbound", status="received")
    server.replies.extend(
        [
            json_reply({"messages": [waiting, older], "next_page_uri": "/more"}),
            json_reply({"messages": [listed("SM2")], "next_page_uri": "/2010-04-01/next?Page=1"}),
            json_reply({"messages": [failed, theirs], "next_page_uri": None}),
        ]
    )
    found = await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=SINCE)

    assert [
        ("SM1", "accepted", None, ""),
        ("SM2", "sent", None, ""),
        ("SM3", "failed", FailureReason.UNREACHABLE, "30003"),
    ] == [(text.carrier_message_id, text.state, text.reason, text.carrier_code) for text in found]
    assert datetime(2026, 11, 22, 8, 0, 2, tzinfo=UTC) == found[1].sent_at
    asked = [dict(request.url.params) for request in server.requests]
    pair = {"To": OLIVE, "From": CLINIC, "PageSize": "100"}
    assert [pair, {**pair, "DateSent>": "2026-11-22T08:00:00Z"}, {"Page": "1"}] == asked


async def test_a_list_that_goes_on_elsewhere_is_not_followed(twilio: Twilio, server: AnsweringServer) -> None:
    page = json_reply({"messages": [], "next_page_uri": "https://stranger.example/more"})
    server.replies.extend([page, page])
    with pytest.raises(CarrierFailed, match="goes on at another host"):
        await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=SINCE)

    assert 2 == len(server.requests)


async def test_a_list_without_end_is_not_called_complete(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.extend([json_reply({"messages": [], "next_page_uri": "/more"})] * 30)
    with pytest.raises(CarrierFailed, match="too many texts"):
        await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=SINCE)
