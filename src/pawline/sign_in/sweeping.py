"""Removing what is over: used codes, old failures, ended sessions."""

from datetime import timedelta

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import Database

KEPT_FOR = timedelta(days=30)
_SWEEPS = [  # tenancy: sweeps over all practices; they read nothing and remove only what has ended.
    text("DELETE FROM sign_in_code WHERE expires_at < :before"),
    text("DELETE FROM password_link WHERE expires_at < :before"),
    text("DELETE FROM second_step WHERE expires_at < :before"),
    text("DELETE FROM sign_in_failure WHERE failed_at < :before"),
    text("DELETE FROM login_session WHERE least(expires_at, idle_until, revoked_at) < :before"),
]


async def sweep_sign_in(database: Database) -> None:
    async with database.transaction() as uow:
        for sweep in _SWEEPS:
            await uow.execute(sweep, {"before": clock.now() - KEPT_FOR})
