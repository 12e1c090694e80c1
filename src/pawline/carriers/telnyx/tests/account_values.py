"""The account of the tests. Nothing in it opens anything."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pawline.carriers.interface import WebhookRequest

API_KEY = "KEY0123_not_a_key"
PROFILE = "740572b6-099c-44a1-89b9-6c92163bc68d"
CONNECTION = "1494404757140276705"
CLINIC = "+18885550142"
OLIVE = "+12125550187"
NOW = 1_795_309_800.0
KEY_IN_USE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEXT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FOREIGN_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


def public_key(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def account_values(url: str) -> dict[str, str]:
    return {
        "api_key": API_KEY,
        "public_keys": f"{public_key(KEY_IN_USE)}, {public_key(NEXT_KEY)}",
        "messaging_profile_id": PROFILE,
        "connection_id": CONNECTION,
        "base_url": url,
    }


def signed(
    body: bytes, *, key: Ed25519PrivateKey = KEY_IN_USE, at: float = NOW, media_type: str = "application/json"
) -> WebhookRequest:
    timestamp = str(int(at))
    headers = {
        "content-type": media_type,
        "telnyx-timestamp": timestamp,
        "telnyx-signature-ed25519": base64.b64encode(key.sign(timestamp.encode() + b"|" + body)).decode(),
    }
    return WebhookRequest("POST", "https://pawline.example/hooks/telnyx/text", headers, body)
