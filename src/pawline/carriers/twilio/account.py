"""What this carrier needs to know of an account: its settings, read and checked once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pawline.carriers.account_settings import is_fit_for_secrets

PREFIX = "PAWLINE_CARRIER_TWILIO_"
DEFAULT_URLS = {
    "base_url": "https://api.twilio.com",
    "messaging_url": "https://messaging.twilio.com",
    "numbers_url": "https://numbers.twilio.com",
}
SETTINGS = {
    "account_sid",
    "api_key_sid",
    "api_key_secret",
    "auth_token",
    "webhook_tokens",
    "shared_keys",
    "gb_bundle_sid",
    "gb_address_sid",
    *DEFAULT_URLS,
}
SIDS = {"account_sid": "AC", "api_key_sid": "SK", "gb_bundle_sid": "BU", "gb_address_sid": "AD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``webhook_tokens`` and ``shared_keys`` (secret by id) may hold several of each while one replaces the other."""

    account_sid: str
    user: str
    password: str = field(repr=False)
    webhook_tokens: tuple[str, ...] = field(repr=False)
    shared_keys: Mapping[str, str] = field(repr=False)
    base_url: str
    messaging_url: str
    numbers_url: str
    # Britain sells numbers only to those whose papers it has seen.
    gb_bundle_sid: str
    gb_address_sid: str

    @property
    def resources_url(self) -> str:
        return f"{self.base_url}/2010-04-01/Accounts/{self.account_sid}"


def read_account(values: Mapping[str, str]) -> Account:
    """Raises ValueError with one sentence a line."""
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    urls = {name: given.get(name, default).rstrip("/") for name, default in DEFAULT_URLS.items()}
    if problems := [*_unknown(given), *_wrong_sids(given), *_missing(given), *_wrong_keys(given), *_wrong_urls(urls)]:
        raise ValueError("\n".join(problems))
    tokens = _listed(given.get("webhook_tokens", "")) or _listed(given.get("auth_token", ""))
    return Account(
        account_sid=given["account_sid"],
        user=given.get("api_key_sid", given["account_sid"]),
        password=given["api_key_secret"] if "api_key_sid" in given else given["auth_token"],
        webhook_tokens=tokens,
        shared_keys={key: secret for key, _, secret in _shared_keys(given)},
        base_url=urls["base_url"],
        messaging_url=urls["messaging_url"],
        numbers_url=urls["numbers_url"],
        gb_bundle_sid=given.get("gb_bundle_sid", ""),
        gb_address_sid=given.get("gb_address_sid", ""),
    )


def _unknown(given: Mapping[str, str]) -> list[str]:
    return [f"{_env(name)} is not a setting of this carrier." for name in sorted(given.keys() - SETTINGS)]


def _wrong_sids(given: Mapping[str, str]) -> list[str]:
    return [
        f"{_env(name)} must be {start} and 32 hexadecimal digits."
        for name, start in SIDS.items()
        if name in given and not re.fullmatch(f"{start}[0-9a-fA-F]{{32}}", given[name])
    ]


def _missing(given: Mapping[str, str]) -> list[str]:
    problems: list[str] = []
    if "account_sid" not in given:
        problems.append(f"{_env('account_sid')} is missing.")
    if ("api_key_sid" in given) != ("api_key_secret" in given):
        problems.append(f"{_env('api_key_sid')} and {_env('api_key_secret')} go together.")
    elif "api_key_sid" not in given and "auth_token" not in given:
        problems.append(f"{_env('api_key_sid')} and {_env('api_key_secret')} are missing, and so is {_env('auth_token')}.")
    if not given.keys() & {"webhook_tokens", "auth_token", "shared_keys"}:
        problems.append(f"{_env('webhook_tokens')} is missing: without it no text that comes in can be trusted.")
    return problems


def _wrong_keys(given: Mapping[str, str]) -> list[str]:
    if all(key and secret for key, _, secret in _shared_keys(given)):
        return []
    return [f"{_env('shared_keys')} must be id:secret, several with commas between."]


def _shared_keys(given: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [pair.partition(":") for pair in _listed(given.get("shared_keys", ""))]


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _wrong_urls(urls: Mapping[str, str]) -> list[str]:
    return [f"{_env(name)} must be an https address without path." for name, url in urls.items() if not is_fit_for_secrets(url)]


def _env(name: str) -> str:
    return PREFIX + name.upper()
