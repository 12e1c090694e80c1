"""A phone company gives an idle number to somebody else, who comes by a clinic's poster: to them the practice is new."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pawline.families.numbers import add_number, holders_of
from pawline.joining.tests.conftest import Entry, join_by_text
from tests.texting_scene import OLIVE, Texting
from tests.world import World

IDLE_SINCE = timedelta(days=181)


async def test_who_proves_a_number_that_lay_idle_sees_nothing_of_its_former_family(
    entry: Entry, world: World, texting: Texting
) -> None:
    """PA-16, C20 and section 8 of reliability.md: after 180 days without a word the number is nobody's history."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    now = datetime.now(UTC)
    texting.set_time(now + IDLE_SINCE)
    joined = await join_by_text(entry, texting, OLIVE)
    home = await entry.home()
    await texting.receive("Do you see rabbits?", from_=OLIVE)
    again = await join_by_text(entry, texting, OLIVE)
    async with texting.desk.database.transaction() as uow:
        holders = await holders_of(uow, texting.practice_id, OLIVE)
    [texted] = await texting.rows(
        "SELECT DISTINCT t.family_id FROM conversation v JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id "
        "WHERE v.practice_id = :practice_id AND v.contact_number = :number",
        number=OLIVE,
    )

    assert (201, "June Park", "Park family") == (
        joined.status_code,
        joined.json()["person"]["name"],
        joined.json()["family"]["name"],
    )
    assert ([], []) == (home["pets"], home["threads"])
    assert [joined.json()["person"]["id"]] == [str(holder.contact_id) for holder in holders]
    assert joined.json()["person"]["id"] == again.json()["person"]["id"]
    assert joined.json()["family"]["id"] == str(texted.family_id)


async def test_the_team_is_told_that_a_number_has_a_new_owner(entry: Entry, world: World, texting: Texting) -> None:
    """Once for each family that had it, where the team talks to them; the families see no word of it."""
    async with texting.desk.database.transaction() as uow:
        for person in (world.omar, world.kim):
            await add_number(uow, texting.practice_id, UUID(person.id), number=OLIVE)
    now = datetime.now(UTC)
    texting.set_time(now + IDLE_SINCE)
    await join_by_text(entry, texting, OLIVE)
    texting.set_time(now)
    lines = [
        (line["kind"], line["author_name"], line["body"])
        for thread_id in (world.thread_id, world.other_thread_id)
        for line in (await world.nora.thread(thread_id))["messages"]
    ]
    queue = [row["thread_id"] for row in (await world.nora.get("/inbox")).json()["rows"]]

    assert [("system", "Auto-reply")] * 2 == [(kind, author) for kind, author, _ in lines]
    assert lines[0][2].startswith(
        "Somebody has joined the app with +1 415-555-0117, which is on file for Olive Hart and by which nobody was heard of "
        "for 180 days."
    )
    assert "Ask Kim Sato for a number." in lines[1][2]
    assert {world.thread_id, world.other_thread_id} <= set(queue)
    assert [] == (await world.olive.thread(world.thread_id))["messages"]


async def test_who_was_heard_of_by_the_number_keeps_it(entry: Entry, world: World, texting: Texting) -> None:
    """PA-17: a text within the half year is enough."""
    now = datetime.now(UTC)
    texting.set_time(now + IDLE_SINCE / 2)
    await texting.receive("Still me", from_=OLIVE)
    texting.set_time(now + IDLE_SINCE)
    joined = await join_by_text(entry, texting, OLIVE)

    assert world.olive.id == joined.json()["person"]["id"]
