import pytest

from pawline.carriers.interface import CarrierSettings
from pawline.carriers.telnyx.account import read_account
from pawline.carriers.telnyx.adapter import build_telnyx
from pawline.carriers.telnyx.tests.account_values import API_KEY, account_values


def problems_of(values: dict[str, str]) -> list[str]:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        build_telnyx(CarrierSettings(values))
    return str(caught.value).splitlines()


def test_all_that_is_missing_is_named_at_once() -> None:
    assert [
        "PAWLINE_CARRIER_TELNYX_API_KEY is missing.",
        "PAWLINE_CARRIER_TELNYX_PUBLIC_KEYS is missing.",
        "PAWLINE_CARRIER_TELNYX_MESSAGING_PROFILE_ID is missing.",
    ] == problems_of({})


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("apikey", "KEY", "APIKEY is not a setting of this carrier."),
        ("public_keys", "aGk=", "PUBLIC_KEYS: key 1 is not 32 bytes in base64."),
        ("public_keys", "no base64!", "PUBLIC_KEYS: key 1 is not 32 bytes in base64."),
        ("base_url", "http://api.telnyx.com", "BASE_URL must be an https address"),
        ("base_url", "https://api.telnyx.com/v2", "BASE_URL must be an https address without path"),
        ("base_url", "https://:x:", "BASE_URL must be an https address"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str, problem: str) -> None:
    [said] = problems_of({**account_values("https://carrier.example"), name: value})

    assert said.startswith(f"PAWLINE_CARRIER_TELNYX_{problem}")


def test_the_vendors_own_address_and_no_voice_are_the_default() -> None:
    values = account_values("")
    values.pop("connection_id")

    assert "https://api.telnyx.com" == str(read_account(values).base_url)


def test_the_key_is_not_shown() -> None:
    assert API_KEY not in repr(read_account(account_values("")))
