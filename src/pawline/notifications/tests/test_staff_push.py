"""Browsers of the team: told of what waits for their owner, without what was written, and silent off duty."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.inbox.tests.scene import add_family
from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.pushing import PushWords, WebPush
from pawline.notifications.staff_pushing import StaffPush
from pawline.notifications.tests.push_service import BrowserKeys, PushService, push_service
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_web_push import loopback
from pawline.sign_in.sessions import Browser, start_session
from pawline.threads.tests.test_mentions import call
from tests.world import Caller

BROWSER = "/team-browser"
WORDS = "Her blood test is back"


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


async def subscribe(scene: Scene, person: Caller, service: PushService, *, only_on_duty: bool = False) -> BrowserKeys:
    keys = BrowserKeys()
    answer = await person.send("PUT", BROWSER, keys.subscription(f"https://push.example.org/{person.id}"))
    assert {"tells_this_browser": True, "only_on_duty": True}.items() <= answer.json().items(), answer.text
    if not only_on_duty:
        assert 200 == (await person.send("PATCH", BROWSER, {"only_on_duty": False})).status_code
    await scene.run(
        "UPDATE push_subscription SET endpoint = :endpoint WHERE endpoint LIKE :old",
        endpoint=f"{service.url}/{person.id}",
        old=f"%{person.id}",
    )
    return keys


async def look(scene: Scene, push: StaffPush, *, seconds: float) -> None:
    scene.set_time(seconds)
    for _ in range(2):
        await push.push_now()
        await push.catch_up_now()


async def test_who_answers_a_conversation_is_told_of_it_and_of_calls_without_the_words(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """PPB-30: a hand-off, the family's next message, and a note that calls; each once, to them alone, with where it stands."""
    world, thread_id = scene.world, scene.world.thread_id
    keys, _ = await subscribe(scene, world.vane, service), await subscribe(scene, world.nora, service)
    scene.set_time(10)
    await world.olive.post_text(thread_id, "Hello")
    await act(world.nora, thread_id, "hand-off", seen=await open_one(world.nora, thread_id), staff_id=world.vane.id, note=WORDS)
    await look(scene, push, seconds=13)
    await world.olive.post_text(thread_id, WORDS)
    await look(scene, push, seconds=16)
    await call(world.nora, thread_id, world.vane)
    await look(scene, push, seconds=19)
    told = [keys.read(content) for _, content in service.received]

    bodies = [
        "Nora Ames handed you a conversation with the Hart family",
        "New message from the Hart family",
        "Nora Ames mentioned you in a note about the Hart family",
    ]
    where = f"/staff/threads/{thread_id}"
    assert [PushWords("Northside Veterinary", body, thread_id, where) for body in bodies] == told


async def test_what_is_read_at_once_rings_nowhere(scene: Scene, push: StaffPush, service: PushService) -> None:
    """PPB-30: an open thread is seen anyway."""
    world = scene.world
    await subscribe(scene, world.vane, service)
    scene.set_time(10)
    await world.olive.post_text(world.thread_id, WORDS)
    note = await call(world.nora, world.thread_id, world.vane)
    await world.vane.read_up_to(world.thread_id, note["seq"])
    await look(scene, push, seconds=13)

    assert [] == service.received


async def test_off_duty_is_silent_for_whoever_wants_that(scene: Scene, push: StaffPush, service: PushService) -> None:
    """C12: the clinic was set to off duty; who did not ask for peace is told all the same."""
    world = scene.world
    await subscribe(scene, world.vane, service, only_on_duty=True)
    keys = await subscribe(scene, world.ada, service)
    off = await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": "off_duty"})
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.vane, world.ada)
    await look(scene, push, seconds=13)
    [(_, content)] = service.received

    assert off.is_success, off.text
    assert "Nora Ames mentioned you in a note about the Hart family" == keys.read(content).body


