"""Base64url without padding, as browsers write it (RFC 4648, section 5)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def write_base64url(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def read_base64url(value: str) -> bytes:
    """Raises ValueError when it is none."""
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))
