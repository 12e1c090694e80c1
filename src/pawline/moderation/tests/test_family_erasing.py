"""Erasing all that is kept of a family: nothing of it is left anywhere, and nothing of anybody else's is touched."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from pawline.moderation.tests.family_scene import (
    CANARY,
    OTHER_CANARY,
    erase_family,
    erasing_of,
    run_job,
    sow,
    state,
    texted,
)
from pawline.moderation.tests.sealing_scene import change, rows
from pawline.platform import clock
from pawline.platform.db import Database, Hint
from pawline.platform.files import FileStore, FilesUnavailable
from tests.leaks import files_of, tables_with
from tests.texting_scene import OLIVE, Texting, set_texting, share_number
from tests.world import World


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


async def sown(texting: Texting) -> tuple[Any, Any]:
    world = texting.world
    await texted(texting, CANARY)
    ours = await sow(texting, CANARY, owner=world.olive, thread_id=world.thread_id, family_id=world.family_id)
    others = await sow(texting, OTHER_CANARY, owner=world.kim, thread_id=world.other_thread_id, family_id=world.other_family_id)
    return ours, others


async def test_no_canary_of_the_family_is_left_and_all_of_others_are(texting: Texting) -> None:
    """P-17 and C14: every column of every table, text and bytes, and the files."""
    world, files = texting.world, FileStore(texting.world.product.settings.files_url)
    ours, others = await sown(texting)
    before, of_others = await tables_with(world.product, CANARY), await tables_with(world.product, OTHER_CANARY)
    answer = await erase_family(world.ada, world.family_id)
    await run_job(world, world.family_id)

    assert 202 == answer.status_code, answer.text
    assert {"message", "person", "pet", "inbound_event", "delivery", "push_subscription", "staff_draft"} <= set(before)
    assert [] == await tables_with(world.product, CANARY)
    assert of_others == await tables_with(world.product, OTHER_CANARY)
    for photo in ours.values():
        assert [] == await files_of(files, photo["id"])
    for photo in others.values():
        assert [] != await files_of(files, photo["id"])
    assert (await state(world.ada, world.family_id))["finished_at"] is not None


async def test_the_number_stays_only_where_it_keeps_a_promise(texting: Texting) -> None:
    """C14 and V2P-60: who said stop is not texted again, whoever enters the number anew; no other table has it."""
    world = texting.world
    await texted(texting, CANARY)
    await texting.receive("STOP", from_=OLIVE)
    await erase_family(world.ada, world.family_id)
    await change(world, "UPDATE delivery SET state = 'delivered' WHERE practice_id = :practice_id AND state NOT IN ('cancelled')")
    await run_job(world, world.family_id)

    left = set(await tables_with(world.product, OLIVE, practice_id=world.practice_id))
    assert left <= {"consent_event", "subscription", "carrier_block"}
    assert "consent_event" in left
    assert (await state(world.ada, world.family_id))["finished_at"] is not None


async def test_what_was_written_is_proved_and_counted_and_not_said(texting: Texting) -> None:
    """C14: ids, order, hash, kind of author and time stay; the thread says that it was erased, and by whom."""
    world = texting.world
    await sown(texting)
    query = (
        "SELECT m.id, m.seq, m.author_kind, m.created_at FROM message m "
        "WHERE m.practice_id = :practice_id AND m.thread_id = CAST(:id AS uuid) ORDER BY m.seq"
    )
    before = await rows(world, query, id=world.thread_id)
    await erase_family(world.ada, world.family_id)
    await run_job(world, world.family_id)
    thread = await world.nora.thread(world.thread_id)
    hashes = await rows(
        world,
        "SELECT length(s.body_sha256) AS long, s.content FROM sealed_message s JOIN message m ON m.id = s.message_id "
        "WHERE s.practice_id = :practice_id AND m.thread_id = CAST(:id AS uuid)",
        id=world.thread_id,
    )

    assert before == await rows(world, query, id=world.thread_id)
    assert {("", "Ada Lind")} == {(each["body"], each["erased_by_name"]) for each in thread["messages"]}
    assert ("Erased", {"Erased"}) == (thread["family"]["name"], {each["name"] for each in thread["family"]["contacts"]})
    assert [(32, None)] * len(before) == [(row.long, row.content) for row in hashes]


async def test_nobody_of_the_family_is_signed_in_from_that_moment(texting: Texting) -> None:
    """C14: before the job has begun, their sessions are closed, and what waited to be texted does not go out."""
    world = texting.world
    await texted(texting, "Hello")  # nothing is looked for, and no job runs here
    async with world.olive.live() as screen:
        await erase_family(world.ada, world.family_id)
        await screen.connection.wait_closed()
    answers = [(await person.get(f"/threads/{world.thread_id}")).status_code for person in (world.olive, world.omar)]
    waiting = await rows(world, "SELECT 1 FROM delivery WHERE practice_id = :practice_id AND state IN ('queued', 'leased')")

    assert [404, 404] == answers
    assert [] == waiting
    assert 200 == (await world.kim.get(f"/threads/{world.other_thread_id}")).status_code


@pytest.mark.parametrize(
    "dies_in",
    [
        "family_erasing.erase_some",
        "family_erasing.erase_around",
        "family_erasing.erase_loose_files",
        "family_erasing.erase_copies",
        "sealed_copies.remove_all_files",
    ],
)
async def test_a_job_that_died_is_finished_by_the_sweep(texting: Texting, monkeypatch: pytest.MonkeyPatch, dies_in: str) -> None:
    """P-17 and C14: wherever it died, and whatever of the step was done."""
    world = texting.world
    await sown(texting)
    await erase_family(world.ada, world.family_id)

    async def killed(*_: object, **__: object) -> None:
        raise FilesUnavailable

    monkeypatch.setattr(f"pawline.moderation.{dies_in}", killed)
    with pytest.raises(FilesUnavailable):
        await run_job(world, world.family_id)
    monkeypatch.undo()
    unfinished = await state(world.ada, world.family_id)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=1))
    await erasing_of(world).sweep()
    done = await state(world.ada, world.family_id)
    await run_job(world, world.family_id)  # once more does nothing

    assert unfinished["finished_at"] is None
    assert done["messages"] == done["erased"] > 0
    assert done == await state(world.ada, world.family_id)
    assert [] == await tables_with(world.product, CANARY)


async def test_a_text_whose_outcome_is_unknown_is_waited_for(texting: Texting) -> None:
    """C14: until then the carrier's list is searched for its words; the erasure says that it is not done."""
    world = texting.world
    await texted(texting, CANARY)
    await change(world, "UPDATE delivery SET state = 'unknown' WHERE practice_id = :practice_id AND state = 'queued'")
    await erase_family(world.ada, world.family_id)
    await run_job(world, world.family_id)
    before = await state(world.ada, world.family_id)
    await change(world, "UPDATE delivery SET state = 'delivered' WHERE practice_id = :practice_id AND state = 'unknown'")
    await run_job(world, world.family_id)

    assert before["finished_at"] is None
    assert (await state(world.ada, world.family_id))["finished_at"] is not None
    assert [] == await tables_with(world.product, CANARY)


