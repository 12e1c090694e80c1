"""E-mails about what is back in the queue while its family waits."""

from pawline.inbox.out_of_sight import return_unseen_now
from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.returned_mails import HEADLINE
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_hand_off_mails import look
from pawline.notifications.tests.test_questions_ended_mails import TEAM, seen
from tests.world import Json


async def taken_by_nora(scene: Scene) -> Json:
    world = scene.world
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    return await act(world.nora, world.thread_id, "take", seen=await open_one(world.nora, world.thread_id))


def told(scene: Scene) -> list[str]:
    """Who got an e-mail that it is back, as often as they got one."""
    return sorted(mail.to.split("@")[0] for mail in scene.mails_about_thread() if mail.subject == HEADLINE)


async def test_a_family_that_waited_for_somebody_does_not_wait_for_nobody(scene: Scene) -> None:
    """C16: Toby sees the family no more; the clinic's team is told once and why, and he himself is not, nor Hal elsewhere."""
    world = scene.world
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await act(world.nora, world.thread_id, "hand-off", seen=await open_one(world.nora, world.thread_id), staff_id=world.toby.id)
    await scene.run("UPDATE thread_grant SET until = granted_at + interval '1 ms' WHERE practice_id = :practice_id")
    scene.set_time(10)
    await return_unseen_now(world.product.database)
    await look(scene)
    scene.set_time(900)
    await look(scene)
    [mail, *_] = [mail for mail in scene.mails_about_thread() if mail.subject == HEADLINE]

    assert TEAM == told(scene)
    assert "Toby Reyes no longer has this family on their schedule, so this conversation is back in the queue" in mail.text
    assert f"/staff/threads/{world.thread_id}" in mail.text
    assert "limping" not in mail.text


async def test_whoever_is_there_may_look_first(scene: Scene) -> None:
    """C12, PA-20: Vane has the inbox open and does not look; after ten minutes all are told but Nora, who gave it back."""
    world = scene.world
    taken = await taken_by_nora(scene)
    scene.set_time(10)
    back = await act(world.nora, world.thread_id, "give-back", seen=taken)
    last = (await world.nora.thread(world.thread_id))["messages"][-1]
    await world.nora.read_up_to(world.thread_id, last["seq"])
    written: list[list[str]] = []
    for seconds in (20, 600, 611):
        scene.set_time(seconds)
        await seen(scene, world.vane)
        await look(scene)
        written.append(told(scene))

    assert None is back["assignment"]["staff_id"]
    assert [[], [], [name for name in TEAM if name != "nora"]] == written


async def test_what_is_looked_at_or_waits_for_nothing_needs_no_email(scene: Scene) -> None:
    """PA-20: Vane has read that it is back; and of what is answered nobody has to be told at all."""
    world = scene.world
    taken = await taken_by_nora(scene)
    back = await act(world.nora, world.thread_id, "give-back", seen=taken)
    last = (await world.vane.thread(world.thread_id))["messages"][-1]
    await world.vane.read_up_to(world.thread_id, last["seq"])
    await look(scene)
    taken = await act(world.nora, world.thread_id, "take", seen=back)
    await world.nora.post_text(world.thread_id, "Bring her in")
    await act(world.nora, world.thread_id, "give-back", seen=taken)
    scene.set_time(900)
    await look(scene)

    assert [] == told(scene)
