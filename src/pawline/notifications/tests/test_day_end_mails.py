"""The list of open conversations when a clinic's day ends: to whom, when, how often, and what it says."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pawline.demo.mailbox import Mailbox
from pawline.notifications.day_end_mails import DayEndMails
from pawline.notifications.tests.scene import NO_SERVER, Scene, set_scene
from pawline.platform import clock
from tests.world import World

# The last one there was: by the next, people who have just signed in may have been away for too long.
NOON = (datetime.now(UTC) - timedelta(hours=12)).replace(hour=12, minute=0, second=0, microsecond=0)
SIX = 6 * 3600.0
DAY = 24 * 3600.0
_OPEN_FROM_NOON_TO_SIX = """
INSERT INTO clinic_hours (practice_id, clinic_id, weekday, opens_at, closes_at)
SELECT :practice_id, :clinic_id, n, '08:00', '18:00' FROM generate_series(0, 6) n"""


@pytest.fixture
async def scene(world: World, tmp_path: Path) -> AsyncGenerator[Scene]:
    """It is noon at Hill Street, which closes at six each day; Olive has just written."""
    clock.set_clock(lambda: NOON)
    async with Mailbox(tmp_path) as mailbox:
        found = await set_scene(world, mailbox, tmp_path)
        clinic = {"clinic_id": UUID(world.clinic_id)}
        await found.run("UPDATE clinic SET timezone = 'UTC' WHERE practice_id = :practice_id AND id = :clinic_id", **clinic)
        await found.run(_OPEN_FROM_NOON_TO_SIX, **clinic)
        await look(found, seconds=0)
        await world.olive.post_text(world.thread_id, "Her paw is swollen", pet_ids=[world.pixel_id])
        yield found


async def look(scene: Scene, *, seconds: float, smtp_url: str = "") -> None:
    """The worker looks, so long after noon."""
    scene.set_time(seconds)
    settings = replace(scene.settings, smtp_url=smtp_url or scene.settings.smtp_url)
    mails = DayEndMails(settings, scene.world.product.database)
    while await mails.tell_now():
        pass


async def test_once_when_the_day_ends(scene: Scene) -> None:
    """V2P+3: to administrators and practice owners of the clinic, not before it closes, and once however often anybody looks."""
    await look(scene, seconds=SIX - 1)
    too_early = scene.told()
    await look(scene, seconds=SIX)
    await look(scene, seconds=SIX + 60)

    assert [] == too_early
    assert ["ada", "helen"] == scene.told()


async def test_what_it_says(scene: Scene) -> None:
    """Who waits and since when, with a link; titles only where e-mails may show words."""
    await look(scene, seconds=SIX)
    [mail, _] = scene.mails_about_thread()

    assert "1 conversation still open at Hill Street" == mail.subject
    assert "Hart family waits for an answer for 6 hours, since" in " ".join(mail.text.split())
    assert f"/staff/threads/{scene.world.thread_id}" in mail.text
    assert "Pixel" not in mail.text


async def test_senior_staff_choose_it(scene: Scene) -> None:
    """Senior staff get it when they ask for it, administrators may do without, basic staff have no say."""
    world = scene.world
    before = [(await who.get("/day-end-mail")).json()["is_mailed"] for who in (world.nora, world.ada)]
    await world.nora.send("PUT", "/day-end-mail", {"is_mailed": True})
    await world.ada.send("PUT", "/day-end-mail", {"is_mailed": False})
    await look(scene, seconds=SIX)

    assert [False, True] == before
    assert ["helen", "nora"] == scene.told()
    assert [403, 404] == [(await who.get("/day-end-mail")).status_code for who in (world.toby, world.olive)]


async def test_nothing_is_open(scene: Scene) -> None:
    """None is sent when all has ended, also when it ended while the mail server was away."""
    await look(scene, seconds=SIX, smtp_url=NO_SERVER)
    world = scene.world
    [conversation] = (await world.nora.thread(world.thread_id))["conversations"]
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{conversation['id']}/end")
    await look(scene, seconds=SIX + 600)
    await look(scene, seconds=SIX + DAY)

    assert [] == scene.told()


async def test_the_next_day_again(scene: Scene) -> None:
    """F-28: also when the mail server was away for an hour, and several workers look."""
    await look(scene, seconds=SIX, smtp_url=NO_SERVER)
    await asyncio.gather(*(look(scene, seconds=SIX + 3600) for _ in range(4)))
    first_day = scene.told()
    await look(scene, seconds=SIX + DAY)

    assert ["ada", "helen"] == first_day
    assert ["ada", "ada", "helen", "helen"] == scene.told()


async def test_a_worker_that_was_away_for_the_night(scene: Scene) -> None:
    """What is a morning late is no news of the day, so nobody gets it."""
    await look(scene, seconds=SIX + timedelta(hours=12).total_seconds())

    assert [] == scene.told()


async def test_one_that_waited_for_the_night(scene: Scene) -> None:
    """Also with a mail server that was away: the next morning the list would tell of another day."""
    await look(scene, seconds=SIX, smtp_url=NO_SERVER)
    await look(scene, seconds=2 * SIX + 60)

    assert [] == scene.told()
    assert {"failed"} == await _states(scene)


async def test_one_that_cannot_be_written(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours holds up no worker, and the mail waits for a mended Pawline."""
    with monkeypatch.context() as broken:
        broken.setattr("pawline.notifications.day_end_mails.build_mail", _fail)
        await look(scene, seconds=SIX)
    waiting = await _states(scene)
    await look(scene, seconds=SIX + 600)

    assert {"queued"} == waiting
    assert ["ada", "helen"] == scene.told()


def _fail(*_: object, **__: object) -> None:
    raise KeyError("a template lacks something")


async def _states(scene: Scene) -> set[str]:
    statement = text("SELECT state FROM day_end_notice WHERE practice_id = :practice_id")
    async with scene.world.product.database.transaction() as uow:
        return set((await uow.execute(statement, {"practice_id": UUID(scene.world.practice_id)})).scalars())


async def test_switching_it_off_in_one_click(scene: Scene) -> None:
    """V2P+3, RFC 8058: the mail program posts to the address in the header; of one's own list only, and it can be taken back."""
    await look(scene, seconds=SIX)
    [to_ada] = [mail for mail in scene.mails_about_thread() if mail.to == "ada@northside.example"]
    url = str(scene.as_sent(to_ada)["List-Unsubscribe"]).strip("<>")
    async with httpx.AsyncClient() as client:
        asked = await client.get(url)
        still = (await scene.world.ada.get("/day-end-mail")).json()["is_mailed"]
        done = await client.post(url, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example.org"})
        off = (await scene.world.ada.get("/day-end-mail")).json()["is_mailed"]
        await look(scene, seconds=SIX + DAY)
        told = scene.told()
        scene.set_time(SIX)
        undone = await client.post(f"{url}/on")
        as_owner = await client.post(url.replace("/day-end/", "/off/"))
        forged = await client.post(url[:-1] + ("0" if url[-1] != "0" else "1"))

    assert "List-Unsubscribe=One-Click" == scene.as_sent(to_ada)["List-Unsubscribe-Post"]
    assert url in to_ada.text
    assert [200, 200, 200, 404, 404] == [each.status_code for each in (asked, done, undone, as_owner, forged)]
    assert (True, False) == (still, off)
    assert ["ada", "helen", "helen"] == told
    assert (await scene.world.ada.get("/day-end-mail")).json()["is_mailed"]
