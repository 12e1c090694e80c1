"""The latest version of the app, and who does not have it."""

from tests.world import Caller, World


async def needs_newer_app(caller: Caller, version: int | None = None) -> bool:
    headers = {} if version is None else {"X-Pawline-Version": str(version)}
    return (await caller.send("GET", "/session", headers=headers)).json()["needs_newer_app"]


async def test_below_the_version_that_a_clinic_asks_for(world: World) -> None:
    """D14: last seen client version < min_client_version; equal is new enough, and nobody is too old who was never seen."""
    assert not await needs_newer_app(world.olive, 3)
    assert 200 == (await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"min_client_version": 4})).status_code

    assert await needs_newer_app(world.olive)
    assert await needs_newer_app(world.olive, 3)
    assert not await needs_newer_app(world.olive, 4)
    assert not await needs_newer_app(world.omar)
    assert not await needs_newer_app(world.nora, 1)
    assert not await needs_newer_app(world.rolf, 1)


async def test_a_version_is_a_number(world: World) -> None:
    assert 422 == (await world.olive.send("GET", "/session", headers={"X-Pawline-Version": "new"})).status_code
    assert 422 == (await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"min_client_version": -1})).status_code
