"""Browsers that asked for it are told at once, what they are told is sealed, and nobody leads us into our own network."""

from collections.abc import AsyncGenerator
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.notifications.push_addresses import NotPublic, public_address
from pawline.notifications.pushing import PushWords, WebPush
from pawline.notifications.tests.push_service import BrowserKeys, PushService, is_signed, push_service
from pawline.notifications.tests.scene import Scene
from pawline.payments.tests.scene import act, ask
from pawline.threads.tests.scene import add_pet
from tests.world import Caller

BROWSER = "/notifications/browser"
ENDPOINT = "https://push.example.org/send/1"


async def loopback(host: str, port: int) -> str:
    return "127.0.0.1"


@pytest.fixture
async def service() -> AsyncGenerator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
async def push(scene: Scene) -> AsyncGenerator[WebPush]:
    sender = WebPush(scene.settings, scene.world.product.database, find_address=loopback)
    await scene.run("DELETE FROM push_subscription")
    yield sender
    await sender.close()


async def subscribe(scene: Scene, person: Caller, service: PushService) -> BrowserKeys:
    """As the browser does; then its service is at the loopback, where the API would take none."""
    keys = BrowserKeys()
    answer = await person.send("PUT", BROWSER, keys.subscription(f"{ENDPOINT}{person.id}"))
    assert (200, True) == (answer.status_code, answer.json()["tells_this_browser"]), answer.text
    await scene.run(
        "UPDATE push_subscription SET endpoint = :endpoint WHERE endpoint LIKE :old",
        endpoint=f"{service.url}/send/{person.id}",
        old=f"%{person.id}",
    )
    return keys


async def count_subscriptions(scene: Scene) -> int:
    async with scene.world.product.database.transaction() as uow:
        return (await uow.execute(text("SELECT count(*) FROM push_subscription"))).scalar_one()


async def test_told_at_once(scene: Scene, push: WebPush, service: PushService) -> None:
    """Sealed for that browser, signed by us, once, and without what was written; Rita and Kim hear nothing."""
    world = scene.world
    keys = await subscribe(scene, world.olive, service)
    await subscribe(scene, world.kim, service)
    await scene.write("Her blood test is back", seconds=10)
    await scene.write("She bites", seconds=11, kind="note")
    scene.set_time(12.5)
    await push.push_now()
    await push.push_now()
    [(headers, content)] = service.received

    path = f"/owner/threads/{world.thread_id}/pets/{world.pixel_id}"
    assert PushWords("Northside Veterinary", "New message about Pixel", world.thread_id, path) == keys.read(content)
    assert b"Pixel" not in content
    assert is_signed(headers)
    assert ("aes128gcm", "high", UUID(world.thread_id).hex) == tuple(
        headers[name] for name in ("content-encoding", "urgency", "topic")
    )
    assert service.url.removeprefix("http://") == headers["host"]
    assert 404 == (await world.rita.send("PUT", BROWSER, keys.subscription(ENDPOINT))).status_code


async def test_it_opens_at_the_pet_it_tells_of(scene: Scene, push: WebPush, service: PushService) -> None:
    """D15: so that the answer is about that pet; of a message about two pets it names none and opens at none."""
    thread_id, pixel = scene.world.thread_id, scene.world.pixel_id
    misty = await add_pet(scene.world, "Misty")
    keys = await subscribe(scene, scene.world.olive, service)
    for seconds, pets in ((10, [misty]), (20, [misty, pixel]), (30, [])):
        await scene.write(seconds=seconds, pet_ids=pets)
        scene.set_time(seconds + 2.5)
        await push.push_now()
    told = [keys.read(content) for _, content in service.received]

    assert ["New message about Misty", "New message", "New message"] == [words.body for words in told]
    assert [f"/owner/threads/{thread_id}/pets/{misty}", *[f"/owner/threads/{thread_id}"] * 2] == [words.path for words in told]


async def test_told_in_the_language_of_their_app(scene: Scene, push: WebPush, service: PushService) -> None:
    olive, spanish = scene.world.olive, {"X-Pawline-Version": "1", "Accept-Language": "es"}
    keys = await subscribe(scene, olive, service)
    await olive.send("GET", "/session", headers=spanish)
    await scene.write(seconds=10)
    scene.set_time(12.5)
    await push.push_now()
    [(_, content)] = service.received

    assert "Mensaje nuevo sobre Pixel" == keys.read(content).body


async def test_who_reads_at_once_is_not_rung_for(scene: Scene, push: WebPush, service: PushService) -> None:
    await subscribe(scene, scene.world.olive, service)
    message = await scene.write(seconds=10)
    await scene.world.olive.read_up_to(scene.world.thread_id, message["seq"])
    scene.set_time(13)
    await push.push_now()

    assert [] == service.received


