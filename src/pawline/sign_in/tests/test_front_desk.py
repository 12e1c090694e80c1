"""Shared front desks (section 8 of reliability.md): what they refuse while locked, and who opens them again."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
import websockets

from pawline.platform import clock
from pawline.sign_in.gate import LOCKS_AFTER
from pawline.sign_in.tests.conftest import PASSWORD, Member
from tests.api.operations import bodies, path_of, random_ids
from tests.world import TLS, Caller, Json, LiveClient, World

PIN = "402817"
# What somebody who is not signed in may ask for as well, and the ways out of a lock.
OPEN = {
    *(("GET", path) for path in ("/session", "/session/demo-people", "/demo/mails", "/demo/poster", "/demo/poster.pdf")),
    *(("GET", path) for path in ("/files/{attachment_id}/{variant}/{signature}", "/portraits/{portrait_id}", "/join/{code}")),
    *(("POST", f"/session/{way}") for way in ("staff", "staff/code", "password", "demo", "lock")),
    *(("POST", f"/session/unlock{way}") for way in ("", "/password", "/passkey")),
    *(("POST", f"/session/owner/{way}") for way in ("code", "verify", "link", "text", "text/verify")),
    *(("POST", f"/session/{app}/passkey{step}") for app in ("owner", "staff") for step in ("", "/challenge")),
    *(
        ("POST", path)
        for path in (
            "/invitation",
            "/invitation/accept",
            "/invitation/start",
            "/join/{code}/start",
            "/join/verify",
            "/staff-address",
        )
    ),
    *(("POST", f"/vet-invitation{step}") for step in ("", "/decline", "/practice")),
    ("GET", "/visits/{appointment_id}/calendar.ics"),
    ("DELETE", "/session"),
}


class Minutes:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self._now = clock.now()
        clock.set_clock(lambda: self._now)

    def pass_by(self, minutes: float) -> None:
        self._now += timedelta(minutes=minutes)


@pytest.fixture
def minutes() -> Minutes:
    return Minutes()


async def at_desk(world: World, member: Member, *, is_shared: bool = True) -> Caller:
    """The member, signed in at the front desk."""
    http = httpx.AsyncClient(base_url=world.product.api, headers={"X-Pawline-App": "staff"}, verify=TLS, timeout=30)
    answer = await http.post("/session/staff", json={"email": member.email, "password": PASSWORD, "is_shared": is_shared})
    assert 201 == answer.status_code, answer.text
    http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    caller = Caller(str(member.id), "Nia Bell", "staff", next(iter(http.cookies.values())), world.product)
    caller.http = http
    world.callers[uuid4().hex] = caller  # closed with the others
    return caller


@pytest.fixture
async def desk(world: World, member: Member) -> Caller:
    return await at_desk(world, member)


async def session(caller: Caller) -> Json:
    return (await caller.get("/session")).json()


async def is_locked(caller: Caller) -> bool:
    return (await session(caller))["desk"]["is_locked"]


async def touch(caller: Caller, *, idle_seconds: int = 0) -> httpx.Response:
    return await caller.send("POST", "/session/touch", {"idle_seconds": idle_seconds})


async def choose_pin(caller: Caller, pin: str = PIN, *, password: str = PASSWORD) -> httpx.Response:
    return await caller.send("PUT", "/session/pin", {"password": password, "pin": pin})


async def unlock(caller: Caller, pin: str = PIN) -> httpx.Response:
    return await caller.send("POST", "/session/unlock", {"pin": pin})


async def unlock_by_password(caller: Caller, password: str = PASSWORD) -> httpx.Response:
    return await caller.send("POST", "/session/unlock/password", {"password": password})


async def test_ten_minutes_without_touch_lock_it(desk: Caller, minutes: Minutes) -> None:
    """Reading and posting by a page that nobody touches keep nothing open."""
    minutes.pass_by(9.9)
    before = await desk.get("/inbox")
    minutes.pass_by(0.2)
    after = await desk.get("/inbox")

    assert (200, 423, "locked") == (before.status_code, after.status_code, after.json()["code"])
    assert await is_locked(desk)


async def test_a_touch_keeps_it_open_for_ten_minutes_from_then_on(desk: Caller, minutes: Minutes) -> None:
    minutes.pass_by(9)
    touched = await touch(desk, idle_seconds=60)
    minutes.pass_by(8.9)
    before = await is_locked(desk)
    minutes.pass_by(0.2)

    assert 200 == touched.status_code
    assert [False, True] == [before, await is_locked(desk)]


async def test_a_touch_opens_nothing_and_an_old_one_takes_nothing_back(desk: Caller, minutes: Minutes) -> None:
    minutes.pass_by(2)
    await touch(desk)
    minutes.pass_by(1)
    stale = (await touch(desk, idle_seconds=900)).json()["locks_at"]
    minutes.pass_by(9.1)
    late = await touch(desk)

    assert (clock.now() - timedelta(minutes=10.1) + LOCKS_AFTER).isoformat().startswith(stale[:19])
    assert (423, "locked") == (late.status_code, late.json()["code"])
    assert await is_locked(desk)


async def test_it_is_written_at_most_once_a_minute(world: World, desk: Caller, minutes: Minutes) -> None:
    minutes.pass_by(1)
    first = (await touch(desk)).json()
    minutes.pass_by(0.5)
    second = (await touch(desk)).json()
    minutes.pass_by(0.5)
    third = (await touch(desk)).json()

    assert first == second
    assert third["locks_at"] > first["locks_at"]


async def test_while_locked_every_route_is_refused(world: World, desk: Caller, minutes: Minutes) -> None:
    """A new route is locked without anybody thinking of it; the session says whose it is and nothing else."""
    nothing = random_ids("0" * 32)
    minutes.pass_by(11)
    asked = {
        operation: await desk.send(operation[0], path_of(operation, nothing), body)
        for operation, body in bodies(nothing).items()
        if operation not in OPEN
    }
    seen = await session(desk)

    assert len(asked) > 100
    assert {} == {operation: answer.status_code for operation, answer in asked.items() if answer.status_code != 423}
    assert (str(desk.id), [], False) == (seen["person"]["id"], seen["clinics"], seen["can_use_inbox"])


async def test_while_locked_nothing_is_posted(world: World, desk: Caller, minutes: Minutes) -> None:
    """Neither by the shortcut that presumes who asks."""
    await desk.post_text(world.thread_id, "Before")
    assert 204 == (await desk.send("POST", "/session/lock")).status_code
    draft = {"client_id": str(uuid4()), "body": "After"}
    refused = await desk.send("POST", f"/threads/{world.thread_id}/messages", draft)
    await unlock_by_password(desk)
    sent = await desk.send("POST", f"/threads/{world.thread_id}/messages", draft)

    assert [423, 201] == [refused.status_code, sent.status_code]


async def hear(live: LiveClient, heard: list[str]) -> None:
    """All of it, up to the end of the line."""
    async for frame in live.connection:
        heard.append(str(frame))  # noqa: PERF401 - what came must be there when it ends with an error


async def test_while_locked_the_line_says_nothing(world: World, desk: Caller, minutes: Minutes) -> None:
    """From the very moment, before anybody has looked at the session; then it is closed, and no new one opens."""
    heard: list[str] = []
    async with desk.live() as live:
        minutes.pass_by(10.1)
        await world.olive.post_text(world.thread_id, "Not for passers-by")
        with pytest.raises(websockets.ConnectionClosed):
            await asyncio.wait_for(hear(live, heard), 30)
    with pytest.raises(websockets.InvalidStatus):
        async with desk.live():
            pass

    assert ['{"type":"signed_out"}'] == heard


async def test_locking_by_hand_closes_the_lines_of_all_tabs(desk: Caller) -> None:
    async with desk.live() as first, desk.live() as second:
        assert 204 == (await desk.send("POST", "/session/lock")).status_code
        await first.next("signed_out")
        await second.next("signed_out")

    assert await is_locked(desk)


async def test_two_tabs_lock_at_once(desk: Caller) -> None:
    """The second finds it done."""
    locked = [(await desk.send("POST", "/session/lock")).status_code for _ in range(2)]

    assert ([204, 204], True) == (locked, await is_locked(desk))


async def test_the_pin_or_the_password_opens_it(desk: Caller) -> None:
    """A PIN takes one's own password first."""
    without = (await session(desk))["desk"]["unlocks_with"]
    stolen = await choose_pin(desk, password="not my password at all")
    chosen = await choose_pin(desk)
    await desk.send("POST", "/session/lock")
    with_pin = (await session(desk))["desk"]["unlocks_with"]
    opened = await unlock(desk)
    reached = await desk.get("/inbox")
    await desk.send("POST", "/session/lock")

    assert (401, 204) == (stolen.status_code, chosen.status_code)
    assert ("password", "pin") == (without, with_pin)
    assert (204, 200) == (opened.status_code, reached.status_code)
    assert 401 == (await unlock_by_password(desk, "not my password at all")).status_code
    assert 204 == (await unlock_by_password(desk)).status_code
    assert not await is_locked(desk)


