from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pawline.carriers.interface import CarrierSettings
from pawline.carriers.vonage.account import read_account
from pawline.carriers.vonage.adapter import build_vonage
from pawline.carriers.vonage.tests.account_values import API_SECRET, SECRET, account_values, private_pem

OTHER_KEY = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def problems_of(values: dict[str, str]) -> list[str]:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        build_vonage(CarrierSettings(values))
    return str(caught.value).splitlines()


def test_all_that_is_missing_is_named_at_once() -> None:
    assert [
        "PAWLINE_CARRIER_VONAGE_APPLICATION_ID is missing.",
        "PAWLINE_CARRIER_VONAGE_PRIVATE_KEY is missing.",
        "PAWLINE_CARRIER_VONAGE_SIGNATURE_SECRETS is missing.",
        "PAWLINE_CARRIER_VONAGE_API_KEY is missing.",
        "PAWLINE_CARRIER_VONAGE_API_SECRET is missing.",
    ] == problems_of({})


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("applicationid", "1", "APPLICATIONID is not a setting of this carrier."),
        ("private_key", "no key", "PRIVATE_KEY is not a private key in PEM form without a password."),
        ("private_key", OTHER_KEY, "PRIVATE_KEY is not an RSA key."),
        ("private_key", "@no/such/file", "PRIVATE_KEY names a file that cannot be read (No such file or directory)."),
        ("signature_secrets", " , ", "SIGNATURE_SECRETS is missing."),
        ("base_url", "http://api.nexmo.com", "BASE_URL must be an https address without path"),
        ("rest_url", "https://rest.nexmo.com/number", "REST_URL must be an https address without path"),
        ("rest_url", "https://:x:", "REST_URL must be an https address without path"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str, problem: str) -> None:
    [said] = problems_of({**account_values("https://carrier.example"), name: value})

    assert said.startswith(f"PAWLINE_CARRIER_VONAGE_{problem}")


def test_the_key_may_lie_in_a_file_or_stand_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(private_pem())
    for value in (f"@{tmp_path / 'key.pem'}", private_pem().replace("\n", "\\n")):
        account = read_account({**account_values(""), "private_key": value})

        assert 2048 == account.private_key.key_size
        assert ("https://api.nexmo.com", "https://rest.nexmo.com") == (str(account.base_url), str(account.rest_url))


def test_secrets_are_not_shown() -> None:
    shown = repr(read_account(account_values("")))

    assert not any(secret in shown for secret in (API_SECRET, SECRET, "PRIVATE"))
