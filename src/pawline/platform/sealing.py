"""Content under a key of its own, AES-256-GCM (NIST SP 800-38D): whoever destroys the key has destroyed the content."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from math import ceil

PART_BYTES = 64 * 1024
_NONCE_BYTES = 12
_TAG_BYTES = 16
SEALED_PART_BYTES = _NONCE_BYTES + PART_BYTES + _TAG_BYTES
_KEY_BYTES = 32


class SealBroken(Exception):
    """This is not what was sealed for this purpose under this key."""


def new_key() -> bytes:
    return os.urandom(_KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Seal:
    """``purpose`` is bound into what is sealed: moved to another place it does not open."""

    key: bytes
    purpose: str

    def close(self, content: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 8 MiB that few processes need

        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, content, self.purpose.encode())

    def open(self, sealed: bytes) -> bytes:
        """Raises SealBroken."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        try:
            return AESGCM(self.key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self.purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def of_part(self, number: int, *, of: int) -> "Seal":
        """For a file in parts: none can be left out, moved or cut off unseen."""
        return Seal(self.key, f"{self.purpose}:{number}:{of}")


def count_parts(size_bytes: int) -> int:
    """Of a file; an empty one has a part as well, which says that it is empty."""
    return max(1, ceil(size_bytes / PART_BYTES))


async def cut(chunks: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of ``size``, of which only the last is shorter."""
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        while len(held) > size:
            yield bytes(held[:size])
            del held[:size]
    yield bytes(held)
