"""Is a webhook the carrier's? A token proves the sender, and a hash in it proves what was sent."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt

from pawline.carriers.interface import WebhookRequest
from pawline.carriers.vonage.account import Account

TOLERANCE_SECONDS = 300


def is_genuine(request: WebhookRequest, account: Account, now: Callable[[], float]) -> bool:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return False
    read = (_read(token, secret) for secret in account.signature_secrets)
    return any(
        _is_signed(request, claims, application_id=account.application_id, now=now()) for claims in read if claims is not None
    )


def _read(token: str, secret: str) -> Mapping[str, Any] | None:
    try:
        # The age is checked below, by a clock that tests can move.
        options: Any = {"verify_iat": False, "verify_exp": False, "verify_nbf": False, "verify_aud": False}
        return jwt.decode(token, secret, algorithms=["HS256"], options=options)
    except jwt.PyJWTError:
        return None


def _is_signed(request: WebhookRequest, claims: Mapping[str, Any], *, application_id: str, now: float) -> bool:
    issued_at = claims.get("iat")
    if not isinstance(issued_at, int | float) or not abs(now - issued_at) <= TOLERANCE_SECONDS:
        return False
    # A secret is the account's, and an account may have applications that are none of ours.
    if claims.get("application_id", application_id) != application_id:
        return False
    return hmac.compare_digest(str(claims.get("payload_hash", "")).lower().encode(), _hash(request).encode())


def _hash(request: WebhookRequest) -> str:
    """Of the raw body; of the query, written as JSON in its order, when there is no body."""
    if request.method != "GET":
        return hashlib.sha256(request.body).hexdigest()
    query = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    return hashlib.sha256(json.dumps(query, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
