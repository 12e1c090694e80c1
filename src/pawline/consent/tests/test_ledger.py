"""The ledger can only grow, and the state is what it adds up to."""

import asyncio
from itertools import count, pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pawline.consent.service import SENDABLE, Category, Cause, Source, block, clear_block, may_send, opt_in, opt_out, record
from pawline.consent.tests.scene import OLIVES_NUMBER, Scene
from pawline.platform.db import UnitOfWork

Step = tuple[str, Cause | None, tuple[Category, ...]]
CAUSES = st.sampled_from(list(Cause)).map(lambda cause: ("cause", cause, ()))
CHOICES = st.tuples(
    st.sampled_from(["out", "in", "block", "clear"]), st.none(), st.lists(st.sampled_from(list(Category)), unique=True).map(tuple)
)
HISTORIES = st.lists(st.one_of(CAUSES, CHOICES), max_size=12)
_CONTACTS = (f"+4477009{number:05}" for number in count())

_LEDGER = """
    SELECT id, layer, action, category, number_id, at FROM consent_event
    WHERE practice_id = :practice_id AND contact_number = :contact ORDER BY id
"""
_SUBSCRIPTIONS = """
    SELECT category, is_out, since, event_id FROM subscription
    WHERE practice_id = :practice_id AND contact_number = :contact
"""
_BLOCKS = "SELECT number_id, since, event_id FROM carrier_block WHERE practice_id = :practice_id AND contact_number = :contact"
_SENDABLE = f"""
    SELECT {SENDABLE} FROM (SELECT
        CAST(:practice_id AS uuid) AS practice_id, CAST(:number_id AS uuid) AS number_id,
        CAST(:contact AS text) AS to_number, CAST(:category AS text) AS category) AS d
"""  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET reason = 'never happened' WHERE practice_id = :practice_id",
        "DELETE FROM consent_event WHERE practice_id = :practice_id",
    ],
)
async def test_the_database_refuses_to_change_what_was_decided(scene: Scene, statement: str) -> None:
    """C7: one ledger, append-only."""
    await scene.happens(Cause.CONTACT_STOPS, reason="STOP")
    with pytest.raises(DBAPIError, match="consent_event is append-only"):
        async with scene.world.product.database.transaction() as uow:
            await uow.execute(text(statement), {"practice_id": scene.practice_id})


async def apply(uow: UnitOfWork, scene: Scene, step: Step, *, contact: str) -> None:
    verb, cause, categories = step
    source = Source.CARRIER if verb in {"block", "clear"} else Source.CONTACT
    change = scene.change(contact_number=contact, categories=categories, source=source)
    if cause is not None:
        await record(uow, scene.practice_id, cause, change)
    else:
        await {"out": opt_out, "in": opt_in, "block": block, "clear": clear_block}[verb](uow, scene.practice_id, change)


# Each history is that of another contact, so that one world serves them all.
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
async def test_adding_up_the_ledger_gives_the_state(scene: Scene, history: list[Step]) -> None:
    """C4, V2P-86: whatever happened in whatever order. The predicate of the claim says the same as may_send."""
    contact = next(_CONTACTS)
    async with scene.world.product.database.transaction() as uow:
        for step in history:
            await apply(uow, scene, step, contact=contact)
    opted: dict[str, tuple[bool, object, UUID]] = {}
    blocks: dict[UUID, tuple[object, UUID]] = {}
    for line in await scene.rows(_LEDGER, contact=contact):
        match line.action:
            case "in" | "out":
                opted[line.category] = (line.action == "out", line.at, line.id)
            case "blocked":
                blocks[line.number_id] = (line.at, line.id)
            case _:
                del blocks[line.number_id]

    assert opted == {row.category: tuple(row[1:]) for row in await scene.rows(_SUBSCRIPTIONS, contact=contact)}
    assert blocks == {row.number_id: tuple(row[1:]) for row in await scene.rows(_BLOCKS, contact=contact)}
    for category in Category:
        is_free = not blocks and not opted.get(category, (False,))[0]
        [[sendable]] = await scene.rows(_SENDABLE, number_id=scene.number_id, contact=contact, category=category)
        assert is_free == sendable
        assert is_free == (await scene.denial(category, to=contact) is None)


async def test_stop_and_start_at_the_same_moment_leave_one_story(scene: Scene) -> None:
    """C4: each waits for the other, so ledger and state never tell different ends."""
    for _ in range(5):
        said = [Cause.CONTACT_STOPS_AT_CARRIER, Cause.CONTACT_STARTS, Cause.CONTACT_STOPS_AT_CARRIER, Cause.CONTACT_WRITES]
        await asyncio.gather(*(scene.happens(cause, reason="x") for cause in said))
        lines = await scene.rows(_LEDGER, contact=OLIVES_NUMBER)
        last = {line.category or line.layer: line.action for line in lines}
        state = {row.category: "out" if row.is_out else "in" for row in await scene.rows(_SUBSCRIPTIONS, contact=OLIVES_NUMBER)}
        blocks = await scene.rows(_BLOCKS, contact=OLIVES_NUMBER)

        assert state == {category: action for category, action in last.items() if category != "carrier"}
        assert len(blocks) == (last["carrier"] == "blocked")
        for about in last:
            actions = [line.action for line in lines if about == (line.category or line.layer)]
            assert all(one != following for one, following in pairwise(actions))


async def test_fifty_stops_at_once_are_one(scene: Scene) -> None:
    """V2P-82: the same STOP, delivered many times over."""
    answers = await asyncio.gather(*(scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP") for _ in range(50)))

    assert [True] == [answer for answer in answers if answer]
    assert 4 == len(await scene.rows(_LEDGER, contact=OLIVES_NUMBER))


async def test_a_change_that_is_taken_back_leaves_no_line(scene: Scene) -> None:
    """Ledger and state are of one transaction."""
    async with scene.world.product.database.engine.connect() as connection:
        uow = UnitOfWork(connection)
        await record(uow, scene.practice_id, Cause.CONTACT_STOPS, scene.change())
        within = await may_send(
            uow, scene.practice_id, number_id=scene.number_id, contact_number=OLIVES_NUMBER, category=Category.TWO_WAY
        )
        await connection.rollback()

    assert within is not None
    assert {} == await scene.denied()
    assert [] == await scene.rows(_LEDGER, contact=OLIVES_NUMBER)
