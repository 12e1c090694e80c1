"""Removing what is over: sign-ups and invitations that nobody can use any more."""

from datetime import timedelta

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import Database

KEPT_FOR = timedelta(days=30)
_SWEEPS = [  # tenancy: sweeps over all practices; they read nothing and remove only what has ended.
    text("DELETE FROM sign_up WHERE expires_at < :before"),
    text("DELETE FROM texted_sign_in WHERE expires_at < :before"),
    # A sign-up that began in an invitation's last minutes outlives it by a little.
    text("DELETE FROM family_invitation WHERE expires_at < CAST(:before AS timestamptz) - interval '1 hour'"),
]


async def sweep_joining(database: Database) -> None:
    async with database.transaction() as uow:
        for sweep in _SWEEPS:
            await uow.execute(sweep, {"before": clock.now() - KEPT_FOR})
