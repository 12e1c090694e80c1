"""Passwords: argon2id, at most two hashed at once so that a flood of sign-ins cannot take all memory and cores."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pawline.platform.errors import Invalid
from pawline.platform.text import require_storable

SHORTEST = 12
LONGEST = 200

_hasher = PasswordHasher()
_turns = asyncio.Semaphore(2)


async def hash_password(password: str) -> str:
    require_storable("password", password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid.field("password", f"needs {SHORTEST} to {LONGEST} characters; a short sentence is easy to remember")
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_password(password: str, password_hash: str | None) -> bool:
    """Takes as long for an account that does not exist (None) as for one that does."""
    async with _turns:
        return await asyncio.to_thread(_verify, password, password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Was it hashed with weaker parameters than those of today?"""
    return _hasher.check_needs_rehash(password_hash)


def _verify(password: str, password_hash: str | None) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODY, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return password_hash is not None


_NOBODY = _hasher.hash("a password that nobody has")
