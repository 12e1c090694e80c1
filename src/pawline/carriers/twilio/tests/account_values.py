"""The account of the tests. Nothing in it opens anything."""

ACCOUNT = f"AC{'0a' * 16}"
KEY = f"SK{'1b' * 16}"
KEY_SECRET = "a key's secret"
TOKEN = "the token in use"
NEXT_TOKEN = "the token that replaces it"

CLINIC = "+18885550142"
OLIVE = "+12125550187"


def account_values(url: str) -> dict[str, str]:
    return {
        "account_sid": ACCOUNT,
        "api_key_sid": KEY,
        "api_key_secret": KEY_SECRET,
        "webhook_tokens": f"{TOKEN},{NEXT_TOKEN}",
        "shared_keys": "key_1:first secret,key_2:second:secret",
        "base_url": url,
        "messaging_url": url,
        "numbers_url": url,
    }
