"""Where bounces come back to: an address of its own for each e-mail, which says whom it was for and that we made it (VERP)."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

from pawline.platform import clock
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings

_ID_BYTES, _TIME_BYTES, _SIGNATURE_BYTES = 16, 4, 8
# Without upper case and signs: mail servers on the way may write an address in lower case.
_TOKEN = re.compile(r"\+([a-z2-7]{45})@", re.IGNORECASE)
_PADDING = "==="


@dataclass(frozen=True, slots=True)
class BounceToken:
    """What such an address says. Nobody knows whether we made it before ``is_for`` has found whom it was for."""

    practice_id: UUID
    sent_at: datetime
    signature: bytes

    def is_for(self, settings: Settings, email: str) -> bool:
        return is_same(self.signature, _signature(settings, self.practice_id, sent_at=self.sent_at, email=email))


def bounce_address(settings: Settings, practice_id: UUID, email: str) -> str | None:
    """Of one e-mail that goes out now. None: the sender gets the bounces, as with any other mail program."""
    if settings.mail_bounces is None:
        return None
    sent_at = clock.now().replace(microsecond=0)
    signature = _signature(settings, practice_id, sent_at=sent_at, email=email)
    content = practice_id.bytes + int(sent_at.timestamp()).to_bytes(_TIME_BYTES) + signature
    token = base64.b32encode(content).decode().rstrip("=").lower()
    mailbox, _, domain = settings.mail_bounces.partition("@")
    return f"{mailbox}+{token}@{domain}"


def read_tokens(addresses: Iterable[str], *, most: int) -> list[BounceToken]:
    """The first of those that stand in headers like ``To``, whoever made them."""
    found = dict.fromkeys(token.lower() for address in addresses for token in _TOKEN.findall(address))
    return [token for each in islice(found, most) if (token := _read(each)) is not None]


def _read(token: str) -> BounceToken | None:
    try:
        content = base64.b32decode(token.upper() + _PADDING)
    except binascii.Error:
        return None
    rest = content[_ID_BYTES:]
    sent_at = datetime.fromtimestamp(int.from_bytes(rest[:_TIME_BYTES]), UTC)
    return BounceToken(UUID(bytes=content[:_ID_BYTES]), sent_at, rest[_TIME_BYTES:])


def _signature(settings: Settings, practice_id: UUID, *, sent_at: datetime, email: str) -> bytes:
    parts = (practice_id.hex, str(int(sent_at.timestamp())), email.lower())
    return keyed_hash(settings, "mail bounces", *parts)[:_SIGNATURE_BYTES]
