from dataclasses import replace
from typing import Any

import jwt
import pytest

from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.tests.account_values import NEXT_SECRET, NOW, SECRET, private_key, signed, signed_query

BODY = '{"message_uuid":"1","text":"Pixel grüßt 🐕"}'.encode()


@pytest.mark.parametrize("secret", [SECRET, NEXT_SECRET])
def test_either_secret_is_good_while_one_replaces_the_other(vonage: Vonage, secret: str) -> None:
    assert vonage.is_genuine(signed(BODY, secret=secret))


def test_a_changed_body_is_refused(vonage: Vonage) -> None:
    """The token alone is still good: the vendor's own check would let it pass."""
    assert not vonage.is_genuine(replace(signed(BODY), body=BODY.replace(b"Pixel", b"Rita's")))


def test_a_query_is_signed_too(vonage: Vonage) -> None:
    request = signed_query({"from": "447700900187", "to": "447700900142", "conversation_uuid": "CON-ü"})

    assert vonage.is_genuine(request)
    assert not vonage.is_genuine(replace(request, url=request.url.replace("900187", "900188")))


@pytest.mark.parametrize(("age", "is_good"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_a_signature_is_good_for_five_minutes(vonage: Vonage, age: int, *, is_good: bool) -> None:
    assert is_good is vonage.is_genuine(signed(BODY, iat=int(NOW) - age))


@pytest.mark.parametrize(
    "claims",
    [
        {"application_id": "somebody else's"},
        {"payload_hash": ""},
        {"payload_hash": None},
        {"payload_hash": "ü"},
        {"iat": None},
        {"iat": "now"},
        {"iat": float("nan")},
    ],
)
def test_claims_that_are_not_ours_or_make_no_sense_are_refused(vonage: Vonage, claims: dict[str, Any]) -> None:
    assert not vonage.is_genuine(signed(BODY, **claims))


def test_another_secret_or_another_way_of_signing_is_refused(vonage: Vonage) -> None:
    good = signed(BODY)
    claims = jwt.decode(good.headers["authorization"].removeprefix("Bearer "), options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none")
    by_key = jwt.encode(claims, private_key(), algorithm="RS256")

    assert not vonage.is_genuine(signed(BODY, secret="a secret that is nobody's, but long enough"))
    for header in ("", "Bearer", "Bearer x.y.z", f"Basic {unsigned}", f"Bearer {unsigned}", f"Bearer {by_key}"):
        assert not vonage.is_genuine(replace(good, headers={"authorization": header}))
    assert not vonage.is_genuine(replace(good, headers={}))
