import json
from datetime import UTC, datetime

import httpx
import pytest

from pawline.carriers.interface import Accepted, CarrierSettings, Exchange, FailureReason, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.telnyx.adapter import Telnyx, build_telnyx
from pawline.carriers.telnyx.api import Api
from pawline.carriers.telnyx.codes import FAILURES
from pawline.carriers.telnyx.tests.account_values import API_KEY, CLINIC, OLIVE, PROFILE, account_values
from tests.contracts.answering import AnsweringServer, Reply, json_reply

RECEIPT_URL = "https://pawline.example/hooks/telnyx/receipt/d1/1/0f1e2d"
TEXT = TextToSend(from_number=CLINIC, to_number=OLIVE, body="Pixel is ready", reference="d1-1", receipt_url=RECEIPT_URL)


def refusal(code: str, *, status: int = 400) -> Reply:
    return json_reply({"errors": [{"code": code, "title": "No", "detail": f"{OLIVE} is no good"}]}, status=status)


async def failure_of(telnyx: Telnyx) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await telnyx.send(TEXT)
    return caught.value


async def test_a_text_goes_out_under_its_reference_and_with_its_own_receipt_address(
    telnyx: Telnyx, server: AnsweringServer
) -> None:
    server.replies.append(json_reply({"data": {"id": "40385f64", "to": [{"status": "queued"}]}}))

    assert Accepted("40385f64") == await telnyx.send(TEXT)
    [request] = server.requests
    assert ("POST", "/v2/messages") == (request.method, request.url.path)
    assert f"Bearer {API_KEY}" == request.headers["authorization"]
    assert "d1-1" == request.headers["idempotency-key"]
    assert {
        "from": CLINIC,
        "to": OLIVE,
        "text": "Pixel is ready",
        "messaging_profile_id": PROFILE,
        "webhook_url": RECEIPT_URL,
        "use_profile_webhooks": False,
    } == json.loads(request.content)


async def test_a_second_try_carries_the_same_key(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies += [Reply(is_lost=True), json_reply({"data": {"id": "40385f64"}})]
    with pytest.raises(OutcomeUnknown):
        await telnyx.send(TEXT)
    await telnyx.send(TEXT)

    assert telnyx.sends_are_keyed
    assert ["d1-1", "d1-1"] == [request.headers["idempotency-key"] for request in server.requests]


@pytest.mark.parametrize(("code", "reason"), [item for item in FAILURES.items() if item[0] != "40008"])
async def test_a_refusal_means_the_same_by_its_code(
    telnyx: Telnyx, server: AnsweringServer, code: str, reason: FailureReason
) -> None:
    server.replies.append(refusal(code))
    failed = await failure_of(telnyx)

    assert (reason, code) == (failed.reason, failed.carrier_code)


@pytest.mark.parametrize("code", ["40300", "40008"])
@pytest.mark.parametrize("status", [400, 409])
async def test_both_numbers_for_a_stop_are_an_opt_out(telnyx: Telnyx, server: AnsweringServer, code: str, status: int) -> None:
    server.replies.append(refusal(code, status=status))

    assert FailureReason.OPTED_OUT is (await failure_of(telnyx)).reason


async def test_too_many_requests_say_how_long_to_wait(telnyx: Telnyx, server: AnsweringServer) -> None:
    server.replies.append(json_reply({"errors": [{"code": "10011"}]}, status=429, Retry_After="7"))
    failed = await failure_of(telnyx)

    assert (FailureReason.TOO_MANY, 7.0) == (failed.reason, failed.retry_after_seconds)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, FailureReason.ACCOUNT_REFUSED), (403, FailureReason.ACCOUNT_REFUSED), (422, FailureReason.UNKNOWN)],
)
async def test_a_refusal_without_a_code_goes_by_its_status(
    telnyx: Telnyx, server: AnsweringServer, status: int, reason: FailureReason
) -> None:
    server.replies.append(Reply(status=status, body=b"<html>no</html>"))
    failed = await failure_of(telnyx)

    assert (reason, str(status)) == (failed.reason, failed.carrier_code)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(is_lost=True),
        Reply(status=500),
        Reply(status=503, body=b"later"),
        Reply(status=408),
        Reply(status=409),  # the first request with this key is still at work
        Reply(status=302, headers={"Location": "https://elsewhere.example"}),
        Reply(body=b"not JSON"),
        Reply(body=b'{"data": {}}'),
    ],
)
async def test_without_a_usable_answer_the_outcome_is_unknown(telnyx: Telnyx, server: AnsweringServer, reply: Reply) -> None:
    server.replies.append(reply)

    with pytest.raises(OutcomeUnknown):
        await telnyx.send(TEXT)
    assert 1 == len(server.requests)


async def test_an_answer_that_comes_too_late_leaves_it_unknown(
    telnyx: Telnyx, api: Api, server: AnsweringServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.client, "timeout", httpx.Timeout(0.1))
    server.replies.append(Reply(wait_seconds=0.4))

    with pytest.raises(OutcomeUnknown):
        await telnyx.send(TEXT)


async def test_where_nobody_listens_nothing_went_out() -> None:
    telnyx = build_telnyx(CarrierSettings(account_values("http://127.0.0.1:1")))
    failed = await failure_of(telnyx)
    await telnyx.close()

    assert FailureReason.CARRIER_TROUBLE is failed.reason


async def test_the_exchange_is_kept_without_key_number_or_words(
    telnyx: Telnyx, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    server.replies.append(refusal("40310"))
    await failure_of(telnyx)

    [kept] = exchanges
    assert ("POST", 400, "d1-1") == (kept.method, kept.status, kept.reference)
    assert not any(secret in repr(kept) for secret in (API_KEY, CLINIC, OLIVE, "Pixel", "0f1e2d"))


async def test_the_carrier_has_no_list_to_look_into(telnyx: Telnyx, server: AnsweringServer) -> None:
    assert [] == await telnyx.find_sent(from_number=CLINIC, to_number=OLIVE, since=datetime.now(UTC))
    assert [] == server.requests
