"""Short words for what the tests of the schedule do again and again. All happens in New York, where the clinic is."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx

from pawline.platform import clock
from tests.world import Caller, Json, World

ZONE = ZoneInfo("America/New_York")


def today() -> date:
    return clock.now().astimezone(ZONE).date()


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def draft(world: World, **values: Any) -> Json:
    """Pixel comes to Dr Vane the day after tomorrow at half past ten, unless told otherwise."""
    pet = {"clinic_id": world.clinic_id, "family_id": world.family_id, "pet_id": world.pixel_id}
    what = {"on_date": in_days(2), "at": "10:30", "minutes": 30, "kind": "Check-up", "staff_id": world.vane.id}
    return {**pet, **what, **values}


async def ask_to_book(world: World, *, by: Caller | None = None, key: str | None = None, **values: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return await (by or world.nora).send("POST", "/appointments", draft(world, **values), headers=headers)


async def book(world: World, **values: Any) -> Json:
    response = await ask_to_book(world, **values)
    assert 201 == response.status_code, response.text
    return response.json()


async def change(world: World, appointment: Json, **values: Any) -> httpx.Response:
    """From what ``appointment`` showed."""
    body = {"revision": appointment["revision"], **values}
    return await world.nora.send("PATCH", f"/appointments/{appointment['id']}", body)


async def changed(world: World, appointment: Json, **values: Any) -> Json:
    response = await change(world, appointment, **values)
    assert 200 == response.status_code, response.text
    return response.json()


async def cancel(world: World, appointment: Json) -> Json:
    response = await world.nora.send("POST", f"/appointments/{appointment['id']}/cancel")
    assert 200 == response.status_code, response.text
    return response.json()


async def day(world: World, on_date: str | None = None, *, by: Caller | None = None) -> Json:
    asked = {"date": on_date} if on_date else {}
    response = await (by or world.nora).get("/schedule", clinic_id=world.clinic_id, **asked)
    assert 200 == response.status_code, response.text
    return response.json()


async def book_at(world: World, moment: datetime, **values: Any) -> Json:
    local = moment.astimezone(ZONE)
    return await book(world, on_date=local.date().isoformat(), at=f"{local:%H:%M}", **values)
