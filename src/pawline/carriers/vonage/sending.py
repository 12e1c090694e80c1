"""Send a text."""

import httpx
import msgspec

from pawline.carriers.exchange import retry_after_seconds
from pawline.carriers.interface import Accepted, FailureReason, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.vonage.api import Api, Problem
from pawline.carriers.vonage.codes import reason_at_send
from pawline.carriers.vonage.spelling import strip_plus

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class _Sent(msgspec.Struct):
    message_uuid: str


async def send(api: Api, text: TextToSend) -> Accepted:
    try:
        response = await api.call(api.build_text_request(_build_body(text)), reference=text.reference)
    except NEVER_LEFT as error:
        raise SendFailed(FailureReason.CARRIER_TROUBLE, carrier_code=type(error).__name__) from error
    except httpx.HTTPError as error:
        raise OutcomeUnknown(type(error).__name__) from error
    if response.is_client_error and response.status_code != 408:
        raise _read_refusal(response)
    if not response.is_success:
        raise OutcomeUnknown(f"status {response.status_code}")
    return _read_acceptance(response)


def _build_body(text: TextToSend) -> dict[str, object]:
    return {
        "message_type": "text",
        "channel": "sms",
        "from": strip_plus(text.from_number),
        "to": strip_plus(text.to_number),
        "text": text.body,
        # No key against sending twice: it only comes back in receipts.
        "client_ref": text.reference,
        "webhook_url": text.receipt_url,
    }


def _read_refusal(response: httpx.Response) -> SendFailed:
    try:
        code = msgspec.json.decode(response.content, type=Problem).code
    except msgspec.DecodeError:
        code = ""
    return SendFailed(
        reason_at_send(code, response.status_code),
        carrier_code=code or str(response.status_code),
        retry_after_seconds=retry_after_seconds(response),
    )


def _read_acceptance(response: httpx.Response) -> Accepted:
    try:
        return Accepted(msgspec.json.decode(response.content, type=_Sent).message_uuid)
    except msgspec.DecodeError as error:
        raise OutcomeUnknown("accepted without an id") from error
