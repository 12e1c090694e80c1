"""Toby of basic staff, and the ways in which he comes to see the Hart family for a day."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.reach.service import end_grants, grant_until_day_ends
from tests.world import Json, World


def zone_before_midnight(*, hours_west: int = 0) -> str:
    """A zone in which it is eleven at night, or later, at this moment; or one so many hours further west."""
    hours_ahead = 23 - clock.now().hour
    ahead = (hours_ahead if hours_ahead <= 14 else hours_ahead - 24) - hours_west
    return f"Etc/GMT{-ahead:+d}"  # their names have the sign the other way round


async def set_zone(world: World, zone: str) -> None:
    body: Json = {"timezone": zone, "days": [], "holidays": []}
    answer = await world.ada.send("PUT", f"/clinics/{world.clinic_id}/hours", body)
    assert 200 == answer.status_code, answer.text


def next_midnight(zone: str) -> datetime:
    here = ZoneInfo(zone)
    tomorrow = clock.now().astimezone(here).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), here).astimezone(UTC)


async def hand_over(world: World, *, to: str = "toby", thread_id: str | None = None) -> datetime | None:
    async with world.product.database.transaction() as uow:
        return await grant_until_day_ends(
            uow, nora_acts(world), UUID(thread_id or world.thread_id), staff_id=UUID(world.callers[to].id)
        )


async def take_back(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await end_grants(uow, UUID(world.practice_id), UUID(world.thread_id), staff_id=UUID(world.toby.id))


def nora_acts(world: World) -> Actor:
    identity = UUID(world.nora.id)
    return Actor(UUID(world.practice_id), identity, identity, "staff", world.nora.name)


async def grants(world: World) -> list[Json]:
    """Those of Toby, oldest first."""
    statement = text("SELECT * FROM thread_grant WHERE practice_id = :practice_id AND staff_id = :staff_id ORDER BY granted_at")
    async with world.product.database.transaction() as uow:
        rows = await uow.execute(statement, {"practice_id": UUID(world.practice_id), "staff_id": UUID(world.toby.id)})
        return [dict(row) for row in rows.mappings()]


async def sees(world: World, who: str = "toby") -> bool:
    """The thread of the Hart family."""
    status = (await world.callers[who].get(f"/threads/{world.thread_id}")).status_code
    assert status in (200, 404), status
    return status == 200
