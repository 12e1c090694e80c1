import pytest

from pawline.carriers.interface import CarrierSettings
from pawline.carriers.twilio.account import read_account
from pawline.carriers.twilio.adapter import build_twilio
from pawline.carriers.twilio.tests.account_values import ACCOUNT, KEY, KEY_SECRET, NEXT_TOKEN, TOKEN, account_values


def test_a_key_signs_our_requests_and_tokens_sign_theirs() -> None:
    account = read_account(account_values("https://api.example.com"))

    assert (KEY, KEY_SECRET) == (account.user, account.password)
    assert (TOKEN, NEXT_TOKEN) == account.webhook_tokens
    assert {"key_1": "first secret", "key_2": "second:secret"} == account.shared_keys


def test_account_and_token_are_enough() -> None:
    account = read_account({"account_sid": ACCOUNT, "auth_token": TOKEN})

    assert (ACCOUNT, TOKEN, (TOKEN,)) == (account.user, account.password, account.webhook_tokens)
    assert "https://api.twilio.com" == account.base_url


def test_all_that_is_wrong_is_said_at_once() -> None:
    values = {"api_key_sid": "SK1", "base_url": "http://carrier.example", "shared_keys": "no secret", "colour": "blue"}
    with pytest.raises(ValueError, match="missing") as caught:
        build_twilio(CarrierSettings(values))

    assert [
        "PAWLINE_CARRIER_TWILIO_COLOUR is not a setting of this carrier.",
        "PAWLINE_CARRIER_TWILIO_API_KEY_SID must be SK and 32 hexadecimal digits.",
        "PAWLINE_CARRIER_TWILIO_ACCOUNT_SID is missing.",
        "PAWLINE_CARRIER_TWILIO_API_KEY_SID and PAWLINE_CARRIER_TWILIO_API_KEY_SECRET go together.",
        "PAWLINE_CARRIER_TWILIO_SHARED_KEYS must be id:secret, several with commas between.",
        "PAWLINE_CARRIER_TWILIO_BASE_URL must be an https address without path.",
    ] == str(caught.value).splitlines()


def test_without_any_secret_nothing_works() -> None:
    with pytest.raises(ValueError, match="no text that comes in can be trusted"):
        read_account({"account_sid": ACCOUNT})


@pytest.mark.parametrize(
    ("url", "is_fit"),
    [
        ("https://api.dublin.ie1.twilio.com", True),
        ("http://127.0.0.1:4010", True),
        ("http://simulator:4010", True),
        ("http://api.twilio.com", False),
        ("https://user:secret@api.twilio.com", False),
        ("https://api.twilio.com/2010", False),
        ("api.twilio.com", False),
        ("https://", False),
        ("https://api.example:port", False),
    ],
)
def test_credentials_go_only_over_https_or_within_the_machine(url: str, *, is_fit: bool) -> None:
    if is_fit:
        assert url == read_account(account_values(url)).base_url
    else:
        with pytest.raises(ValueError, match="BASE_URL must be an https address"):
            read_account(account_values(url))


def test_secrets_do_not_print() -> None:
    text = repr(read_account(account_values("https://api.example.com")))

    assert not [secret for secret in (KEY_SECRET, TOKEN, NEXT_TOKEN, "first secret") if secret in text]
