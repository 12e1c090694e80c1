"""What the steps of sending work with, put together once by the dispatcher."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from pawline.carriers.interface import Carrier
from pawline.deliveries.pace import Pace
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.settings import Settings

Touch = Callable[[UnitOfWork, UUID, UUID], Awaitable[None]]
"""Lets every screen see a message of a practice anew. It locks the thread, so it comes before any lock on a delivery."""


@dataclass(frozen=True, slots=True)
class SendingDesk:
    database: Database
    carriers: Mapping[str, Carrier]
    touch: Touch
    settings: Settings
    pace: Pace

    async def touch_message(self, uow: UnitOfWork, practice_id: UUID, message_id: UUID | None) -> None:
        """A reminder is no message until somebody answers it."""
        if message_id is not None:
            await self.touch(uow, practice_id, message_id)