async def test_a_number_shared_with_another_family_stays_theirs(texting: Texting) -> None:
    """C14 and V2P-60: the other contact is texted as before, and what was texted to them alone is kept."""
    world = texting.world
    await texted(texting, CANARY)
    await share_number(texting, world.kim)
    await erase_family(world.ada, world.family_id)
    await change(world, "UPDATE delivery SET state = 'delivered' WHERE practice_id = :practice_id AND state NOT IN ('cancelled')")
    await run_job(world, world.family_id)
    numbers = await rows(world, "SELECT contact_id, number FROM contact_number WHERE practice_id = :practice_id")
    await texting.receive("Hello from Kim", from_=OLIVE)
    thread = await texting.thread_of(OLIVE)

    assert [(world.kim.id, OLIVE)] == [(str(row.contact_id), row.number) for row in numbers]
    assert (world.other_family_id, ["Hello from Kim"]) == (
        thread["family"]["id"],
        [each["body"] for each in thread["messages"] if each["author_kind"] == "contact"],
    )
    assert [] == await tables_with(world.product, CANARY)


async def test_it_takes_the_name_and_a_reason(world: World) -> None:
    """C14: nothing brings a family back, so nobody erases it by one press, nor another one by mistake."""
    answers = [
        await erase_family(world.ada, world.family_id, **odd)
        for odd in ({"name": "Berg"}, {"name": ""}, {"reason": "  "}, {"reason": "a\x00b"})
    ]

    assert [422] * 4 == [answer.status_code for answer in answers]
    assert await state(world.ada, world.family_id) is None
    assert "Hart family" == (await world.nora.thread(world.thread_id))["family"]["name"]