async def test_a_subscription_that_is_gone_is_dropped(scene: Scene, push: StaffPush, service: PushService) -> None:
    """F-65: 410 ends it; owners have no such browser, and who signed out is told nothing."""
    world = scene.world
    await subscribe(scene, world.vane, service)
    service.status = 410
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.vane)
    await look(scene, push, seconds=13)
    async with world.product.database.transaction() as uow:
        left = (await uow.execute(text("SELECT count(*) FROM push_subscription"))).scalar_one()

    assert (1, 0) == (len(service.received), left)
    assert 404 == (await world.olive.get(BROWSER)).status_code


async def test_off_duty_oneself_is_silent_and_what_waits_is_told_afterwards(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """C12: however the browser is set; once, what is unread still, also after minutes. Mails go out as ever (D12)."""
    world, thread_id = scene.world, scene.world.thread_id
    keys = await subscribe(scene, world.vane, service)
    scene.set_time(0)
    off = await world.vane.send("PUT", "/duty", {"is_off": True, "until": (scene.begun_at + timedelta(seconds=600)).isoformat()})
    scene.set_time(10)
    await world.olive.post_text(thread_id, "Hello")
    await act(world.nora, thread_id, "hand-off", seen=await open_one(world.nora, thread_id), role="senior")
    read = await call(world.nora, world.other_thread_id, world.vane)
    await world.vane.read_up_to(world.other_thread_id, read["seq"])
    for seconds in (13, 599):
        await look(scene, push, seconds=seconds)
    silent = len(service.received)
    for seconds in (600, 605):
        await look(scene, push, seconds=seconds)
    [(_, content)] = service.received

    assert off.is_success, off.text
    assert 0 == silent
    assert "Nora Ames handed senior staff a conversation with the Hart family" == keys.read(content).body


async def test_peace_while_the_clinic_is_closed_goes_on_after_ones_own(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """C12: back on duty in the evening, told when the clinic opens; much that waits in one word."""
    world = scene.world
    keys = await subscribe(scene, world.vane, service, only_on_duty=True)
    closed = {"state": "off_duty", "until": (scene.begun_at + timedelta(seconds=3600)).isoformat()}
    assert (await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", closed)).is_success
    assert (await world.vane.send("PUT", "/duty", {"is_off": True})).is_success
    scene.set_time(10)
    new = [(await add_family(world, surname, "Rex"))["thread_id"] for surname in ("Berry", "Wolf")]
    for thread_id in (world.thread_id, world.other_thread_id, *new):
        await call(world.nora, thread_id, world.vane)
    assert (await world.vane.send("PUT", "/duty", {"is_off": False})).is_success
    await look(scene, push, seconds=100)
    in_the_evening = len(service.received)
    await look(scene, push, seconds=3601)
    [(_, content)] = service.received
    told = keys.read(content)

    assert 0 == in_the_evening
    assert ("4 conversations have news for you since you went off duty", "/staff") == (told.body, told.path)


async def test_whoever_idled_out_off_duty_is_told_once_signed_in_again(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """C12: a night is longer than a session lasts; a locked screen that is signed out shows nobody's name meanwhile."""
    world, morning = scene.world, 13.5 * 3600
    await subscribe(scene, world.vane, service)
    until = (scene.begun_at + timedelta(seconds=morning)).isoformat()
    assert (await world.vane.send("PUT", "/duty", {"is_off": True, "until": until})).is_success
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.vane)
    await look(scene, push, seconds=morning)
    signed_out = len(service.received)
    again = await signed_in_again(scene, world.vane)
    keys = await subscribe(scene, again, service)
    for seconds in (5, 10):
        await look(scene, push, seconds=morning + seconds)
    [(_, content)] = service.received

    assert 0 == signed_out
    assert 404 == (await world.vane.get(BROWSER)).status_code
    assert "Nora Ames mentioned you in a note about the Hart family" == keys.read(content).body


async def test_nobody_is_told_of_what_lay_there_for_a_week(scene: Scene, push: StaffPush, service: PushService) -> None:
    """C12: whoever asks to be told for the first time, long after being off duty, begins with what is new."""
    world = scene.world
    assert (await world.vane.send("PUT", "/duty", {"is_off": True})).is_success
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.vane)
    assert (await world.vane.send("PUT", "/duty", {"is_off": False})).is_success
    later = 8 * 24 * 3600
    await look(scene, push, seconds=later)
    again = await signed_in_again(scene, world.vane)
    keys, nora = await subscribe(scene, again, service), await signed_in_again(scene, world.nora)
    await look(scene, push, seconds=later + 5)
    of_old = len(service.received)
    await call(nora, world.other_thread_id, again)
    await look(scene, push, seconds=later + 10)
    [(_, content)] = service.received

    assert 0 == of_old
    assert world.other_thread_id == keys.read(content).thread_id


async def test_what_waits_at_a_closed_clinic_is_told_when_that_one_opens(
    scene: Scene, push: StaffPush, service: PushService
) -> None:
    """C12: of two clinics one is open when somebody comes back; what is written at the other one meanwhile changes nothing."""
    world = scene.world
    keys = await subscribe(scene, world.helen, service, only_on_duty=True)
    elsewhere = (await add_family(world, "Berry", "Rex", clinic_id=world.other_clinic_id, by=world.hal))["thread_id"]
    closed = {"state": "off_duty", "until": (scene.begun_at + timedelta(seconds=3600)).isoformat()}
    assert (await world.helen.send("PUT", f"/clinics/{world.other_clinic_id}/availability", closed)).is_success
    assert (await world.helen.send("PUT", "/duty", {"is_off": True})).is_success
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.helen)
    await call(world.hal, elsewhere, world.helen)
    assert (await world.helen.send("PUT", "/duty", {"is_off": False})).is_success
    await look(scene, push, seconds=100)
    at_once = [keys.read(content).thread_id for _, content in service.received]
    await world.hal.post_text(elsewhere, WORDS)
    await call(world.hal, elsewhere, world.helen)
    for seconds in (103, 3599):
        await look(scene, push, seconds=seconds)
    before = len(service.received)
    for seconds in (3601, 3606):
        await look(scene, push, seconds=seconds)
    [_, (_, content)] = service.received

    assert [world.thread_id] == at_once
    assert 1 == before
    assert elsewhere == keys.read(content).thread_id


async def signed_in_again(scene: Scene, person: Caller) -> Caller:
    """With a new session in the same browser."""
    async with scene.world.product.database.transaction() as uow:
        browser = Browser("test", "127.0.0.1")
        secret = await start_session(uow, UUID(scene.world.practice_id), UUID(person.id), kind="staff", browser=browser)
    caller = Caller(person.id, person.name, "staff", secret, person.product)
    scene.world.callers[f"{person.name} again"] = caller  # closed with the others
    return caller


async def test_a_locked_front_desk_tells_of_no_family(scene: Scene, push: StaffPush, service: PushService) -> None:
    """Section 8 of reliability.md: whoever passes by learns that something waits; who unlocks it learns more."""
    world = scene.world
    keys = await subscribe(scene, world.vane, service)
    lock = "UPDATE login_session SET locks_at = :locks_at WHERE person_id = :person_id"
    await scene.run(lock, locks_at=scene.begun_at, person_id=UUID(world.vane.id))
    scene.set_time(10)
    await call(world.nora, world.thread_id, world.vane)
    await look(scene, push, seconds=13)
    await scene.run(lock, locks_at=scene.begun_at + timedelta(hours=1), person_id=UUID(world.vane.id))
    await call(world.nora, world.thread_id, world.vane)
    await look(scene, push, seconds=23)
    locked, unlocked = [keys.read(content) for _, content in service.received]

    words = "Something waits for you. Unlock this computer to see it."
    assert PushWords("Northside Veterinary", words, world.practice_id, "/staff", is_elsewhere=True) == locked
    assert "Nora Ames mentioned you in a note about the Hart family" == unlocked.body
