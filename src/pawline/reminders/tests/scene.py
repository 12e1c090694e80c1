"""Northside reminds Olive of Pixel, and what becomes of it on its way."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.pace import Pace
from pawline.platform import clock
from pawline.threads.entries import touch_message
from tests.texting_scene import OLIVE, Texting, set_texting
from tests.world import Caller, Json, World

DUE = "Hill Street: Pixel is due for a rabies vaccination. Call +1 212-555-0142 to book. Reply STOP to opt out."


@dataclass
class Reminding:
    texting: Texting

    @property
    def world(self) -> World:
        return self.texting.world

    def draft(self, **values: Any) -> Json:
        """A rabies vaccination of Pixel is due, unless told otherwise."""
        return {
            "clinic_id": self.world.clinic_id,
            "pet_id": self.world.pixel_id,
            "number": OLIVE,
            "category": "health_reminders",
            "service": "a rabies vaccination",
            **values,
        }

    def confirmation(self, at: datetime | None = None, **values: Any) -> Json:
        """Three days from now, unless told otherwise."""
        at = at or self.texting.now + timedelta(days=3)
        return self.draft(category="appointment_confirmations", service="", appointment_at=at.isoformat(), **values)

    async def send(self, draft: Json | None = None, *, by: Caller | None = None, key: UUID | None = None) -> httpx.Response:
        path = f"/contacts/{self.world.olive.id}/reminders"
        headers = {"Idempotency-Key": str(key or uuid4())}
        return await (by or self.world.nora).send("POST", path, draft or self.draft(), headers=headers)

    async def sent(self, draft: Json | None = None) -> Json:
        response = await self.send(draft)
        assert 201 == response.status_code, response.text
        return response.json()

    async def arrives(self, reminder: Json, *, state: str = "delivered") -> None:
        """The carrier took it, and said so at this moment."""
        times = {"accepted": ("accepted",), "sent": ("accepted", "sent"), "delivered": ("accepted", "sent", "delivered")}[state]
        columns = ", ".join(f"{each}_at = :now" for each in times)
        await self.texting.rows(
            f"UPDATE delivery SET state = :state, {columns} "  # noqa: S608 - the words are the test's own
            "WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id",
            id=reminder["id"],
            state=state,
            now=clock.now(),
        )

    async def dispatch(self, reminder: Json) -> None:
        """The production dispatcher hands it to the carrier in memory."""
        desk = self.texting.desk
        dispatcher = Dispatcher(desk.database, desk.carriers, touch_message, settings=desk.settings, pace=Pace(poll=0.05))
        running = asyncio.create_task(dispatcher.run())
        try:
            async with asyncio.timeout(60):
                while "queued" == (await self.shown(reminder))["delivery"]["state"]:  # noqa: ASYNC110 - it happens elsewhere
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def shown(self, reminder: Json) -> Json:
        """As the client's page shows it."""
        page = (await self.world.nora.get(f"/contacts/{self.world.olive.id}/reminders")).json()
        return next(each for each in page["reminders"] if each["id"] == reminder["id"])

    async def preview(self, draft: Json) -> Json:
        response = await self.world.nora.get(f"/contacts/{self.world.olive.id}/reminders/preview", **draft)
        assert 200 == response.status_code, response.text
        return response.json()

    async def opt(self, category: str, *, is_out: bool) -> None:
        change = {"number": OLIVE, "category": category, "is_out": is_out, "reason": "asked at the desk"}
        response = await self.world.nora.send("PUT", f"/contacts/{self.world.olive.id}/subscriptions", change)
        assert 200 == response.status_code, response.text

    async def copies(self) -> list[Json]:
        messages = (await self.texting.thread_of(OLIVE))["messages"]
        return [message for message in messages if message["kind"] == "reminder_copy"]

    async def lines(self) -> list[str]:
        """What only the team reads in Olive's thread."""
        return [body for kind, _, body in await self.texting.entries(OLIVE) if kind == "system"]


async def set_reminding(world: World) -> Reminding:
    """At noon in New York, where the clinic is, and nine in California, where Olive's number is from: day in both."""
    texting = await set_texting(world)
    texting.advance(hours=2)
    return Reminding(texting)
