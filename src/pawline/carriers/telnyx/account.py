"""The account at the carrier, read from the settings."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pawline.carriers.account_settings import is_fit_for_secrets

PREFIX = "PAWLINE_CARRIER_TELNYX_"
REQUIRED = ("api_key", "public_keys", "messaging_profile_id")
OPTIONAL = ("connection_id", "base_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``messaging_profile_id``: a STOP blocks all numbers of a profile, so that practices must not share one.

    ``connection_id`` is the TeXML application that answers calls; empty: numbers are ordered without voice.
    """

    api_key: str = field(repr=False)
    public_keys: tuple[Ed25519PublicKey, ...]
    messaging_profile_id: str
    connection_id: str
    base_url: httpx.URL


def read_account(values: Mapping[str, str]) -> Account:
    """Raises ValueError with one sentence a line."""
    if problems := list(_problems(values)):
        raise ValueError("\n".join(problems))
    return Account(
        api_key=values["api_key"],
        public_keys=tuple(Ed25519PublicKey.from_public_bytes(_key_bytes(key)) for key in _split(values["public_keys"])),
        messaging_profile_id=values["messaging_profile_id"],
        connection_id=values.get("connection_id", ""),
        base_url=httpx.URL(_base_url(values)),
    )


def _problems(values: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(values.keys() - {*REQUIRED, *OPTIONAL}):
        yield f"{PREFIX}{name.upper()} is not a setting of this carrier."
    for name in REQUIRED:
        if not values.get(name, "").strip():
            yield f"{PREFIX}{name.upper()} is missing."
    for number, key in enumerate(_split(values.get("public_keys", "")), start=1):
        if len(_key_bytes(key)) != 32:
            yield f"{PREFIX}PUBLIC_KEYS: key {number} is not 32 bytes in base64."
    if not is_fit_for_secrets(_base_url(values)):
        yield f"{PREFIX}BASE_URL must be an https address without path; http is for this machine and its network."


def _base_url(values: Mapping[str, str]) -> str:
    return (values.get("base_url") or "https://api.telnyx.com").rstrip("/")


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _key_bytes(key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except binascii.Error:
        return b""
