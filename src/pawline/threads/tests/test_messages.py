"""Posting, repeating, deleting and paging messages over real HTTP."""

import uuid

from tests.world import World


async def test_owner_and_team_write_into_one_thread(world: World) -> None:
    """PPB-14: messages of every team member go into the same thread, each with its author. PPB-11, PPB-13."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.omar.post_text(world.thread_id, "since the walk")
    await world.nora.post_text(world.thread_id, "Can he put weight on it?")
    await world.vane.post_text(world.thread_id, "Bring him in at two")

    messages = (await world.olive.thread(world.thread_id))["messages"]

    assert ["Olive Hart", "Omar Hart", "Nora Ames", "Dr Sam Vane"] == [message["author_name"] for message in messages]
    assert [1, 2, 3, 4] == [message["seq"] for message in messages]


async def test_same_client_id_and_body_is_the_same_message(world: World) -> None:
    """I6: one client-made id of an author makes at most one message; other content under it is a conflict."""
    draft = {"client_id": str(uuid.uuid4()), "body": "Hello"}
    first = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft)
    again = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft)
    other = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", {**draft, "body": "Bye"})

    assert (201, 200, 409) == (first.status_code, again.status_code, other.status_code)
    assert first.json() == again.json()
    assert "client_id_reused" == other.json()["code"]
