"""Northside texts: its number, clinic hours, and phones to text from, on the product's own rules and database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from pawline.carriers.fake import FakeCarrier
from pawline.carriers.interface import InboundText, MediaLink, OptOutRules
from pawline.families.numbers import add_number
from pawline.platform import clock
from pawline.practices.models import ClinicHours
from pawline.texting.desk import TextingDesk
from pawline.texting.models import Number, TextingSettings
from pawline.texting.receiving import receive_text
from tests.world import Caller, Json, World

OLIVE = "+14155550117"
UNKNOWN = "+14155550134"
AFTER_HOURS = "+1 212-555-0199"
# A Tuesday: at ten the clinic is open, at 21:40 it is not.
DAY = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 18, 2, 40, tzinfo=UTC)
TOLL_FREE_RULES = OptOutRules(stop={"STOP"}, start={"START", "UNSTOP"})
_NUMBERS = (f"+1888555{number:04}" for number in count(2000))
_IDS = count(1)


@dataclass
class Texting:
    world: World
    desk: TextingDesk
    carrier: FakeCarrier
    number: str
    number_id: UUID
    now: datetime = DAY
    order: list[str] = field(default_factory=list[str])

    @property
    def practice_id(self) -> UUID:
        return UUID(self.world.practice_id)

    def set_time(self, now: datetime) -> None:
        self.now = now
        clock.set_clock(lambda: self.now)

    def advance(self, **step: float) -> None:
        self.set_time(self.now + timedelta(**step))

    async def receive(self, body: str, *, from_: str = UNKNOWN, media: Sequence[MediaLink] = (), carrier_id: str = "") -> None:
        """A text comes in; the clock moves on by a second, as it does between two real ones."""
        inbound = InboundText(
            carrier_message_id=carrier_id or f"SM{next(_IDS):08}",
            from_number=from_,
            to_number=self.number,
            body=body,
            media=media,
        )
        await receive_text(self.desk, "fake", inbound)
        self.advance(seconds=1)

    async def sent_to(self, number: str) -> list[str]:
        """What is on its way or was sent, oldest first."""
        rows = await self.rows(
            "SELECT body FROM delivery WHERE practice_id = :practice_id AND to_number = :number AND state <> 'cancelled' "
            "ORDER BY queued_at, id",
            number=number,
        )
        return [row.body for row in rows]

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        async with self.desk.database.transaction() as uow:
            found = await uow.execute(text(statement), {"practice_id": UUID(self.world.practice_id), **values})
            return list(found.all())

    async def thread_of(self, number: str) -> Json:
        """As Nora sees it."""
        [row] = await self.rows(
            "SELECT DISTINCT thread_id FROM conversation WHERE practice_id = :practice_id AND contact_number = :number",
            number=number,
        )
        return await self.world.nora.thread(str(row.thread_id))

    async def entries(self, number: str) -> list[tuple[str, str, str]]:
        """(kind, author, body) of everything in the number's thread."""
        return [(entry["kind"], entry["author_name"], entry["body"]) for entry in (await self.thread_of(number))["messages"]]

    async def conversation_of(self, number: str) -> Json:
        """The latest text conversation with the number."""
        found = [each for each in (await self.thread_of(number))["conversations"] if each["contact_number"] == number]
        return found[-1]

    async def reply(self, number: str, body: str, **values: Any) -> Any:
        """Nora answers by text."""
        thread, conversation = await self.thread_of(number), await self.conversation_of(number)
        draft = {"client_id": str(uuid4()), "body": body, "text_conversation_id": conversation["id"], **values}
        response = await self.world.nora.send("POST", f"/threads/{thread['thread_id']}/messages", draft)
        self.advance(seconds=1)
        return response


async def set_texting(world: World) -> Texting:
    """Northside has an enabled toll-free number, opens on weekdays from 8 to 18, and knows Olive's number."""
    carrier = FakeCarrier(rules=TOLL_FREE_RULES)
    number, number_id = next(_NUMBERS), uuid4()
    practice_id, clinic_id = UUID(world.practice_id), UUID(world.clinic_id)
    async with world.product.database.transaction() as uow:
        await uow.execute(
            insert(Number).values(_number_row(practice_id, clinic_id, UUID(world.nora.id), id=number_id, number=number))
        )
        await uow.execute(
            insert(TextingSettings).values(practice_id=practice_id, clinic_id=clinic_id, after_hours_number=AFTER_HOURS)
        )
        span = {"opens_at": time(8), "closes_at": time(18)}
        rows = [{"practice_id": practice_id, "clinic_id": clinic_id, "weekday": weekday, **span} for weekday in range(5)]
        await uow.execute(insert(ClinicHours), rows)
        await uow.execute(
            text("UPDATE clinic SET phone = '+1 212-555-0142' WHERE practice_id = :practice_id AND id = :id"),
            {"practice_id": practice_id, "id": clinic_id},
        )
        await add_number(uow, practice_id, UUID(world.olive.id), number=OLIVE)
    texting = Texting(
        world, TextingDesk(world.product.settings, world.product.database, {"fake": carrier}), carrier, number, number_id
    )
    texting.set_time(DAY)
    return texting


def _number_row(practice_id: UUID, clinic_id: UUID, nora_id: UUID, **values: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "practice_id": practice_id,
        "clinic_id": clinic_id,
        "kind": "toll_free",
        "state": "enabled",
        "carrier": "fake",
        "policy_version": "1",
        "policy_accepted_by_id": nora_id,
        "policy_accepted_at": now,
        "requested_by_id": nora_id,
        "requested_at": now,
        "assigned_at": now,
        "enabled_at": now,
        **values,
    }


async def share_number(texting: Texting, contact: Caller, number: str = OLIVE) -> None:
    """This contact has Olive's number too."""
    async with texting.desk.database.transaction() as uow:
        await add_number(uow, texting.practice_id, UUID(contact.id), number=number)
