"""Removing what is over: new addresses that nobody confirmed, or did long ago."""

from datetime import timedelta

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import Database

KEPT_FOR = timedelta(days=30)
_SWEEPS = [  # tenancy: sweeps over all practices; they read nothing and remove only what has ended.
    text("DELETE FROM staff_address_change WHERE expires_at < :before"),
]


async def sweep_team(database: Database) -> None:
    async with database.transaction() as uow:
        for sweep in _SWEEPS:
            await uow.execute(sweep, {"before": clock.now() - KEPT_FOR})
