"""Lock-out after failed tries, by account and by the address they come from."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select

from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.errors import TooManyRequests
from pawline.platform.security import keyed_hash
from pawline.platform.settings import Settings
from pawline.sign_in.models import SignInFailure

WINDOW = timedelta(minutes=15)
MOST_BY_ACCOUNT = 8
MOST_BY_ADDRESS = 40


@dataclass(frozen=True, slots=True)
class Try:
    """A try to get in: at which account, from which address. Only keyed hashes of both are stored."""

    account: str
    address: str


class Lockout:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def count(self, attempt: Try) -> None:
        """Count a try before it is judged, so that tries made at the same moment cannot outrun the limit.

        Raises:
            TooManyRequests: too many in the last 15 minutes.
        """
        async with self._database.transaction() as uow:
            for subject, most in self._subjects(attempt):
                # One at a time for each subject, so that the count below sees every other try.
                await uow.lock(subject.hex())
                statement = select(func.count(), func.min(SignInFailure.failed_at)).where(
                    SignInFailure.subject_hash == subject, SignInFailure.failed_at > clock.now() - WINDOW
                )
                row: Any = (await uow.execute(statement)).one()
                failures, first_at = row
                if failures >= most:
                    seconds = max(1, int((first_at + WINDOW - clock.now()).total_seconds()))
                    minutes = -(-seconds // 60)
                    raise TooManyRequests(
                        f"Too many tries. Please wait {minutes} {'minute' if minutes == 1 else 'minutes'}.",
                        retry_after_seconds=seconds,
                    )
                await uow.execute(insert(SignInFailure).values(subject_hash=subject, failed_at=clock.now()))

    async def forgive(self, attempt: Try) -> None:
        """A try that succeeded was none: forget what the account gathered, and at the address this one try.

        The rest of the address stays counted, or signing in to an account of one's own would buy more tries at others.
        """
        (account, _), (address, _) = self._subjects(attempt)
        latest = select(func.max(SignInFailure.id)).where(SignInFailure.subject_hash == address).scalar_subquery()
        async with self._database.transaction() as uow:
            await uow.execute(delete(SignInFailure).where(SignInFailure.subject_hash == account))
            await uow.execute(delete(SignInFailure).where(SignInFailure.id == latest))

    def _subjects(self, attempt: Try) -> list[tuple[bytes, int]]:
        return [
            (keyed_hash(self._settings, "lock-out account", attempt.account), MOST_BY_ACCOUNT),
            (keyed_hash(self._settings, "lock-out address", attempt.address), MOST_BY_ADDRESS),
        ]
