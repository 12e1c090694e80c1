"""Those who left and answered what is in the queue can still be asked for; nobody learns of others."""

from pawline.team.tests.scene import end_access, let_back_in
from tests.world import Caller, World


async def former_of(who: Caller) -> list[str]:
    return [each["name"] for each in (await who.get("/inbox/team")).json()["former"]]


async def answered_by(who: Caller, staff_id: str, state: str = "all") -> list[str]:
    answer = await who.get(f"/inbox?state={state}&former_id={staff_id}")
    assert 200 == answer.status_code, answer.text
    return [row["thread_id"] for row in answer.json()["rows"]]


async def test_who_left_is_chosen_for_what_they_answered(world: World) -> None:
    """V2P+7: open and ended, and not for a note of theirs."""
    await world.vane.post_text(world.thread_id, "Pixel may go home")
    await world.vane.post_text(world.other_thread_id, "Mochi bites", kind="note")
    before = (await former_of(world.nora), await answered_by(world.nora, world.nora.id))
    await end_access(world, world.vane)
    open_ones = await answered_by(world.nora, world.vane.id, "open")
    conversation = (await world.nora.thread(world.thread_id))["conversations"][0]
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{conversation['id']}/end")
    ended = await answered_by(world.nora, world.vane.id, "ended")

    assert [] == before[0]
    assert ["Dr Sam Vane"] == await former_of(world.nora)
    assert [world.thread_id] == open_ones
    assert [world.thread_id] == ended
    assert [] == await answered_by(world.nora, world.nora.id, "ended")


async def test_nobody_learns_of_whom_they_could_not_see(world: World) -> None:
    """PPB-26: at other clinics, at other practices, and as basic staff, who have no inbox."""
    await world.vane.post_text(world.thread_id, "Pixel may go home")
    await end_access(world, world.vane)
    of_hal = (await former_of(world.hal), await answered_by(world.hal, world.vane.id))
    of_rita = (await former_of(world.rita), await answered_by(world.rita, world.vane.id))
    refused = [
        (await who.get(path)).status_code
        for who in (world.toby, world.olive)
        for path in ("/inbox/team", f"/inbox?former_id={world.vane.id}")
    ]

    assert ["Dr Sam Vane"] == await former_of(world.helen)
    assert ([], []) == of_hal
    assert ([], []) == of_rita
    assert [403, 403, 404, 404] == refused


async def test_whoever_comes_back_is_a_colleague_again(world: World) -> None:
    await world.vane.post_text(world.thread_id, "Pixel may go home")
    await end_access(world, world.vane)
    await let_back_in(world, world.vane)

    assert [] == await former_of(world.nora)


async def test_what_was_deleted_names_nobody(world: World) -> None:
    message = await world.vane.post_text(world.thread_id, "Pixel may go home")
    await world.vane.send("DELETE", f"/threads/{world.thread_id}/messages/{message['id']}")
    await end_access(world, world.vane)

    assert [] == await former_of(world.nora)
