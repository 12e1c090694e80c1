"""The picture a pet is known by, what else is known of it, and the logo of a clinic."""

import httpx
from sqlalchemy import text

from pawline.platform.files import FileStore
from pawline.threads.portraits import FORGET_TASK, forget_portrait_now
from pawline.threads.tests.scene import fetch
from tests.photos import make_jpeg
from tests.world import Caller, Json, World

PROFILE = {"name": "Pixel", "species": "Dog", "breed": "Whippet", "born_on": "2020-02-29", "weight_grams": 12_400}

_WAITING = text(f"SELECT args ->> 'portrait_id' FROM procrastinate_jobs WHERE task_name = '{FORGET_TASK}'")  # noqa: S608 - a constant


async def choose(caller: Caller, path: str, *, width: int = 700) -> httpx.Response:
    return await caller.http.put(path, content=make_jpeg(width, 500))


async def seen_by(caller: Caller, world: World) -> Json:
    """The pet as its family, or as the team reads it."""
    pets: list[Json]
    if caller.app == "owner":
        pets = (await caller.get("/pets")).json()["pets"]
    else:
        pets = (await caller.thread(world.thread_id))["family"]["pets"]
    return next(pet for pet in pets if pet["id"] == world.pixel_id)


async def test_family_and_team_choose_it_and_take_it_away(world: World) -> None:
    path = f"/pets/{world.pixel_id}/portrait"
    before = (await seen_by(world.olive, world))["portrait"]
    first = (await choose(world.olive, path)).json()["url"]
    shown = [(await seen_by(caller, world))["portrait"] for caller in (world.omar, world.nora)]
    picture = await fetch(world.nora, first)
    second = (await choose(world.nora, path)).json()["url"]
    old = await fetch(world.olive, first)
    too_late = await world.olive.send("DELETE", f"{path}/{first.rpartition('/')[2]}")
    gone = await world.olive.send("DELETE", f"{path}/{second.rpartition('/')[2]}")

    assert 409 == too_late.status_code
    assert (None, [first, first], 404) == (before, shown, old.status_code)
    assert (200, "image/jpeg", "nosniff") == (
        picture.status_code,
        picture.headers["content-type"],
        picture.headers["x-content-type-options"],
    )
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert (204, 404) == (gone.status_code, (await fetch(world.nora, second)).status_code)
    assert (await seen_by(world.omar, world))["portrait"] is None


async def test_nobody_else_sees_or_changes_it(world: World) -> None:
    path = f"/pets/{world.pixel_id}/portrait"
    url = (await choose(world.olive, path)).json()["url"]
    strangers = (world.kim, world.rita)
    seen = [(await fetch(stranger, url)).status_code for stranger in strangers]
    changed = [(await choose(stranger, path)).status_code for stranger in strangers]
    corrected = [(await stranger.send("PATCH", f"/pets/{world.pixel_id}", PROFILE)).status_code for stranger in strangers]

    assert [[404] * 2] * 3 == [seen, changed, corrected]
    assert (200, 404) == (
        (await fetch(world.omar, url)).status_code,
        (await world.stranger.get(world.product.url + url)).status_code,
    )


async def test_what_is_no_picture_changes_nothing(world: World) -> None:
    path = f"/pets/{world.pixel_id}/portrait"
    url = (await choose(world.olive, path)).json()["url"]
    refused = [await world.olive.http.put(path, content=content) for content in (b"%PDF-1.7 visit", b"\xff\xd8\xff torn", b"")]

    assert [415, 422, 422] == [each.status_code for each in refused]
    assert url == (await seen_by(world.olive, world))["portrait"]


async def test_what_was_exchanged_is_removed_by_a_job(world: World) -> None:
    """It exists exactly when the exchange does, whatever dies after it."""
    path = f"/pets/{world.pixel_id}/portrait"
    first, second = [(await choose(world.olive, path)).json()["url"].rpartition("/")[2] for _ in range(2)]
    files = FileStore(world.product.settings.files_url)
    async with world.product.database.transaction() as uow:
        waiting = (await uow.execute(_WAITING)).scalars().all()
    there = [key async for key in files.list("portraits")]
    await forget_portrait_now(files, first)

    assert (True, False) == (first in waiting, second in waiting)
    assert {f"portraits/{first}", f"portraits/{second}"} <= set(there)
    assert f"portraits/{first}" not in [key async for key in files.list("portraits")]
    assert 200 == (await fetch(world.nora, f"/api/v1/portraits/{second}")).status_code


async def test_the_profile_is_corrected_and_open_screens_hear_of_it(world: World) -> None:
    path = f"/pets/{world.pixel_id}"
    async with world.nora.live() as of_team, world.omar.live() as of_family:
        corrected = await world.olive.send("PATCH", path, {**PROFILE, "name": " Pixel  Hart ", "weight_grams": 9000})
        await of_team.next("thread_anew")
        await of_family.next("thread_anew")
    await world.nora.send("PATCH", path, {"weight_grams": 12_400})
    pet = await seen_by(world.nora, world)
    wrong = ({"name": " "}, {"born_on": "2999-01-01"})
    refused = [await world.olive.send("PATCH", path, PROFILE | values) for values in wrong]

    assert 204 == corrected.status_code
    assert {**PROFILE, "name": "Pixel Hart"} == {field: pet[field] for field in PROFILE}
    assert [(422, "name"), (422, "born_on")] == [(each.status_code, each.json()["errors"][0]["field"]) for each in refused]
    assert pet == await seen_by(world.nora, world)


async def test_a_clinic_has_a_logo_that_its_families_see(world: World) -> None:
    path = f"/clinics/{world.clinic_id}/logo"
    refused = [(await choose(caller, path)).status_code for caller in (world.nora, world.rita)]
    url = (await choose(world.ada, path)).json()["url"]
    [shown] = [thread["clinic"]["logo"] for thread in (await world.olive.get("/pets")).json()["threads"]]
    seen = [(await fetch(caller, url)).status_code for caller in (world.olive, world.kim, world.nora, world.rita)]
    settings = (await world.ada.get(f"/clinics/{world.clinic_id}/texting")).json()["clinic"]["logo"]
    gone = await world.ada.send("DELETE", f"{path}/{url.rpartition('/')[2]}")

    assert [403, 404] == refused
    assert (url, url, 204) == (shown, settings, gone.status_code)
    assert [200, 200, 200, 404] == seen
