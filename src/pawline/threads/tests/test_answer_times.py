"""How soon a clinic answered, measured from what was written."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, text

from pawline.platform import clock
from pawline.practices.hours import set_hours
from pawline.practices.models import ReplyTime
from pawline.practices.weekly_hours import ClinicHoursRules, Span, WeeklyHours
from pawline.threads.answer_times import measure_clinic, measure_reply_times, waits_of
from tests.world import Caller, Json, World

NOW = datetime(2026, 6, 12, 18, tzinfo=UTC)
RULES = ClinicHoursRules(WeeklyHours(dict.fromkeys(range(7), (Span(time(8), time(18)),))), "America/New_York")


async def say(world: World, who: Caller, at: datetime, *, thread_id: str = "", **values: Json) -> Json:
    """A message as if it had been written at ``at``."""
    message = await who.post_text(thread_id or world.thread_id, "Pixel", **values)
    moved = text("UPDATE message SET created_at = :at WHERE practice_id = :practice AND id = :id")
    async with world.product.database.transaction() as uow:
        await uow.execute(moved, {"at": at, "practice": world.practice_id, "id": message["id"]})
    return message


async def asked_and_answered(world: World, minutes: int, *, day: int, hour: int = 10) -> None:
    """At ``hour`` by the clinic's clock."""
    asked_at = datetime(2026, 6, day, 4, tzinfo=UTC) + timedelta(hours=hour)
    await say(world, world.olive, asked_at)
    await say(world, world.nora, asked_at + timedelta(minutes=minutes))


async def measured(world: World) -> tuple[int | None, int]:
    clock.set_clock(lambda: NOW)
    async with world.product.database.transaction() as uow:
        await set_hours(uow, UUID(world.practice_id), UUID(world.clinic_id), RULES)
        await measure_clinic(uow, UUID(world.practice_id), UUID(world.clinic_id))
    return await kept(world)


async def kept(world: World) -> tuple[int | None, int]:
    """What was measured last."""
    statement = select(ReplyTime.median_seconds, ReplyTime.replies).where(
        ReplyTime.practice_id == UUID(world.practice_id), ReplyTime.clinic_id == UUID(world.clinic_id)
    )
    async with world.product.database.transaction() as uow:
        row = (await uow.execute(statement)).one()
    return row.median_seconds, row.replies


async def test_the_middle_of_five_answers_counts(world: World) -> None:
    for day, minutes in enumerate((4, 300, 8, 17, 2), start=6):
        await asked_and_answered(world, minutes, day=day)

    assert (8 * 60, 5) == await measured(world)


async def test_fewer_than_five_are_too_few(world: World) -> None:
    for day in range(6, 10):
        await asked_and_answered(world, 5, day=day)

    assert (None, 4) == await measured(world)


async def test_only_the_first_message_of_a_burst_and_the_first_answer_count(world: World) -> None:
    begin = datetime(2026, 6, 11, 14, tzinfo=UTC)
    for who, minute in ((world.olive, 0), (world.omar, 9), (world.nora, 10), (world.vane, 11), (world.olive, 40)):
        await say(world, who, begin + timedelta(minutes=minute))

    assert ([timedelta(minutes=10)], 1) == await waits(world)


async def test_notes_automatic_texts_and_what_was_deleted_are_no_answers(world: World) -> None:
    begin = datetime(2026, 6, 11, 14, tzinfo=UTC)
    await say(world, world.olive, begin)
    await say(world, world.nora, begin + timedelta(minutes=1), kind="note")
    automatic = await say(world, world.nora, begin + timedelta(minutes=2))
    deleted = await say(world, world.nora, begin + timedelta(minutes=3))
    await world.nora.send("DELETE", f"/threads/{world.thread_id}/messages/{deleted['id']}")
    by_itself = text("UPDATE message SET author_kind = 'system' WHERE practice_id = :practice AND id = :id")
    async with world.product.database.transaction() as uow:
        await uow.execute(by_itself, {"practice": world.practice_id, "id": automatic["id"]})
    await say(world, world.nora, begin + timedelta(minutes=20))

    assert ([timedelta(minutes=20)], 1) == await waits(world)


async def test_what_came_at_night_or_long_ago_or_to_others_does_not_count(world: World) -> None:
    for day in range(6, 10):
        await asked_and_answered(world, 600, day=day, hour=20)
    await say(world, world.kim, datetime(2026, 6, 9, 15, tzinfo=UTC), thread_id=world.other_thread_id)
    await say(world, world.nora, datetime(2026, 6, 9, 16, tzinfo=UTC), thread_id=world.other_thread_id)
    await say(world, world.rolf, datetime(2026, 6, 9, 15, tzinfo=UTC), thread_id=world.riverside_thread_id)
    await say(world, world.rita, datetime(2026, 6, 9, 17, tzinfo=UTC), thread_id=world.riverside_thread_id)
    await say(world, world.olive, datetime(2026, 5, 9, 15, tzinfo=UTC))
    await say(world, world.nora, datetime(2026, 5, 9, 16, tzinfo=UTC))

    assert (None, 1) == await measured(world)


async def test_measuring_again_gives_the_same(world: World) -> None:
    for day in range(6, 11):
        await asked_and_answered(world, 12, day=day)

    assert (12 * 60, 5) == await measured(world) == await measured(world)


async def test_all_clinics_are_measured_in_turn(world: World) -> None:
    for day in range(6, 11):
        await asked_and_answered(world, 12, day=day)
    before = await measured(world)
    await asked_and_answered(world, 12, day=11)
    await measure_reply_times(world.product.database)

    assert (12 * 60, 5) == before
    assert (12 * 60, 6) == await kept(world)


async def waits(world: World) -> tuple[list[timedelta], int]:
    """How long each took, and how many counted."""
    _, count = await measured(world)
    async with world.product.database.transaction() as uow:
        found = await waits_of(uow, UUID(world.practice_id), UUID(world.clinic_id))
    return [wait.answered_at - wait.asked_at for wait in found], count