async def test_erasing_twice_is_erasing_once(world: World) -> None:
    """C14: the first name and the first reason stand, and PostgreSQL refuses to change them."""
    first = (await erase_family(world.ada, world.family_id)).json()
    again = await erase_family(world.helen, world.family_id, name="Erased", reason="Another one")
    record = "SELECT staff_id, staff_name, reason FROM family_erasure WHERE practice_id = :practice_id"

    assert (202, first) == (again.status_code, again.json())
    assert [(world.ada.id, "Ada Lind", "By letter of 3 May")] == [
        (str(row.staff_id), row.staff_name, row.reason) for row in await rows(world, record)
    ]
    with pytest.raises(DBAPIError, match="append-only"):
        await change(world, "UPDATE family_erasure SET reason = '' WHERE practice_id = :practice_id")


async def test_nobody_else_erases(world: World) -> None:
    """C14, 2.6 and I10: no senior or basic staff, no contact, nobody of another practice."""
    names = ("nora", "vane", "toby", "hal", "olive", "omar", "kim", "rita", "stranger")
    answers = {name: (await erase_family(world.callers[name], world.family_id)).status_code for name in names}
    looks = {name: (await world.callers[name].get(f"/families/{world.family_id}/erasure")).status_code for name in names}

    expected = dict.fromkeys(names, 404) | dict.fromkeys(("nora", "vane", "toby", "hal"), 403)
    assert expected == answers == looks
    assert "Hart family" == (await world.olive.thread(world.thread_id))["family"]["name"]


async def test_an_administrator_leaves_what_other_clinics_have(world: World) -> None:
    """C14 and I10: a family that is also with a clinic that is not theirs is for the practice owner."""
    await change(
        world,
        "INSERT INTO thread (practice_id, id, family_id, clinic_id, last_seq, revision, last_message_at, created_at) "
        "VALUES (:practice_id, gen_random_uuid(), CAST(:family AS uuid), CAST(:clinic AS uuid), 0, 0, now(), now())",
        family=world.family_id,
        clinic=world.other_clinic_id,
    )
    answers = [(await erase_family(person, world.family_id)).status_code for person in (world.ada, world.helen)]

    assert [403, 202] == answers


async def test_screens_hear_of_it(world: World) -> None:
    """C14: whoever has the thread open sees at once that it is erased, and then each step of it."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    hints: list[Hint] = []
    database = Database(world.product.database.url, connections=2)
    database.publish_with(hints.append, lambda: None)
    async with world.nora.live() as screen:
        await erase_family(world.ada, world.family_id)
        frame = await screen.next("thread_anew")
    await run_job(world, world.family_id, database=database)
    await database.close()

    told = [hint.about for hint in hints if str(hint.id) == world.thread_id]
    assert (world.thread_id, world.thread_id) == (frame["thread_id"], frame["kept_id"])
    assert ["thread", "thread", "thread_anew"] == told
