"""How an attempt is called in the world outside: in the reference a carrier gets, and in the address of its receipts."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class AttemptKey:
    practice_id: UUID
    delivery_id: UUID
    attempt_id: UUID

    @property
    def reference(self) -> str:
        """64 characters, which every carrier's own limit leaves room for."""
        ids = (self.practice_id, self.delivery_id, self.attempt_id)
        return urlsafe_b64encode(b"".join(each.bytes for each in ids)).decode()


def read_reference(reference: str) -> AttemptKey | None:
    try:
        ids = urlsafe_b64decode(reference)
    except ValueError:
        return None
    if len(ids) != 3 * _ID_BYTES:
        return None
    return AttemptKey(*(UUID(bytes=ids[start : start + _ID_BYTES]) for start in range(0, len(ids), _ID_BYTES)))
