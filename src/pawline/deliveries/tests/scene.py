"""Northside's text number at a carrier in memory, and short words for what happens to its texts."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, text

from pawline.carriers.fake import FakeCarrier
from pawline.carriers.interface import FailureReason, Receipt, ReceiptState
from pawline.consent.changes import Cause, ConsentChange, Source
from pawline.consent.service import record
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.claiming import Claimed, Claims
from pawline.deliveries.desk import SendingDesk
from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.pace import Pace
from pawline.deliveries.queries import delivery_views
from pawline.deliveries.receipts import record_receipt
from pawline.deliveries.service import DeliveryDraft, NumberRow, cancel_queued, enqueue
from pawline.deliveries.views import DeliveryView
from pawline.platform.db import Database, UnitOfWork
from pawline.texting.models import Number
from tests.world import World

OLIVE, OMAR = "+12125550101", "+12125550102"
_NUMBERS = (f"+1833555{number:04}" for number in count(100))

# Everything that takes minutes outside takes a fraction of a second here, save what a busy machine might outlive: the leases.
QUICK = Pace(
    poll=0.05,
    lease=60,
    longest_call=0.6,
    call_lease=60,
    sweep=0.05,
    shortest_wait=0.02,
    longest_wait=0.2,
    give_up_after=30,
    receipt_wait=0.3,
    search_wait=0.1,
    circuit_pause=0.3,
    farewell=1,
)


@dataclass
class Scene:
    world: World
    number: NumberRow
    carrier: FakeCarrier
    touched: list[UUID] = field(default_factory=list[UUID])

    @property
    def database(self) -> Database:
        return self.world.product.database

    @property
    def practice_id(self) -> UUID:
        return UUID(self.world.practice_id)

    async def touch(self, uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
        """Locks the thread, as the product's own does."""
        await uow.execute(_LOCK_THREAD, {"practice_id": practice_id, "id": message_id})
        self.touched.append(message_id)

    def desk(self, pace: Pace = QUICK) -> SendingDesk:
        return SendingDesk(self.database, {self.carrier.name: self.carrier}, self.touch, self.world.product.settings, pace)

    @asynccontextmanager
    async def dispatching(self, pace: Pace = QUICK) -> AsyncGenerator[Dispatcher]:
        carriers, settings = {self.carrier.name: self.carrier}, self.world.product.settings
        dispatcher = Dispatcher(self.database, carriers, self.touch, settings=settings, pace=pace)
        running = asyncio.create_task(dispatcher.run())
        try:
            yield dispatcher
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def claim(self, most: int = 32, *, pace: Pace = QUICK) -> list[Claimed]:
        claims = Claims(self.database, [self.carrier.name], pace)
        try:
            return await claims.claim(most)
        finally:
            await claims.close()

    async def leases_run_out(self) -> None:
        """As if whoever holds these texts had died a while ago."""
        await self.rows("UPDATE delivery SET leased_until = now() WHERE practice_id = :practice_id AND leased_until IS NOT NULL")

    async def send_claimed(self, *claimed: Claimed) -> None:
        await asyncio.gather(*(attempt_claimed(self.desk(), each) for each in claimed))

    async def message(self, body: str = "Pixel can come at four") -> UUID:
        return UUID((await self.world.nora.post_text(self.world.thread_id, body))["id"])

    def draft(self, body: str = "Pixel can come at four", **values: Any) -> DeliveryDraft:
        """To Olive, for no message, unless told otherwise."""
        fields: dict[str, Any] = {
            "number": self.number,
            "to_number": OLIVE,
            "body": body,
            "segments": 1,
            "category": "two_way",
            "request_key": uuid4(),
            **values,
        }
        return DeliveryDraft(**fields)

    async def queue(self, body: str = "Pixel can come at four", **values: Any) -> UUID:
        async with self.database.transaction() as uow:
            return await enqueue(uow, self.practice_id, self.draft(body, **values))

    async def queue_message(self, body: str = "Pixel can come at four", **values: Any) -> tuple[UUID, UUID]:
        """The ids of a new message and of its delivery."""
        message_id = await self.message(body)
        return message_id, await self.queue(body, message_id=message_id, **values)

    async def stop(self, number: str = OLIVE, *, cancels: bool = True) -> None:
        """As a texted STOP does it."""
        async with self.database.transaction() as uow:
            await self.stop_within(uow, number)
            if cancels:
                await cancel_queued(uow, self.practice_id, self.number.id, to_number=number)

    async def stop_within(self, uow: UnitOfWork, number: str = OLIVE) -> None:
        change = ConsentChange(contact_number=number, source=Source.CONTACT, number_id=self.number.id)
        await record(uow, self.practice_id, Cause.CONTACT_STOPS, change)

    async def receipt(self, delivery_id: UUID, state: ReceiptState, *, attempt: int = -1, **values: Any) -> bool:
        """For the latest attempt unless told otherwise."""
        attempt_id = (await self.attempts(delivery_id))[attempt].id
        receipt = Receipt(carrier_message_id=values.pop("carrier_message_id", f"id of {attempt_id}"), state=state, **values)
        async with self.database.transaction() as uow:
            key = AttemptKey(self.practice_id, delivery_id, attempt_id)
            return await record_receipt(uow, key, receipt, touch=self.touch)

    async def view(self, message_id: UUID) -> DeliveryView:
        async with self.database.transaction() as uow:
            return (await delivery_views(uow.connection, self.practice_id, [message_id]))[message_id]

    async def delivery(self, delivery_id: UUID) -> Row[Any]:
        return (await self.rows("SELECT * FROM delivery WHERE practice_id = :practice_id AND id = :id", id=delivery_id))[0]

    async def state(self, delivery_id: UUID) -> str:
        return (await self.delivery(delivery_id)).state

    async def attempts(self, delivery_id: UUID) -> list[Row[Any]]:
        return await self.rows(_ATTEMPTS, id=delivery_id)

    async def rows(self, statement: str, **values: Any) -> list[Row[Any]]:
        async with self.database.transaction() as uow:
            found = await uow.connection.execute(text(statement), {"practice_id": self.practice_id, **values})
            return list(found.all()) if found.returns_rows else []

    async def until_state(self, delivery_id: UUID, *states: str, within_seconds: float = 60) -> None:
        async def is_there() -> bool:
            return await self.state(delivery_id) in states

        await until(is_there, within_seconds=within_seconds)


