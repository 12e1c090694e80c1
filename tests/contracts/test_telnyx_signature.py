"""Signatures, as the vendor's own client sees them."""

import time
from dataclasses import replace

import pytest

from pawline.carriers.interface import CarrierSettings, WebhookRequest
from pawline.carriers.telnyx.adapter import build_telnyx
from pawline.carriers.telnyx.tests.account_values import FOREIGN_KEY, KEY_IN_USE, NEXT_KEY, account_values, public_key, signed

BODY = '{"data": {"event_type": "message.received", "id": "1", "payload": {"text": "Pixel grüßt 🐕"}}}'.encode()
GOOD = signed(BODY, at=time.time())
REQUESTS = {
    "good": GOOD,
    "signed by the next key": signed(BODY, key=NEXT_KEY, at=time.time()),
    "signed by somebody else": signed(BODY, key=FOREIGN_KEY, at=time.time()),
    "changed": replace(GOOD, body=BODY.replace(b"Pixel", b"Rita's")),
    "old": signed(BODY, at=time.time() - 400),
    "from the future": signed(BODY, at=time.time() + 400),
    "no base64": replace(GOOD, headers={**GOOD.headers, "telnyx-signature-ed25519": "?"}),
    "no time": replace(GOOD, headers={**GOOD.headers, "telnyx-timestamp": "soon"}),
}


@pytest.mark.filterwarnings("ignore")  # the vendor's client warns while it is imported
@pytest.mark.parametrize("name", REQUESTS)
def test_we_agree_with_the_vendors_client(name: str) -> None:
    telnyx = build_telnyx(CarrierSettings(account_values("")))
    request = REQUESTS[name]

    assert vendor_accepts(request) is telnyx.is_genuine(request)
    assert (name in {"good", "signed by the next key"}) is telnyx.is_genuine(request)


def vendor_accepts(request: WebhookRequest) -> bool:
    """Their client knows one key at a time."""
    from telnyx import Telnyx  # noqa: PLC0415 - it takes a second and a half

    for key in (KEY_IN_USE, NEXT_KEY):
        try:
            Telnyx(api_key="KEY", public_key=public_key(key)).webhooks.unwrap(request.body.decode(), headers=request.headers)
        except ValueError:
            continue
        return True
    return False
