"""Lock-out after failed tries, by account and by the address they come from."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

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
    """A try to get in: at which account, from which address. Only keyed hashes of both are stored.

    ``crowd``: families in the waiting room and the team share the clinic's Wi-Fi, and count apart.
    """

    account: str
    address: str
    crowd: Literal["owner", "staff"] = "owner"


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

    async def forgive(self, attempt: Try, *, steps: int = 1) -> None:
        """A try that succeeded was none: forget what the account gathered, and at the address the ``steps`` it took.

        The rest of the address stays counted, or signing in to an account of one's own would buy more tries at others.
        """
        (account, _), (address, _) = self._subjects(attempt)
        own = select(SignInFailure.id).where(SignInFailure.subject_hash == address)
        latest = own.order_by(SignInFailure.id.desc()).limit(steps)
        async with self._database.transaction() as uow:
            await uow.execute(delete(SignInFailure).where(SignInFailure.subject_hash == account))
            await uow.execute(delete(SignInFailure).where(SignInFailure.id.in_(latest)))

    def _subjects(self, attempt: Try) -> list[tuple[bytes, int]]:
        return [
            (keyed_hash(self._settings, "lock-out account", attempt.account), MOST_BY_ACCOUNT),
            (keyed_hash(self._settings, f"lock-out address {attempt.crowd}", attempt.address), MOST_BY_ADDRESS),
        ]
