"""Tokens, as the vendor's own library sees them."""

import time
from dataclasses import replace

import jwt
import pytest
from vonage_jwt import JwtClient, VonageVerifyJwtError, verify_signature  # pyright: ignore[reportMissingTypeStubs]

from pawline.carriers.client import build_client
from pawline.carriers.interface import CarrierSettings, WebhookRequest, forget_exchange
from pawline.carriers.vonage.account import read_account
from pawline.carriers.vonage.adapter import build_vonage
from pawline.carriers.vonage.api import Api
from pawline.carriers.vonage.tests.account_values import (
    APPLICATION,
    NEXT_SECRET,
    SECRET,
    account_values,
    private_pem,
    public_pem,
    signed,
)

BODY = b'{"message_uuid":"1","text":"Pixel is here"}'
FOREIGN_SECRET = "a secret that is nobody's, but long enough"
GENUINE = ("good", "signed with the next secret")
OTHERS = ("signed with somebody else's", "no token")


@pytest.mark.parametrize("name", [*GENUINE, *OTHERS])
def test_we_agree_with_the_vendors_library_on_tokens(name: str) -> None:
    request = requests_of_this_moment()[name]

    assert vendor_accepts(request) is is_genuine(request)
    assert (name in GENUINE) is is_genuine(request)


def test_we_see_a_changed_body_which_the_vendors_library_does_not() -> None:
    changed = replace(requests_of_this_moment()["good"], body=BODY.replace(b"Pixel", b"Rita's"))

    assert vendor_accepts(changed)
    assert not is_genuine(changed)


def test_our_token_has_the_claims_of_the_vendors() -> None:
    theirs = JwtClient(APPLICATION, private_pem()).generate_application_jwt().decode()  # pyright: ignore[reportUnknownMemberType]
    api = Api(read_account(account_values("")), build_client(), forget_exchange)
    ours = api.application_credentials()["Authorization"].removeprefix("Bearer ")
    [their_claims, our_claims] = [jwt.decode(token, public_pem(), algorithms=["RS256"]) for token in (theirs, ours)]

    assert their_claims.keys() == our_claims.keys()
    assert their_claims["exp"] - their_claims["iat"] == our_claims["exp"] - our_claims["iat"]
    assert jwt.get_unverified_header(theirs) == jwt.get_unverified_header(ours)


def requests_of_this_moment() -> dict[str, WebhookRequest]:
    """Made when the test runs: both sides look at the clock."""
    now = int(time.time())
    good = signed(BODY, iat=now)
    return {
        "good": good,
        "signed with the next secret": signed(BODY, secret=NEXT_SECRET, iat=now),
        "signed with somebody else's": signed(BODY, secret=FOREIGN_SECRET, iat=now),
        "no token": replace(good, headers={"authorization": "Bearer x.y.z"}),
    }


def is_genuine(request: WebhookRequest) -> bool:
    return build_vonage(CarrierSettings(account_values(""))).is_genuine(request)


def vendor_accepts(request: WebhookRequest) -> bool:
    """Their library knows one secret at a time, and looks at the real clock for nothing but a token from the future."""
    token = request.headers["authorization"].removeprefix("Bearer ")
    try:
        return any(verify_signature(token, secret) for secret in (SECRET, NEXT_SECRET))
    except VonageVerifyJwtError:
        return False
