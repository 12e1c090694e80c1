import json
from datetime import UTC, datetime

import httpx
import pytest

from pawline.carriers.interface import Accepted, CarrierSettings, Exchange, FailureReason, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.vonage.adapter import Vonage, build_vonage
from pawline.carriers.vonage.api import Api
from pawline.carriers.vonage.codes import FAILURES
from pawline.carriers.vonage.tests.account_values import APPLICATION, CLINIC, NOW, OLIVE, account_values, read_token
from tests.contracts.answering import AnsweringServer, Reply, json_reply

RECEIPT_URL = "https://pawline.example/hooks/vonage/receipt/d1/1/0f1e2d"
TEXT = TextToSend(from_number=CLINIC, to_number=OLIVE, body="Pixel is ready", reference="d1-1", receipt_url=RECEIPT_URL)
TAKEN = json_reply({"message_uuid": "40385f64"}, status=202)


def refusal(code: str, *, status: int = 422) -> Reply:
    return json_reply({"type": f"https://developer.vonage.com/api-errors/messages#{code}", "title": "No"}, status=status)


async def failure_of(vonage: Vonage) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await vonage.send(TEXT)
    return caught.value


async def test_a_text_goes_out_with_its_own_receipt_address(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies.append(TAKEN)

    assert Accepted("40385f64") == await vonage.send(TEXT)
    assert not vonage.sends_are_keyed
    [request] = server.requests
    assert ("POST", "/v1/messages") == (request.method, request.url.path)
    assert {
        "message_type": "text",
        "channel": "sms",
        "from": "447700900142",
        "to": "447700900187",
        "text": "Pixel is ready",
        "client_ref": "d1-1",
        "webhook_url": RECEIPT_URL,
    } == json.loads(request.content)


async def test_every_request_has_a_short_lived_token_of_its_own(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies += [TAKEN, TAKEN]
    await vonage.send(TEXT)
    await vonage.send(TEXT)
    claims = [read_token(request.headers["authorization"]) for request in server.requests]

    assert [(APPLICATION, int(NOW), int(NOW) + 900)] * 2 == [
        (claim["application_id"], claim["iat"], claim["exp"]) for claim in claims
    ]
    assert claims[0]["jti"] != claims[1]["jti"]


@pytest.mark.parametrize(("code", "reason"), FAILURES.items())
async def test_a_refusal_means_the_same_by_its_code(
    vonage: Vonage, server: AnsweringServer, code: str, reason: FailureReason
) -> None:
    server.replies.append(refusal(code))
    failed = await failure_of(vonage)

    assert (reason, code) == (failed.reason, failed.carrier_code)


async def test_too_many_requests_say_how_long_to_wait(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies.append(
        json_reply({"type": "https://developer.vonage.com/en/api-errors#throttled"}, status=429, Retry_After="7")
    )
    failed = await failure_of(vonage)

    assert (FailureReason.TOO_MANY, 7.0) == (failed.reason, failed.retry_after_seconds)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, FailureReason.ACCOUNT_REFUSED), (402, FailureReason.ACCOUNT_REFUSED), (422, FailureReason.UNKNOWN)],
)
async def test_a_refusal_without_a_code_goes_by_its_status(
    vonage: Vonage, server: AnsweringServer, status: int, reason: FailureReason
) -> None:
    server.replies.append(Reply(status=status, body=b"<html>no</html>"))
    failed = await failure_of(vonage)

    assert (reason, str(status)) == (failed.reason, failed.carrier_code)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(is_lost=True),
        Reply(status=500),
        Reply(status=503, body=b"later"),
        Reply(status=408),
        Reply(status=302, headers={"Location": "https://elsewhere.example"}),
        Reply(status=202, body=b"not JSON"),
        Reply(status=202, body=b"{}"),
    ],
)
async def test_without_a_usable_answer_the_outcome_is_unknown(vonage: Vonage, server: AnsweringServer, reply: Reply) -> None:
    server.replies.append(reply)

    with pytest.raises(OutcomeUnknown):
        await vonage.send(TEXT)
    assert 1 == len(server.requests)


async def test_an_answer_that_comes_too_late_leaves_it_unknown(
    vonage: Vonage, api: Api, server: AnsweringServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.client, "timeout", httpx.Timeout(0.1))
    server.replies.append(Reply(wait_seconds=0.4))

    with pytest.raises(OutcomeUnknown):
        await vonage.send(TEXT)


async def test_where_nobody_listens_nothing_went_out() -> None:
    vonage = build_vonage(CarrierSettings(account_values("http://127.0.0.1:1")))
    failed = await failure_of(vonage)
    await vonage.close()

    assert FailureReason.CARRIER_TROUBLE is failed.reason


async def test_the_exchange_is_kept_without_token_number_or_words(
    vonage: Vonage, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    server.replies.append(refusal("1170"))
    await failure_of(vonage)

    [kept] = exchanges
    assert ("POST", 422, "d1-1") == (kept.method, kept.status, kept.reference)
    assert not any(secret in repr(kept) for secret in ("eyJ", CLINIC[1:], OLIVE[1:], "Pixel", "0f1e2d"))


async def test_the_carrier_has_no_list_to_look_into(vonage: Vonage, server: AnsweringServer) -> None:
    assert [] == await vonage.find_sent(from_number=CLINIC, to_number=OLIVE, since=datetime.now(UTC))
    assert [] == server.requests
