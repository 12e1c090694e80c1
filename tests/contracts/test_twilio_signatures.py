"""Our check of Twilio's signatures against its own library: what that signs we take, and what it refuses we refuse."""

import hashlib
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.carriers.interface import WebhookRequest
from pawline.carriers.twilio.account import Account, read_account
from pawline.carriers.twilio.signature import is_genuine
from pawline.carriers.twilio.tests.account_values import NEXT_TOKEN, TOKEN, account_values
from tests.contracts.twilio_library import Pairs, sign, takes

ACCOUNT = read_account(account_values("https://api.example.com"))
URL = "https://pawline.example/hooks/twilio/text"
FIELDS = [("To", "+18885550142"), ("From", "+12125550187"), ("Body", " Is Pixel ready? 🐶 ")]
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Signs like the carrier, by its own library, also for spellings of the address other than ours."""

    secret: str = TOKEN
    key: str = ""
    algorithm: str = "HMAC_SHA1"
    signed_url: str = ""

    def sign(self, pairs: Pairs, *, url: str = URL) -> WebhookRequest:
        signature = sign(self.secret, self.signed_url or url, pairs, algorithm=self.algorithm)
        headers = {"content-type": FORM, "x-twilio-signature": signature}
        if self.key:
            headers["x-twilio-webhooks-signature-settings"] = f"key={self.key},algorithm={self.algorithm}"
        return WebhookRequest("POST", url, headers, urlencode(pairs).encode())


def with_header(request: WebhookRequest, name: str, value: str) -> WebhookRequest:
    return replace(request, headers={**request.headers, name: value})


names = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FF), min_size=1, max_size=12)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
pairs_of_fields = st.lists(st.tuples(names, values), min_size=1, max_size=12)
urls = st.sampled_from(
    [URL, f"{URL}?a=1&b=%20x", "https://pawline.example:8443/x", "http://127.0.0.1:8080/x", "https://pawline.example:443/x"]
)


@given(pairs=pairs_of_fields, url=urls, algorithm=st.sampled_from(["HMAC_SHA1", "HMAC_SHA256"]))
def test_what_the_library_signs_is_genuine(pairs: Pairs, url: str, algorithm: str) -> None:
    """Also fields with several values, the same one twice, empty ones and every alphabet."""
    key, secret = ("key_2", "second:secret") if algorithm == "HMAC_SHA256" else ("", TOKEN)
    request = Signer(secret=secret, key=key, algorithm=algorithm).sign(pairs, url=url)

    assert takes(secret, url, pairs, signature=request.headers["x-twilio-signature"], algorithm=algorithm)
    assert is_genuine(ACCOUNT, request)


@given(pairs=pairs_of_fields, changed=pairs_of_fields)
def test_a_changed_form_is_refused_as_the_library_refuses_it(pairs: Pairs, changed: Pairs) -> None:
    request = Signer().sign(pairs)
    forged = replace(request, body=urlencode(changed).encode())

    expected = takes(TOKEN, URL, changed, signature=request.headers["x-twilio-signature"])
    assert expected == is_genuine(ACCOUNT, forged)


def test_the_documented_example_is_genuine() -> None:
    account = read_account({**account_values("https://api.example.com"), "webhook_tokens": "12345"})
    pairs = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    headers = {"content-type": FORM, "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"

    assert is_genuine(account, WebhookRequest("POST", url, headers, urlencode(pairs).encode()))


@pytest.mark.parametrize(
    "signed_url",
    [
        URL,
        "https://pawline.example:443/hooks/twilio/text",
        f"{URL}#rc=5&rp=all",
        "https://pawline.example:443/hooks/twilio/text#rc=5&rp=all",
    ],
)
def test_the_port_and_what_we_hang_on_our_addresses_may_be_signed_or_not(signed_url: str) -> None:
    assert is_genuine(ACCOUNT, Signer(signed_url=signed_url).sign(FIELDS))


@pytest.mark.parametrize(
    "signed_url",
    [
        "http://pawline.example/hooks/twilio/text",
        "https://pawline.example/hooks/twilio/text/",
        "https://pawline.example/hooks/twilio/voice",
        "https://stranger.example/hooks/twilio/text",
        f"{URL}?a=1",
        "https://pawline.example:8443/hooks/twilio/text",
    ],
)
def test_a_signature_for_another_address_is_refused(signed_url: str) -> None:
    assert not is_genuine(ACCOUNT, Signer(signed_url=signed_url).sign(FIELDS))


@pytest.mark.parametrize(("secret", "expected"), [(TOKEN, True), (NEXT_TOKEN, True), ("a token long gone", False), ("", False)])
def test_each_token_in_use_is_good(secret: str, *, expected: bool) -> None:
    """So that one can replace the other without losing a text."""
    assert expected == is_genuine(ACCOUNT, Signer(secret=secret).sign(FIELDS))


@pytest.mark.parametrize(
    ("key", "secret", "expected"),
    [
        ("key_1", "first secret", True),
        ("key_2", "second:secret", True),
        ("key_1", "second:secret", False),
        ("key_3", "first secret", False),
        ("key_1", TOKEN, False),
        ("", "first secret", False),
    ],
)
def test_a_shared_key_is_taken_by_its_name_alone(key: str, secret: str, *, expected: bool) -> None:
    assert expected == is_genuine(ACCOUNT, Signer(secret=secret, key=key, algorithm="HMAC_SHA256").sign(FIELDS))


@pytest.mark.parametrize("algorithm", ["HMAC_MD5", "none", "HMAC_SHA512"])
def test_an_algorithm_we_do_not_know_is_refused(algorithm: str) -> None:
    request = with_header(Signer().sign(FIELDS), "x-twilio-webhooks-signature-settings", f"algorithm={algorithm}")

    assert not takes(TOKEN, URL, FIELDS, signature=request.headers["x-twilio-signature"], algorithm=algorithm)
    assert not is_genuine(ACCOUNT, request)


@pytest.mark.parametrize("signature", ["", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "ä" * 28])
def test_no_signature_or_a_made_up_one_is_refused(signature: str) -> None:
    assert not is_genuine(ACCOUNT, with_header(Signer().sign(FIELDS), "x-twilio-signature", signature))


def test_without_tokens_only_shared_keys_count() -> None:
    values = {name: value for name, value in account_values("https://api.example.com").items() if name != "webhook_tokens"}
    account: Account = read_account(values)

    assert is_genuine(account, Signer(secret="first secret", key="key_1", algorithm="HMAC_SHA256").sign(FIELDS))
    assert not is_genuine(account, Signer(secret="").sign(FIELDS))


def json_request(body: str, *, hashed: str) -> WebhookRequest:
    url = f"{URL}?bodySHA256={hashlib.sha256(hashed.encode()).hexdigest()}"
    request = with_header(Signer().sign([], url=url), "content-type", "application/json")
    return replace(request, body=body.encode())


def test_a_json_body_is_covered_by_its_hash_in_the_address() -> None:
    body = '{"Body": "Is Pixel ready? 🐶"}'
    request = json_request(body, hashed=body)
    assert takes(TOKEN, request.url, body, signature=request.headers["x-twilio-signature"])

    assert is_genuine(ACCOUNT, request)
    assert not is_genuine(ACCOUNT, json_request('{"Body": "No"}', hashed=body))


def test_a_body_that_nothing_covers_is_refused() -> None:
    request = Signer().sign([])

    assert is_genuine(ACCOUNT, replace(request, method="GET"))
    plain = with_header(request, "content-type", "text/plain")
    assert not is_genuine(ACCOUNT, replace(plain, body=b"Body=forged"))
