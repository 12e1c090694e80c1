"""Browsers of the team are told of what nobody answers: it is for whoever is first."""

from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest
from http_ece import ECEException  # pyright: ignore[reportMissingTypeStubs]

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
