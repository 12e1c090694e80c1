"""What people were told of two threads, once these have become one: nothing twice, and nothing never."""

from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.pushing import WebPush
from pawline.notifications.staff_pushing import StaffPush
from pawline.notifications.tests.push_service import push_service
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_staff_mails import begin, pet_of_kim
from pawline.notifications.tests.test_staff_push import look, subscribe
from pawline.notifications.tests.test_web_push import loopback

HOUR = 3600.0


async def merge(scene: Scene) -> None:
    """Olive's family becomes a part of Kim's."""
    body = {"source_family_id": scene.world.family_id}
    answer = await scene.world.ada.send("POST", f"/families/{scene.world.other_family_id}/merge", body)
    assert answer.is_success, answer.text


def sent_to(scene: Scene, name: str) -> int:
    return len([mail for mail in scene.mailbox.list_mails() if mail.to == scene.address_of(name)])


async def test_a_contact_is_told_neither_twice_nor_never(scene: Scene) -> None:
    """PPB-15: of what they were told of, not again; of what waited for the mail server, once it is back; of news, as ever."""
    world = scene.world
    await scene.write("How is her paw?")
    await scene.look(seconds=180)
    scene.set_time(190)
    await world.nora.post_text(world.other_thread_id, "How is Mochi?")
    scene.set_time(370)
    while await scene.without_server().tell_now():
        pass
    waiting = await scene.notices("kim")
    await merge(scene)
    await scene.look(seconds=400)
    after = [sent_to(scene, name) for name in ("olive", "omar", "kim")]
    await scene.look(seconds=2 * HOUR)

    assert [("queued", False)] == waiting
    assert [1, 1, 1] == after
    assert [2, 2, 1] == [sent_to(scene, name) for name in ("olive", "omar", "kim")], "the other's message is news to them"


async def test_staff_are_told_of_each_message_of_both_once(scene: Scene) -> None:
    """PPB-30: what was told in either thread is not told again in the one that stays; what was not yet told before is."""
    world = scene.world
    await begin(scene, "vane")
    await begin(scene, "vane", family_id=world.other_family_id, pet_id=await pet_of_kim(scene))
    scene.set_time(10)
    await world.olive.post_text(world.thread_id, "On my way")
    await scene.look_for_staff(seconds=11)
    scene.set_time(15)
    await world.olive.post_text(world.thread_id, "Late, I am afraid")
    scene.set_time(20)
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await scene.look_for_staff(seconds=21)
    before = sent_to_vane(scene)
    scene.set_time(25)
    await world.olive.post_text(world.thread_id, "She is bleeding")
    await merge(scene)
    await scene.look_for_staff(seconds=30)
    at_once = sent_to_vane(scene)
    await scene.look_for_staff(seconds=700)
    await scene.look_for_staff(seconds=2000)

    assert (3, 4, 4) == (before, at_once, sent_to_vane(scene))


def sent_to_vane(scene: Scene) -> int:
    """About these threads: every practice of the tests has a Dr Vane with this address."""
    threads = (scene.world.thread_id, scene.world.other_thread_id)
    mails = [mail for mail in scene.mailbox.list_mails() if mail.to.startswith("vane@")]
    return len([mail for mail in mails if any(each in mail.text for each in threads)])


async def test_a_browser_rings_once_for_what_moved(scene: Scene) -> None:
    """PPB-30: told in the thread that is gone, and not again in the one that stays; what comes then rings."""
    world = scene.world
    async with push_service() as service:
        push = StaffPush(world.product.database, sender := WebPush(scene.settings, world.product.database, find_address=loopback))
        await scene.run("DELETE FROM push_subscription")
        await subscribe(scene, world.vane, service)
        scene.set_time(10)
        await world.olive.post_text(world.thread_id, "Pixel is limping")
        await act(world.vane, world.thread_id, "take", seen=await open_one(world.vane, world.thread_id))
        await world.olive.post_text(world.thread_id, "Since the walk")
        await look(scene, push, seconds=13)
        await merge(scene)
        await look(scene, push, seconds=16)
        moved = len(service.received)
        await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
        await look(scene, push, seconds=19)
        await sender.close()

    assert (1, 2) == (moved, len(service.received))
