"""The account of the tests. Nothing in it opens anything."""

import hashlib
import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pawline.carriers.interface import WebhookRequest

APPLICATION = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
API_KEY = "abcd1234"
API_SECRET = "an account's secret"
SECRET = "the signature secret that is in use"
NEXT_SECRET = "the signature secret that replaces it"
CLINIC = "+447700900142"
OLIVE = "+447700900187"
NOW = 1_795_309_800.0
HOOK = "https://pawline.example/hooks/vonage/text"


@cache
def private_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def private_pem() -> str:
    return private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem() -> bytes:
    return private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def account_values(url: str) -> dict[str, str]:
    return {
        "application_id": APPLICATION,
        "private_key": private_pem(),
        "signature_secrets": f"{SECRET}, {NEXT_SECRET}",
        "api_key": API_KEY,
        "api_secret": API_SECRET,
        "base_url": url,
        "rest_url": url,
    }


def read_token(authorization: str) -> dict[str, Any]:
    """The claims of a token of ours, whatever the time is."""
    anytime: Any = {"verify_exp": False, "verify_iat": False}
    return jwt.decode(authorization.removeprefix("Bearer "), public_pem(), algorithms=["RS256"], options=anytime)


def signed(body: bytes, *, secret: str = SECRET, **changes: Any) -> WebhookRequest:
    return WebhookRequest("POST", HOOK, _headers(body, secret, changes), body)


def signed_query(fields: dict[str, str], *, secret: str = SECRET) -> WebhookRequest:
    as_json = json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()
    return WebhookRequest("GET", f"{HOOK}?{urlencode(fields)}", _headers(as_json, secret, {}), b"")


def _headers(signed_bytes: bytes, secret: str, changes: dict[str, Any]) -> dict[str, str]:
    claims = {
        "iat": int(NOW),
        "jti": "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5",
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(signed_bytes).hexdigest(),
        "api_key": API_KEY,
        "application_id": APPLICATION,
    }
    token = jwt.encode({**claims, **changes}, secret, algorithm="HS256")
    return {"authorization": f"Bearer {token}", "content-type": "application/json"}
