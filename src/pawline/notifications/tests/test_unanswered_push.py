"""Browsers of the team are told of what nobody answers: it is for whoever is first."""

from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest
from http_ece import ECEException  # pyright: ignore[reportMissingTypeStubs]

from pawline.inbox.out_of_sight import return_unseen_now
from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.pushing import WebPush
from pawline.notifications.staff_pushing import StaffPush
from pawline.notifications.tests.push_service import BrowserKeys, PushService, push_service
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_staff_push import look, subscribe
from pawline.notifications.tests.test_web_push import loopback
from tests.texting_scene import UNKNOWN, set_texting

BURST = "New message from the Hart family, and nobody answers yet"


@pytest.fixture
async def service() -> AsyncGenerator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
async def push(scene: Scene) -> AsyncGenerator[StaffPush]:
    sender = WebPush(scene.settings, scene.world.product.database, find_address=loopback)
    await scene.run("DELETE FROM push_subscription")
    yield StaffPush(scene.world.product.database, sender)
    await sender.close()


def heard(service: PushService, keys: BrowserKeys) -> list[str]:
    """What one browser was told, in order: nobody else can read it."""
    told: list[str] = []
    for _, content in service.received:
        with suppress(ECEException):
            told.append(keys.read(content).body)
    return told


async def test_a_family_that_nobody_answers_rings_once_for_the_clinics_team(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """PA-27: senior and up, of that clinic, on duty; again when they wait anew. Not basic staff, Hal elsewhere, nor Rita."""
    world, told = scene.world, {}
    people = (world.nora, world.ada, world.helen, world.toby, world.hal, world.rita, world.vane)
    assert world.riverside_id != world.practice_id
    keys = {person.id: await subscribe(scene, person, service) for person in people}
    assert (await world.vane.send("PUT", "/duty", {"is_off": True})).is_success
    for seconds, body in ((10, "Pixel is limping"), (20, "Hello?")):
        scene.set_time(seconds)
        await world.olive.post_text(world.thread_id, body)
        await look(scene, push, seconds=seconds + 3)
    for person in people:
        told[person.name] = heard(service, keys[person.id])
    await world.nora.post_text(world.thread_id, "Bring her in")
    scene.set_time(40)
    await world.olive.post_text(world.thread_id, "When?")
    await look(scene, push, seconds=43)

    nobody: list[str] = []
    assert [[BURST]] * 3 + [nobody] * 4 == [told[person.name] for person in people]
    assert [BURST, BURST] == heard(service, keys[world.ada.id])


async def test_off_duty_oneself_hears_of_those_who_wait_still(scene: Scene, push: StaffPush, service: PushService) -> None:
    """C12: afterwards, and of what was answered meanwhile nothing."""
    world = scene.world
    keys = await subscribe(scene, world.vane, service)
    assert (await world.vane.send("PUT", "/duty", {"is_off": True})).is_success
    scene.set_time(10)
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await look(scene, push, seconds=13)
    await world.nora.post_text(world.other_thread_id, "Bring him in")
    assert [] == service.received
    assert (await world.vane.send("PUT", "/duty", {"is_off": False})).is_success
    await look(scene, push, seconds=30)

    assert [BURST] == heard(service, keys)


async def test_what_comes_back_while_its_family_waits_rings(scene: Scene, push: StaffPush, service: PushService) -> None:
    """C16, PA-27: Toby's day is over before he has answered; of what the family does not wait in, nobody is told."""
    world = scene.world
    keys = {person.id: await subscribe(scene, person, service) for person in (world.nora, world.vane, world.toby)}
    for person, thread_id in ((world.olive, world.thread_id), (world.kim, world.other_thread_id)):
        await person.post_text(thread_id, "How is she?")
        await act(world.nora, thread_id, "hand-off", seen=await open_one(world.nora, thread_id), staff_id=world.toby.id)
    await world.nora.post_text(world.other_thread_id, "Well!")
    scene.set_time(200)
    await scene.run("UPDATE thread_grant SET until = granted_at + interval '1 second' WHERE practice_id = :practice_id")
    await return_unseen_now(world.product.database)
    for seconds in (203, 206):
        await look(scene, push, seconds=seconds)

    back = "The Hart family waits for an answer, and the conversation is back with the team"
    assert [[back], [back], []] == [heard(service, each) for each in keys.values()]


async def test_whoever_gives_back_what_waits_tells_the_others(scene: Scene, push: StaffPush, service: PushService) -> None:
    """PA-20, PA-27: and taken again at once it rings nowhere."""
    world, thread_id = scene.world, scene.world.thread_id
    keys = {person.id: await subscribe(scene, person, service) for person in (world.nora, world.vane)}
    await world.olive.post_text(thread_id, "How is she?")
    for seconds, taker in ((200, None), (400, world.vane)):
        scene.set_time(seconds)
        taken = await act(world.nora, thread_id, "take", seen=await open_one(world.nora, thread_id))
        back = await act(world.nora, thread_id, "give-back", seen=taken)
        if taker is not None:
            await act(taker, thread_id, "take", seen=back)
        await look(scene, push, seconds=seconds + 3)

    assert [0, 1] == [len(heard(service, each)) for each in keys.values()]


async def test_while_whoever_answers_is_off_duty_the_team_hears(scene: Scene, push: StaffPush, service: PushService) -> None:
    """C12: from what is new since then, once until somebody answers; it names who is away. Vane himself has peace."""
    world, thread_id = scene.world, scene.world.thread_id
    keys = {person.id: await subscribe(scene, person, service) for person in (world.nora, world.vane)}
    scene.set_time(10)
    await world.olive.post_text(thread_id, "Pixel is limping")
    await act(world.vane, thread_id, "take", seen=await open_one(world.vane, thread_id))
    scene.set_time(100)
    assert (await world.vane.send("PUT", "/duty", {"is_off": True})).is_success
    for seconds in (110, 120):
        scene.set_time(seconds)
        await world.olive.post_text(thread_id, "Worse!")
        await look(scene, push, seconds=seconds + 3)

    away = "New message from the Hart family; Dr Sam Vane, who answers them, is off duty"
    assert [[away], []] == [heard(service, each) for each in keys.values()]


async def test_the_end_of_the_questions_to_a_stranger_rings(scene: Scene, push: StaffPush, service: PushService) -> None:
    """V2P-66: they were promised an answer; when they began to write, and when all is asked."""
    texting = await set_texting(scene.world)
    keys = await subscribe(scene, scene.world.vane, service)
    for body in ("hi", "Jordan", "Lee", "jordan@example.org"):
        await texting.receive(body)
        texting.advance(seconds=3)
        await push.push_now()

    told = heard(service, keys)
    assert 2 == len(told)
    assert told[0].startswith("New message from ")
    assert told[1].startswith("The automatic questions to ")
    assert "jordan@example.org" not in str(told)
    assert UNKNOWN not in told[1]