async def test_locked_ones_can_be_left_for_a_colleague(world: World, desk: Caller) -> None:
    """Signing out needs no unlocking."""
    await desk.send("POST", "/session/lock")

    assert 204 == (await desk.send("DELETE", "/session")).status_code
    assert (await session(desk))["person"] is None


async def test_a_device_becomes_shared_and_ones_own_again(world: World, member: Member, minutes: Minutes) -> None:
    """Its page hears of it, also when another device said so; what is locked opens from nowhere else."""
    desk, home = await at_desk(world, member, is_shared=False), await at_desk(world, member, is_shared=False)
    listed = (await desk.get("/sessions")).json()["sessions"]
    [session_id] = [each["id"] for each in listed if each["is_current"]]
    path = f"/sessions/{session_id}/shared"
    own = await desk.send("POST", "/session/lock")
    async with desk.live() as live:
        assert 204 == (await home.send("PUT", path, {"is_shared": True})).status_code
        await live.next("resync")
    shared = [each["id"] for each in (await home.get("/sessions")).json()["sessions"] if each["is_shared"]]
    minutes.pass_by(11)
    from_afar = await home.send("PUT", path, {"is_shared": False})
    await unlock_by_password(desk)
    back = await home.send("PUT", path, {"is_shared": False})

    assert (409, [session_id]) == (own.status_code, shared)
    assert (409, 204) == (from_afar.status_code, back.status_code)
    assert (await session(desk))["desk"] is None
    for outsider in (world.nora, world.rita):
        assert 404 == (await outsider.send("PUT", path, {"is_shared": True})).status_code


async def test_computers_of_ones_own_do_not_lock(world: World, minutes: Minutes) -> None:
    minutes.pass_by(60)
    touched = await touch(world.nora)

    assert (200, None) == (touched.status_code, touched.json()["locks_at"])
    assert 200 == (await world.nora.get("/inbox")).status_code
