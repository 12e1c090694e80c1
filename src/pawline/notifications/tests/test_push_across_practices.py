"""One browser of one owner rings for all of their practices, whichever of these the app shows; and for nobody else's."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.notifications.pushing import WebPush
from pawline.notifications.tests.push_service import BrowserKeys, PushService, push_service
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_web_push import BROWSER, ENDPOINT, loopback
from pawline.sign_in.contacts import code_and_token
from pawline.sign_in.linking import ContactKey, link_contacts
from pawline.vets.tests.conftest import use
from tests.world import Caller, World


@dataclass
class Phone:
    """Omar's, who is Rolf at Riverside; it has asked to be told while he was at Northside."""

    scene: Scene
    push: WebPush
    service: PushService
    keys: BrowserKeys

    @property
    def world(self) -> World:
        return self.scene.world

    async def switch_to(self, contact: Caller) -> None:
        answer = await self.world.omar.send("POST", "/session/owner/switch", {"contact_id": contact.id})
        assert 201 == answer.status_code, answer.text
        use(self.world.omar, answer.json())

    async def sign_in(self, name: str) -> None:
        """With a mailed link, which opens in this browser whoever is signed in there."""
        await self.world.omar.send("POST", "/session/owner/code", {"email": self.scene.address_of(name)})
        latest = text("SELECT id FROM sign_in_code WHERE practice_id = :practice_id ORDER BY created_at DESC, id DESC LIMIT 1")
        async with self.world.product.database.transaction() as uow:
            code_id = (await uow.execute(latest, {"practice_id": UUID(self.world.practice_id)})).scalar_one()
        _, token = code_and_token(self.world.product.settings, code_id)
        answer = await self.world.omar.send("POST", "/session/owner/link", {"token": token})
        assert (201, self.world.callers[name].id) == (answer.status_code, answer.json()["person"]["id"])
        use(self.world.omar, answer.json())

    async def told(self, seconds: float) -> list[tuple[str, str, bool]]:
        """By which practice about which thread, and whether the app shows another one; since the last time."""
        self.scene.set_time(seconds)
        await self.push.push_now()
        words = [self.keys.read(content) for _, content in self.service.received]
        self.service.received.clear()
        return [(each.title, each.path.split("/")[3], each.is_elsewhere) for each in words]

    async def write_at_both(self, seconds: float) -> None:
        self.scene.set_time(seconds)
        await self.world.nora.post_text(self.world.thread_id, "Pixel may eat again")
        await self.world.rita.post_text(self.world.riverside_thread_id, "Rex may eat again")


@pytest.fixture
async def phone(scene: Scene) -> AsyncGenerator[Phone]:
    world = scene.world
    async with world.product.database.transaction() as uow:
        omar = ContactKey(UUID(world.practice_id), UUID(world.omar.id))
        await link_contacts(uow, omar, ContactKey(UUID(world.riverside_id), UUID(world.rolf.id)))
    async with push_service() as service:
        push = WebPush(scene.settings, world.product.database, find_address=loopback)
        await scene.run("DELETE FROM push_subscription")
        keys = BrowserKeys()
        assert 200 == (await world.omar.send("PUT", BROWSER, keys.subscription(ENDPOINT))).status_code
        await scene.run("UPDATE push_subscription SET endpoint = :endpoint", endpoint=f"{service.url}/send/omar")
        yield Phone(scene, push, service, keys)
        await push.close()


async def test_each_practice_rings_whichever_the_app_shows(phone: Phone) -> None:
    """AL-20, PPB-15: once each, before he goes to the other practice, there, and back; each opens its own thread."""
    world = phone.world
    here, there = ("Northside Veterinary", world.thread_id), ("Riverside Vets", world.riverside_thread_id)
    await phone.write_at_both(10)
    at_northside = [await phone.told(12.5), await phone.told(13)]
    await phone.switch_to(world.rolf)
    gone_over = await phone.told(14)
    is_told = (await world.omar.get("/notifications")).json()["tells_this_browser"]
    await phone.write_at_both(20)
    at_riverside = [await phone.told(22.5), await phone.told(23)]
    await phone.switch_to(world.omar)
    await phone.write_at_both(30)
    back = await phone.told(32.5)

    both = [[(*here, False), (*there, True)], [(*here, True), (*there, False)]]
    assert [both[0], []] == [sorted(told) for told in at_northside]
    assert ([], True) == (gone_over, is_told)
    assert [both[1], []] == [sorted(told) for told in at_riverside]
    assert both[0] == sorted(back)


async def test_it_ends_at_once_with_the_session(phone: Phone) -> None:
    """Signed out where the app was last: neither practice rings any more."""
    await phone.switch_to(phone.world.rolf)
    await phone.world.omar.send("DELETE", "/session")
    await phone.write_at_both(10)

    assert [] == await phone.told(12.5)


async def test_it_ends_with_the_device_that_is_signed_out_from_elsewhere(phone: Phone) -> None:
    await phone.switch_to(phone.world.rolf)
    sessions = (await phone.world.omar.get("/sessions")).json()["sessions"]
    [of_the_phone] = [each["id"] for each in sessions if each["is_current"]]
    await phone.world.rolf.send("DELETE", f"/sessions/{of_the_phone}")
    await phone.write_at_both(10)

    assert [] == await phone.told(12.5)


async def test_it_ends_where_it_is_switched_off(phone: Phone) -> None:
    await phone.switch_to(phone.world.rolf)
    await phone.world.omar.send("DELETE", BROWSER)
    await phone.write_at_both(10)

    assert [] == await phone.told(12.5)


@pytest.mark.parametrize("who", ["omar", "rolf"])
async def test_who_may_not_use_the_app_any_more_is_not_told(phone: Phone, who: str) -> None:
    """At the one practice or the other: there they are nobody's contact, and the other goes on ringing if it is the app's."""
    practice_id = phone.world.practice_id if who == "omar" else phone.world.riverside_id
    await phone.scene.run(
        "UPDATE contact SET role = 'other' WHERE practice_id = :practice_id AND id = :id",
        practice_id=practice_id,
        id=phone.world.callers[who].id,
    )
    await phone.write_at_both(10)

    told = [] if who == "omar" else [("Northside Veterinary", phone.world.thread_id, False)]
    assert told == await phone.told(12.5)


async def test_nothing_rings_for_whoever_signs_in_after_somebody_else(phone: Phone) -> None:
    """At one phone: neither what Omar asked for, nor at his other practice. What he had goes with his session."""
    await phone.sign_in("olive")
    await phone.write_at_both(10)

    assert [] == await phone.told(12.5)
    assert not (await phone.world.omar.get("/notifications")).json()["tells_this_browser"]


async def test_it_stays_for_whoever_signs_in_as_themselves_again(phone: Phone) -> None:
    await phone.sign_in("omar")
    await phone.write_at_both(10)

    assert ["Northside Veterinary", "Riverside Vets"] == sorted(title for title, _, _ in await phone.told(12.5))
