"""Nobody waits for somebody else's campaign."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.carriers.fake import FakeCarrier
from pawline.consent.service import SENDABLE
from pawline.deliveries.claiming import CLAIM
from pawline.deliveries.service import enqueue
from pawline.deliveries.tests.scene import Scene, add_number

# Servers of the database tell of their reading at most once a second.
STATISTICS_LAG = 1.5
CLAIMS = 20


async def test_every_practice_gets_its_turn(scene: Scene) -> None:
    """P-19: Riverside's one text is claimed with Northside's first, not after all of them."""
    numbers = [await add_number(scene.world, scene.world.other_clinic_id, carrier=scene.carrier.name)]
    for number in (scene.number, *numbers):
        for index in range(20):
            await scene.queue(number=number, to_number=f"+121255540{index:02}")
    riverside = await _riverside_queues(scene)

    assert riverside in [each.id for each in await scene.claim(2)]


@pytest.mark.slow
async def test_a_long_queue_costs_a_claim_nothing(scene: Scene) -> None:
    """F-41: 20,000 texts of one number wait, and a claim reads no more than when few did."""
    for number in range(CLAIMS):
        await scene.queue(is_automatic=True, to_number=f"+121255530{number:02}")
    few = await _read_by_claims(scene)
    await scene.queue(is_automatic=True)
    for first in range(1, 20_000, 4_000):  # in portions: a busy machine needs longer for all of them than a statement may take
        await _copy(scene, first=first, last=first + 3_999)
    await scene.rows("ANALYZE delivery")
    many = await _read_by_claims(scene)

    assert many < few + CLAIMS * 1000


def test_consent_is_part_of_the_one_statement_that_claims() -> None:
    """I4."""
    assert SENDABLE in CLAIM
    assert 1 == CLAIM.count("SKIP LOCKED\n),\njudged")
    assert ";" not in CLAIM.replace("; ", "")


async def _copy(scene: Scene, *, first: int, last: int) -> None:
    """What this reads is told at once: left to itself, a connection that falls idle tells of it up to ten seconds later."""
    async with scene.database.transaction() as uow:
        await uow.connection.execute(_COPIES, {"practice_id": scene.practice_id, "first": first, "last": last})
        await uow.connection.execute(text("SELECT pg_stat_force_next_flush()"))


async def _read_by_claims(scene: Scene) -> int:
    """How many rows of deliveries CLAIMS claims look at."""
    await asyncio.sleep(STATISTICS_LAG)
    before = (await scene.rows(_READ_SO_FAR))[0][0]
    for _ in range(CLAIMS):
        await scene.rows("UPDATE number SET free_from = now() WHERE practice_id = :practice_id")
        assert 1 == len(await scene.claim(8))
    await asyncio.sleep(STATISTICS_LAG)
    return (await scene.rows(_READ_SO_FAR))[0][0] - before


async def _riverside_queues(scene: Scene) -> UUID:
    world, carrier = scene.world, FakeCarrier(name=scene.carrier.name)
    northside = (world.practice_id, world.ada)
    world.practice_id, world.callers["ada"] = world.riverside_id, world.rita
    number = await add_number(world, world.riverside_clinic_id, carrier=carrier.name)
    world.practice_id, world.callers["ada"] = northside
    async with scene.database.transaction() as uow:
        return await enqueue(uow, UUID(world.riverside_id), scene.draft(number=number))


_READ_SO_FAR = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'delivery'"
_COPIES = text("""
    INSERT INTO delivery (practice_id, id, clinic_id, number_id, carrier, from_number, to_number, category, is_automatic,
        confirms_opt_out, request_key, body, segments, state, carrier_code, claims, fence, due_at, queued_at)
    SELECT practice_id, gen_random_uuid(), clinic_id, number_id, carrier, from_number, '+1212' || (5000000 + n), category,
        is_automatic, confirms_opt_out, gen_random_uuid(), body, segments, state, carrier_code, claims, fence, due_at, queued_at
    FROM (SELECT * FROM delivery WHERE practice_id = :practice_id AND state = 'queued' LIMIT 1) queued,
        generate_series(CAST(:first AS int), CAST(:last AS int)) n
""")
