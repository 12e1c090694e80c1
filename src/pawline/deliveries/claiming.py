"""Claiming: which texts go to the carriers now, decided in one statement with consent, order and pace."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any
from uuid import UUID

from pawline.consent.author_blocks import AUTHOR_IS_HEARD
from pawline.consent.service import SENDABLE
from pawline.deliveries.pace import Pace
from pawline.deliveries.states import SIGN_IN
from pawline.platform.db import Database
from pawline.platform.dedicated import DedicatedConnection

# Nothing of a bot goes out once the team or the contact stopped it; its last words go out after its last question.
BOT_GOES_ON = """(d.bot_run_id IS NULL OR EXISTS (
    SELECT FROM bot_run r
    WHERE r.practice_id = d.practice_id AND r.id = d.bot_run_id AND r.state IN ('asking', 'complete')
))"""
# Nothing goes out of a pet that died while the text waited: whoever records it need not know of texts.
PET_LIVES = """NOT EXISTS (
    SELECT FROM pet p WHERE p.practice_id = d.practice_id AND p.id = d.pet_id AND p.died_on IS NOT NULL
)"""
# A deletion cancels what waits. This is for what comes back to the queue after it: a try that failed for the moment.
MESSAGE_STANDS = """NOT EXISTS (
    SELECT FROM message m WHERE m.practice_id = d.practice_id AND m.id = d.message_id AND m.deleted_at IS NOT NULL
)"""
# What somebody wrote who has left since waits for a colleague to send it. This is for what they wrote in that very moment, and
# for what comes back to the queue.
AUTHOR_WORKS_HERE = """(d.message_id IS NULL OR d.bot_run_id IS NOT NULL OR NOT EXISTS (
    SELECT FROM staff_member s
    WHERE s.practice_id = d.practice_id AND s.id = d.requested_by_id AND s.left_at IS NOT NULL
))"""
# A code that waited for longer than it is good for helps nobody.
CODE_IS_FRESH = f"(d.category <> '{SIGN_IN}' OR d.queued_at > now() - interval '15 minutes')"
_FOLDER = files("pawline.deliveries")
CLAIM = (
    _FOLDER.joinpath("claiming.sql")
    .read_text()
    .format(
        sendable=SENDABLE,
        bot_goes_on=BOT_GOES_ON,
        pet_lives=PET_LIVES,
        message_stands=MESSAGE_STANDS,
        author_works_here=AUTHOR_WORKS_HERE,
        author_is_heard=AUTHOR_IS_HEARD,
        code_is_fresh=CODE_IS_FRESH,
    )
)
SECONDS_TO_NEXT = _FOLDER.joinpath("waking.sql").read_text()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A text that this worker holds while ``fence`` fits. ``verdict``: why it may not go out after all."""

    practice_id: UUID
    id: UUID
    fence: int
    message_id: UUID | None
    bot_run_id: UUID | None
    number_id: UUID
    carrier: str
    from_number: str
    to_number: str
    body: str
    verdict: str | None

    @property
    def hold(self) -> dict[str, Any]:
        """Binds a statement to this text, as long as nobody else took it over."""
        return {"practice_id": self.practice_id, "id": self.id, "fence": self.fence}


_FIELDS = tuple(field.name for field in fields(Claimed))


class Claims:
    """The worker's own connection for claiming."""

    def __init__(self, database: Database, carriers: Iterable[str], pace: Pace) -> None:
        self._connection = DedicatedConnection(database.url, "pawline claims")
        self._parameters = {
            "carriers": list(carriers),
            "lease": pace.lease,
            "most_claims": pace.most_claims,
            "circuit_pause": pace.circuit_pause,
        }

    async def claim(self, most: int) -> list[Claimed]:
        rows = await self._connection.fetch(CLAIM, {**self._parameters, "most": most})
        return [Claimed(**{name: getattr(row, name) for name in _FIELDS}) for row in rows]

    async def seconds_to_next(self) -> float | None:
        """None: nothing waits for a moment that is known."""
        return (await self._connection.fetch(SECONDS_TO_NEXT, {}))[0].seconds

    async def close(self) -> None:
        await self._connection.close()