async def test_a_subscription_ends_with_its_session(scene: Scene, push: WebPush, service: PushService) -> None:
    await subscribe(scene, scene.world.olive, service)
    await subscribe(scene, scene.world.omar, service)
    await scene.world.olive.send("DELETE", "/session")
    await scene.world.omar.send("DELETE", BROWSER)
    await scene.write(seconds=10)
    scene.set_time(13)
    await push.push_now()

    assert [] == service.received


@pytest.mark.parametrize(("status", "left"), [(410, 0), (404, 0), (500, 1), (201, 1)])
async def test_a_subscription_that_is_gone(scene: Scene, push: WebPush, service: PushService, status: int, left: int) -> None:
    service.status = status
    await subscribe(scene, scene.world.olive, service)
    await scene.write(seconds=10)
    scene.set_time(13)
    await push.push_now()

    assert (1, left) == (len(service.received), await count_subscriptions(scene))


async def test_one_browser_has_one_person(scene: Scene, push: WebPush) -> None:
    """Who signs in with a browser after somebody else is told there, and the other no more."""
    subscription = BrowserKeys().subscription(ENDPOINT)
    for person in (scene.world.kim, scene.world.olive, scene.world.olive):
        await person.send("PUT", BROWSER, subscription)

    assert 1 == await count_subscriptions(scene)
    assert not (await scene.world.kim.get("/notifications")).json()["tells_this_browser"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://localhost/a/b/c",
        "https://127.0.0.1/a/b",
        "https://2130706433/a/b",
        "https://0x7f.1/a/b/c",
        "https://[::1]/a/b/c",
        "https://push.example.org:8443/a",
        "https://olive:secret@push.example.org/a",
        "https://push.example.org/a b",
        "file:///etc/passwd",
    ],
)
async def test_an_endpoint_that_is_no_push_service(scene: Scene, endpoint: str) -> None:
    answer = await scene.world.olive.send("PUT", BROWSER, BrowserKeys().subscription(endpoint))

    assert (422, ["endpoint"]) == (answer.status_code, [error["field"] for error in answer.json()["errors"]])


async def test_keys_that_are_none(scene: Scene) -> None:
    good = BrowserKeys().subscription(ENDPOINT)
    for keys in ({"p256dh": "A" * 87, "auth": good["keys"]["auth"]}, {"p256dh": good["keys"]["p256dh"], "auth": "A" * 25}):
        answer = await scene.world.olive.send("PUT", BROWSER, {**good, "keys": keys})
        assert (422, ["keys"]) == (answer.status_code, [error["field"] for error in answer.json()["errors"]])


async def test_a_name_that_leads_into_our_own_network(scene: Scene, push: WebPush, service: PushService) -> None:
    """What a name resolves to is looked at for each push, and that very address is connected to."""
    for host in ("localhost", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1"):
        with pytest.raises(NotPublic):
            await public_address(host, 443)
    await subscribe(scene, scene.world.olive, service)
    await scene.run("UPDATE push_subscription SET endpoint = replace(endpoint, 'push.example.org', 'localhost')")
    await scene.write(seconds=10)
    scene.set_time(13)
    careful = WebPush(scene.settings, scene.world.product.database)
    await careful.push_now()
    await careful.close()

    assert [] == service.received
    assert "8.8.8.8" == await public_address("8.8.8.8", 443)


async def test_a_payment_request_says_how_much(scene: Scene, push: WebPush, service: PushService) -> None:
    """PA-18: the amount, in the owner's language, and not what it is for; of what was cancelled meanwhile, no amount."""
    world = scene.world
    keys = await subscribe(scene, world.olive, service)
    scene.set_time(10)
    await ask(world.nora, world.thread_id, body="Kidney panel")
    scene.set_time(13)
    await push.push_now()
    await world.olive.send("GET", "/session", headers={"X-Pawline-Version": "1", "Accept-Language": "es"})
    await ask(world.nora, world.thread_id, body="Kidney panel")
    scene.set_time(16)
    await push.push_now()
    cancelled = await ask(world.nora, world.thread_id, body="Kidney panel")
    await act(world.nora, world, cancelled, verb="cancel")
    scene.set_time(19)
    await push.push_now()
    told = [words.body for _, content in service.received if (words := keys.read(content))]

    assert [
        "Payment request about Pixel: $45.00",
        "Solicitud de pago sobre Pixel: 45,00\xa0$",
        "Mensaje nuevo sobre Pixel",
    ] == told
