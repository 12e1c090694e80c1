"""Send a text."""

import httpx
import msgspec

from pawline.carriers.exchange import retry_after_seconds
from pawline.carriers.interface import Accepted, FailureReason, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.telnyx.api import Api, read_problems
from pawline.carriers.telnyx.codes import FAILURES, OPTED_OUT_AT_SEND, reason_at_send

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class _Message(msgspec.Struct):
    id: str


class _Sent(msgspec.Struct):
    data: _Message


async def send(api: Api, text: TextToSend) -> Accepted:
    try:
        response = await api.call(_build_request(api, text), reference=text.reference)
    except NEVER_LEFT as error:
        raise SendFailed(FailureReason.CARRIER_TROUBLE, carrier_code=type(error).__name__) from error
    except httpx.HTTPError as error:
        raise OutcomeUnknown(type(error).__name__) from error
    if response.is_client_error:
        raise _read_refusal(response)
    if not response.is_success:
        raise OutcomeUnknown(f"status {response.status_code}")
    return _read_acceptance(response)


def _build_request(api: Api, text: TextToSend) -> httpx.Request:
    body = {
        "from": text.from_number,
        "to": text.to_number,
        "text": text.body,
        # A number of another profile, thus of another practice, is refused.
        "messaging_profile_id": api.account.messaging_profile_id,
        "webhook_url": text.receipt_url,
        "use_profile_webhooks": False,
    }
    return api.build_request("POST", "/messages", body=body, headers={"Idempotency-Key": text.reference})


def _read_refusal(response: httpx.Response) -> SendFailed | OutcomeUnknown:
    code = next((str(problem.code) for problem in read_problems(response)), "")
    is_refusal_of_text = code in FAILURES or code in OPTED_OUT_AT_SEND
    # 408: gave up on us. 409: also said of a key whose first request is still at work.
    if response.status_code in (408, 409) and not is_refusal_of_text:
        return OutcomeUnknown(f"status {response.status_code}")
    return SendFailed(
        reason_at_send(code, response.status_code),
        carrier_code=code or str(response.status_code),
        retry_after_seconds=retry_after_seconds(response),
    )


def _read_acceptance(response: httpx.Response) -> Accepted:
    try:
        return Accepted(msgspec.json.decode(response.content, type=_Sent).data.id)
    except msgspec.DecodeError as error:
        raise OutcomeUnknown("accepted without an id") from error
