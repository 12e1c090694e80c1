"""Starting to text somebody whom another clinic treats, who has texted before, or whose number others have too."""

from typing import Any

import pytest

from pawline.reach.tests.scene import hand_over
from tests.texting_scene import OLIVE, UNKNOWN, Texting, share_number
from tests.world import Caller


async def start(texting: Texting, number: str = UNKNOWN, *, by: Caller | None = None, **values: Any) -> Any:
    body = {"clinic_id": texting.world.clinic_id, "number": number, **values}
    return await (by or texting.world.nora).send("POST", "/texting/conversations", body)


async def olive_is_treated_elsewhere(texting: Texting) -> None:
    """Only there, and she uses the app."""
    world = texting.world
    moved = (
        "UPDATE connection SET clinic_id = CAST(:to AS uuid) "
        "WHERE practice_id = :practice_id AND family_id = CAST(:family AS uuid) RETURNING pet_id"
    )
    await texting.rows(moved, to=world.other_clinic_id, family=world.family_id)
    joined = "UPDATE contact SET app_joined_at = now() WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id"
    await texting.rows(joined, id=world.olive.id)


async def test_whoever_another_clinic_treats_is_written_to_there(texting: Texting) -> None:
    """C17, PA-11: by somebody who works there too; what is offered can be opened."""
    world = texting.world
    await olive_is_treated_elsewhere(texting)

    refused = await start(texting, OLIVE, by=world.helen)

    offered = {error["field"]: error["message"] for error in refused.json()["errors"]}
    assert (409, "use_the_app") == (refused.status_code, refused.json()["code"])
    assert {"family_id": world.family_id, "clinic_id": world.other_clinic_id} == offered
    assert " and is treated at " in refused.json()["detail"]
    opened = await world.helen.send("POST", "/threads", {**offered, "title": "Blood results"})
    assert 200 == opened.status_code, opened.text


async def test_whoever_does_not_work_there_may_text(texting: Texting) -> None:
    """C17, PA-11: to Nora there is no chat with Olive, so nothing is in the way of a text."""
    await olive_is_treated_elsewhere(texting)

    started = await start(texting, OLIVE)

    assert (200, True) == (started.status_code, started.json()["is_new"])


async def test_where_chat_is_off_over_there_a_text_may_start(texting: Texting) -> None:
    """C9, C17: the hard stop is for those with whom chat is available."""
    world = texting.world
    await olive_is_treated_elsewhere(texting)
    await world.helen.send("PATCH", f"/clinics/{world.other_clinic_id}", {"is_app_chat_enabled": False})

    assert 200 == (await start(texting, OLIVE, by=world.helen)).status_code


@pytest.mark.parametrize("ends_first", [False, True])
async def test_a_guest_is_known_by_the_name_that_is_typed(texting: Texting, *, ends_first: bool) -> None:
    """V2P-27: while their conversation is open, and after it."""
    await texting.receive("hi do you see rabbits?")
    thread, conversation = await texting.thread_of(UNKNOWN), await texting.conversation_of(UNKNOWN)
    if ends_first:
        await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    started = await start(texting, first_name="Jordan", last_name="Lee")

    assert (thread["thread_id"], ends_first) == (started.json()["thread_id"], started.json()["is_new"])
    family = (await texting.world.nora.thread(thread["thread_id"]))["family"]
    assert ("Lee", "Jordan Lee") == (family["name"], family["contacts"][0]["name"])


async def test_nobody_who_has_a_name_is_renamed_by_a_number(texting: Texting) -> None:
    """V2P-27: what is on file was written down by somebody; nor does typing no name take one away."""
    await start(texting, OLIVE, first_name="Jordan", last_name="Lee")
    await texting.receive("hi")
    await start(texting)

    names = await texting.rows("SELECT name FROM person WHERE practice_id = :practice_id")
    assert "Olive Hart" in {row.name for row in names}
    assert "Jordan Lee" not in {row.name for row in names}


async def test_what_is_open_already_is_named(texting: Texting) -> None:
    """V2P-16: so that a title which somebody typed is not lost without a word."""
    first = await start(texting, first_name="Jordan", last_name="Lee", title="Rabbit food")

    again = await start(texting, title="Blood results")

    assert ("Rabbit food", True) == (first.json()["title"], first.json()["is_new"])
    assert ("Rabbit food", False) == (again.json()["title"], again.json()["is_new"])


async def test_a_number_of_two_families_is_open_in_one_thread_and_said_so_in_the_other(texting: Texting) -> None:
    """V2P-24, V2P-25, V2P-33: the line of each thread knows where."""
    world = texting.world
    await share_number(texting, world.kim)
    started = await start(texting, OLIVE, contact_id=world.kim.id)
    lines = {thread_id: await _line(texting, thread_id) for thread_id in (world.thread_id, world.other_thread_id)}

    assert world.other_thread_id == started.json()["thread_id"]
    assert (None, world.other_thread_id) == (
        lines[world.thread_id]["conversation_id"],
        lines[world.thread_id]["elsewhere"]["thread_id"],
    )
    assert (started.json()["conversation_id"], None) == (
        lines[world.other_thread_id]["conversation_id"],
        lines[world.other_thread_id]["elsewhere"],
    )


async def test_where_it_is_open_is_said_to_nobody_who_may_not_go_there(texting: Texting) -> None:
    """I10: Toby of basic staff was handed the one thread and not the other."""
    world = texting.world
    await share_number(texting, world.kim)
    await start(texting, OLIVE, contact_id=world.kim.id)
    await hand_over(world)
    assert 404 == (await world.toby.get(f"/threads/{world.other_thread_id}")).status_code

    line = await _line(texting, world.thread_id, to=world.toby)

    assert (None, None) == (line["conversation_id"], line["elsewhere"])


async def _line(texting: Texting, thread_id: str, *, to: Caller | None = None) -> Any:
    """The number that two have, as the thread's screen sees it."""
    answer = await (to or texting.world.nora).get(f"/threads/{thread_id}/texting")
    assert 200 == answer.status_code, answer.text
    return next(line for line in answer.json()["lines"] if line["number"] == OLIVE)
