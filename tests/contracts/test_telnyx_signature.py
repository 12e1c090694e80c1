"""Signatures, as the vendor's own client sees them."""

import time
from dataclasses import replace

import pytest

from pawline.carriers.interface import CarrierSettings, WebhookRequest
from pawline.carriers.telnyx.adapter import build_telnyx
from pawline.carriers.telnyx.tests.account_values import FOREIGN_KEY, KEY_IN_USE, NEXT_KEY, account_values, public_key, signed

BODY = '{"data": {"event_type": "message.received", "id": "1", "payload": {"text": "Pixel grüßt 🐕"}}}'.encode()
GENUINE = ("good", "signed by the next key")
OTHERS = ("signed by somebody else", "changed", "old", "from the future", "no base64", "no time")


@pytest.mark.filterwarnings("ignore")  # the vendor's client warns while it is imported
@pytest.mark.parametrize("name", [*GENUINE, *OTHERS])
def test_we_agree_with_the_vendors_client(name: str) -> None:
    telnyx = build_telnyx(CarrierSettings(account_values("")))
    request = requests_of_this_moment()[name]

    assert vendor_accepts(request) is telnyx.is_genuine(request)
    assert (name in GENUINE) is telnyx.is_genuine(request)


def requests_of_this_moment() -> dict[str, WebhookRequest]:
    """Made when the test runs: both sides look at the clock."""
    now = time.time()
    good = signed(BODY, at=now)
    return {
        "good": good,
        "signed by the next key": signed(BODY, key=NEXT_KEY, at=now),
        "signed by somebody else": signed(BODY, key=FOREIGN_KEY, at=now),
        "changed": replace(good, body=BODY.replace(b"Pixel", b"Rita's")),
        "old": signed(BODY, at=now - 400),
        "from the future": signed(BODY, at=now + 400),
        "no base64": replace(good, headers={**good.headers, "telnyx-signature-ed25519": "?"}),
        "no time": replace(good, headers={**good.headers, "telnyx-timestamp": "soon"}),
    }


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
