"""Secrets, cookies and the origin of requests."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from pawline.platform.errors import Forbidden
from pawline.platform.settings import Settings


def new_secret() -> str:
    """256 random bits as 43 characters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def keyed_hash(settings: Settings, purpose: str, *parts: str) -> bytes:
    """HMAC-SHA-256 with a key of its own for each purpose."""
    key = hmac.digest(settings.secret.encode(), purpose.encode(), "sha256")
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256")


def is_same(left: str | bytes, right: str | bytes) -> bool:
    """Compare without telling by the time it takes where they differ."""
    as_bytes = [value.encode() if isinstance(value, str) else value for value in (left, right)]
    return hmac.compare_digest(as_bytes[0], as_bytes[1])


def csrf_token(session_secret: str) -> str:
    return hmac.digest(session_secret.encode(), b"csrf", "sha256").hex()


def cookie_name(settings: Settings, app: str) -> str:
    return f"__Host-pawline_{app}" if settings.is_https else f"pawline_{app}"


def allowed_origins(settings: Settings) -> frozenset[str]:
    """The public address; on a loopback address both of its names."""
    parts = urlsplit(settings.public_url)
    origins = {settings.public_url}
    if parts.hostname in ("127.0.0.1", "localhost"):
        port = f":{parts.port}" if parts.port else ""
        origins |= {f"{parts.scheme}://127.0.0.1{port}", f"{parts.scheme}://localhost{port}"}
    return frozenset(origins)


def require_own_origin(settings: Settings, headers: Mapping[str, str]) -> None:
    """Refuse what another site's page sends with our cookies.

    Browsers send ``Origin`` on every unsafe request and ``Sec-Fetch-Site`` on all; programs send neither.
    """
    origin = headers.get("origin")
    if origin is not None and origin not in allowed_origins(settings):
        raise Forbidden(f"This request came from another site. Open Pawline at {settings.public_url} and try again.")
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden(f"This request came from another site. Open Pawline at {settings.public_url} and try again.")
