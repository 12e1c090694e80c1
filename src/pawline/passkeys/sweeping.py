"""Removing challenges that nobody answered."""

from sqlalchemy import delete

from pawline.passkeys.models import PasskeyChallenge
from pawline.platform import clock
from pawline.platform.db import Database


async def sweep_passkeys(database: Database) -> None:
    async with database.transaction() as uow:
        await uow.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < clock.now()))
