"""Is a webhook the carrier's? It signs the time and the raw body with Ed25519."""

import base64
import binascii
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pawline.carriers.interface import WebhookRequest

TOLERANCE_SECONDS = 300  # the vendor's own figure


def is_genuine(request: WebhookRequest, keys: Sequence[Ed25519PublicKey], now: Callable[[], float]) -> bool:
    """``keys``: those in use; two while one replaces the other."""
    # The signature covers no query, so that a GET proves nothing about what it says.
    if request.method != "POST":
        return False
    timestamp = request.headers.get("telnyx-timestamp", "")
    if not _is_recent(timestamp, now()):
        return False
    try:
        signature = base64.b64decode(request.headers.get("telnyx-signature-ed25519", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    signed = timestamp.encode() + b"|" + request.body
    return any(_has_signed(key, signature, signed) for key in keys)


def _is_recent(timestamp: str, now: float) -> bool:
    return timestamp.isascii() and timestamp.isdigit() and abs(now - int(timestamp)) <= TOLERANCE_SECONDS


def _has_signed(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