async def until(is_true: Callable[[], Awaitable[bool]], *, within_seconds: float = 60) -> None:
    async with asyncio.timeout(within_seconds):
        while not await is_true():  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.02)


async def set_scene(world: World, *, rate: float = 1000) -> Scene:
    """A fast number; ``rate`` in segments a second."""
    carrier = FakeCarrier(name=f"fake {uuid4()}")
    return Scene(world, await add_number(world, world.clinic_id, carrier=carrier.name, rate=rate), carrier)


async def add_number(world: World, clinic_id: str, *, carrier: str, rate: float = 1000) -> NumberRow:
    row = NumberRow(id=uuid4(), clinic_id=UUID(clinic_id), number=next(_NUMBERS), carrier=carrier, rate=rate)
    async with world.product.database.transaction() as uow:
        await uow.execute(
            insert(Number).values(
                practice_id=UUID(world.practice_id),
                id=row.id,
                clinic_id=row.clinic_id,
                kind="toll_free",
                state="enabled",
                number=row.number,
                carrier=carrier,
                segments_per_second=rate,
                policy_accepted_at=datetime.now(UTC),
                requested_by_id=UUID(world.ada.id),
                requested_at=datetime.now(UTC),
            )
        )
    return row


_LOCK_THREAD = text("""
    SELECT t.id FROM thread t
    JOIN message m ON m.practice_id = t.practice_id AND m.thread_id = t.id
    WHERE m.practice_id = :practice_id AND m.id = :id FOR UPDATE OF t
""")
_ATTEMPTS = "SELECT * FROM delivery_attempt WHERE practice_id = :practice_id AND delivery_id = :id ORDER BY begun_at, id"
__all__ = ["OLIVE", "OMAR", "QUICK", "FailureReason", "Scene", "add_number", "set_scene", "until"]
