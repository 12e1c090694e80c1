"""Challenges: made here, answered once, within five minutes, by the browser that asked."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from pawline.passkeys.models import PasskeyChallenge
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.errors import SignInFailed, TooManyRequests
from pawline.platform.security import keyed_hash
from pawline.platform.settings import Settings

CHALLENGE_BYTES = 64
CHALLENGE_LASTS = timedelta(minutes=5)
# Every look at the sign-in screen takes one; a full waiting room shares an address.
MOST_FROM_ORIGIN = 300
TOO_LATE = "That took too long, or it was begun in another browser. Please try again."


async def make_challenge(database: Database, settings: Settings, *, holder: str, address: str) -> bytes:
    """``holder``: a secret of the browser or of its session. Each tab gets a challenge of its own.

    Raises:
        TooManyRequests: from one address.
    """
    challenge, now = secrets.token_bytes(CHALLENGE_BYTES), clock.now()
    origin_hash = keyed_hash(settings, "passkey origin", address)
    statement = select(func.count()).where(PasskeyChallenge.origin_hash == origin_hash, PasskeyChallenge.expires_at > now)
    async with database.transaction() as uow:
        if (await uow.execute(statement)).scalar_one() >= MOST_FROM_ORIGIN:
            seconds = int(CHALLENGE_LASTS.total_seconds())
            raise TooManyRequests(
                "Many people sign in from your network now. Please wait a few minutes.", retry_after_seconds=seconds
            )
        values = {"challenge": challenge, "holder_hash": _holder_hash(settings, holder), "origin_hash": origin_hash}
        await uow.execute(insert(PasskeyChallenge).values(**values, expires_at=now + CHALLENGE_LASTS))
    return challenge


async def take_challenge(database: Database, settings: Settings, *, holder: str, client_data: bytes) -> bytes:
    """The challenge that was answered. It is used up by that, whatever the answer turns out to be.

    Raises:
        SignInFailed: used, too old, or another browser's.
    """
    from pawline.passkeys.proofs import answered_challenge  # noqa: PLC0415 - brings 5 MiB of libraries

    statement = (
        delete(PasskeyChallenge)
        .where(
            PasskeyChallenge.challenge == answered_challenge(client_data),
            PasskeyChallenge.holder_hash == _holder_hash(settings, holder),
            PasskeyChallenge.expires_at > clock.now(),
        )
        .returning(PasskeyChallenge.challenge)
    )
    async with database.transaction() as uow:
        taken = (await uow.execute(statement)).scalar_one_or_none()
    if taken is None:  # raised after the commit: the challenge must stay used
        raise SignInFailed(TOO_LATE)
    return taken


def browser_of(holder: str) -> str:
    """``holder``: what the cookie of a browser says in which nobody has to be signed in."""
    return f"browser {holder}"


def _holder_hash(settings: Settings, holder: str) -> bytes:
    return keyed_hash(settings, "passkey challenge", holder)
