"""The account at the carrier, read from the settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pawline.carriers.account_settings import is_fit_for_secrets

PREFIX = "PAWLINE_CARRIER_VONAGE_"
REQUIRED = ("application_id", "private_key", "signature_secrets", "api_key", "api_secret")
ADDRESSES = {"base_url": "https://api.nexmo.com", "rest_url": "https://rest.nexmo.com"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Texts go out in the name of the application; numbers are ordered in the name of the account, by its key and secret."""

    application_id: str
    private_key: RSAPrivateKey = field(repr=False)
    signature_secrets: tuple[str, ...] = field(repr=False)
    api_key: str
    api_secret: str = field(repr=False)
    base_url: httpx.URL
    rest_url: httpx.URL


def read_account(values: Mapping[str, str]) -> Account:
    """Raises ValueError with one sentence a line."""
    problems = list(_problems(values))
    key = None
    if given := values.get("private_key", "").strip():
        try:
            key = _read_key(given)
        except ValueError as error:
            problems.append(str(error))
    if problems or key is None:
        raise ValueError("\n".join(problems))
    return Account(
        application_id=values["application_id"],
        private_key=key,
        signature_secrets=tuple(secret.strip() for secret in values["signature_secrets"].split(",") if secret.strip()),
        api_key=values["api_key"],
        api_secret=values["api_secret"],
        base_url=httpx.URL(_address(values, "base_url")),
        rest_url=httpx.URL(_address(values, "rest_url")),
    )


def _problems(values: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(values.keys() - {*REQUIRED, *ADDRESSES}):
        yield f"{PREFIX}{name.upper()} is not a setting of this carrier."
    for name in REQUIRED:
        if not values.get(name, "").strip(" ,"):
            yield f"{PREFIX}{name.upper()} is missing."
    for name in ADDRESSES:
        if not is_fit_for_secrets(_address(values, name)):
            yield f"{PREFIX}{name.upper()} must be an https address without path; http is for this machine and its network."


def _read_key(value: str) -> RSAPrivateKey:
    """A value that starts with @ names a file. Raises ValueError with a sentence."""
    try:
        pem = Path(value[1:]).read_bytes() if value.startswith("@") else value.replace("\\n", "\n").encode()
        key = load_pem_private_key(pem, password=None)
    except OSError as error:
        raise ValueError(f"{PREFIX}PRIVATE_KEY names a file that cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(f"{PREFIX}PRIVATE_KEY is not a private key in PEM form without a password.") from error
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(  # noqa: TRY004 - a wrong value of a setting, not a wrong type in code
            f"{PREFIX}PRIVATE_KEY is not an RSA key."
        )
    return key


def _address(values: Mapping[str, str], name: str) -> str:
    return (values.get(name) or ADDRESSES[name]).rstrip("/")
