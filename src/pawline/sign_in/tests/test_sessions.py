import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
import websockets

from pawline.platform import clock
from pawline.platform.realtime import CLOSE_SIGNED_OUT
from pawline.sign_in.tests.conftest import PASSWORD, Member
from tests.world import TLS, Caller, World


async def sign_in(world: World, member: Member) -> Caller:
    """One more browser of the same person."""
    http = httpx.AsyncClient(
        base_url=world.product.api, headers={"X-Pawline-App": "staff", "User-Agent": "Second browser"}, verify=TLS
    )
    session = (await http.post("/session/staff", json={"email": member.email, "password": PASSWORD})).json()
    http.headers["X-CSRF-Token"] = session["csrf_token"]
    caller = Caller(str(member.id), "Nia Bell", "staff", next(iter(http.cookies.values())), world.product)
    caller.http = http
    world.callers[uuid4().hex] = caller  # closed with the others
    return caller


async def is_in(caller: Caller) -> bool:
    return (await caller.get("/sessions")).status_code == 200


def at(later: timedelta) -> None:
    start = clock.now()
    clock.set_clock(lambda: start + later)


async def test_sessions_are_listed_and_ended_one_by_one(world: World, member: Member) -> None:
    first, second = await sign_in(world, member), await sign_in(world, member)
    listed = (await first.get("/sessions")).json()["sessions"]
    [other] = [session for session in listed if not session["is_current"] and session["device"] == "Second browser"]
    ended = await first.send("DELETE", f"/sessions/{other['id']}")

    assert ("Second browser", "127.0.0.1") == (other["device"], other["address"])
    assert 204 == ended.status_code
    assert [True, False] == [await is_in(first), await is_in(second)]
    assert other["id"] not in {session["id"] for session in (await first.get("/sessions")).json()["sessions"]}


async def test_a_browser_learns_that_its_session_was_ended_from_elsewhere(world: World, member: Member) -> None:
    """So that it keeps nothing of theirs. A session that timed out says no such thing, nor does that of a family."""
    desk, laptop = await sign_in(world, member), await sign_in(world, member)
    [other] = [each for each in (await desk.get("/sessions")).json()["sessions"] if not each["is_current"]][:1]
    await desk.send("DELETE", f"/sessions/{other['id']}")
    [phone] = (await world.olive.get("/sessions")).json()["sessions"]
    await world.olive.send("DELETE", f"/sessions/{phone['id']}")
    answers = [(await caller.get("/session")).json() for caller in (laptop, world.olive, desk)]
    at(timedelta(hours=13))
    timed_out = (await desk.get("/session")).json()

    assert [str(member.id), None, None] == [answer["ended_id"] for answer in answers]
    assert (None, None) == (timed_out["person"], timed_out["ended_id"])


async def test_nobody_ends_the_session_of_another(world: World) -> None:
    omars = (await world.omar.get("/sessions")).json()["sessions"][0]["id"]
    answers = [await world.olive.send("DELETE", f"/sessions/{session_id}") for session_id in (omars, uuid4())]

    assert await is_in(world.omar)
    assert [404, 404] == [answer.status_code for answer in answers]
    assert answers[0].text == answers[1].text


async def test_signing_out_ends_the_session_itself_and_not_just_the_cookie(world: World, member: Member) -> None:
    caller = await sign_in(world, member)
    cookies = dict(caller.http.cookies)
    answer = await caller.send("DELETE", "/session")

    assert (204, 0) == (answer.status_code, len(caller.http.cookies))
    async with httpx.AsyncClient(base_url=world.product.api, cookies=cookies, verify=TLS) as thief:
        assert 404 == (await thief.get("/sessions")).status_code


async def test_a_session_that_ends_takes_its_socket_along(world: World, member: Member) -> None:
    caller = await sign_in(world, member)
    async with caller.live() as live:
        await caller.send("DELETE", "/session")
        await live.next("signed_out")
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(live.connection.recv(), 30)

    assert closed.value.rcvd is not None
    assert CLOSE_SIGNED_OUT == closed.value.rcvd.code


@pytest.mark.slow
async def test_a_session_that_times_out_takes_its_socket_along(world: World) -> None:
    async with world.nora.live() as live:
        at(timedelta(hours=13))
        await live.next("signed_out")


@pytest.mark.parametrize(("name", "idle"), [("nora", timedelta(hours=12)), ("olive", timedelta(days=90))])
async def test_an_idle_session_ends(world: World, name: str, idle: timedelta) -> None:
    at(idle - timedelta(minutes=1))
    assert await is_in(world.callers[name])
    at(idle + timedelta(minutes=1))
    assert not await is_in(world.callers[name])


@pytest.mark.parametrize(("name", "longest", "step"), [("nora", 7, timedelta(hours=11)), ("olive", 365, timedelta(days=80))])
async def test_a_session_in_constant_use_ends_some_day(world: World, name: str, longest: int, step: timedelta) -> None:
    used_for, start = timedelta(), clock.now()
    while used_for < timedelta(days=longest):
        clock.set_clock(lambda moment=start + used_for: moment)
        assert await is_in(world.callers[name])
        used_for += step
    clock.set_clock(lambda: start + timedelta(days=longest, seconds=5))

    assert not await is_in(world.callers[name])


async def test_secrets_that_are_none_open_nothing(world: World) -> None:
    good = world.nora.secret
    for secret in ("", "~" * 43, "null", good[:-1], f"{good}x", good.swapcase(), "x" * 43, "x" * 4_000, "%00" * 15):
        async with httpx.AsyncClient(
            base_url=world.product.api, headers={"Cookie": f"pawline_staff={secret}"}, verify=TLS
        ) as browser:
            assert 404 == (await browser.get("/sessions")).status_code
            assert (await browser.get("/session")).json()["person"] is None


async def test_both_apps_live_in_one_browser(world: World) -> None:
    cookies = {"pawline_staff": world.nora.secret, "pawline_owner": world.olive.secret}
    async with httpx.AsyncClient(base_url=world.product.api, cookies=cookies, verify=TLS) as browser:
        people = [
            (await browser.get("/session", headers={"X-Pawline-App": app})).json()["person"]["id"] for app in ("staff", "owner")
        ]
        signed_out = await browser.delete(
            "/session", headers={"X-Pawline-App": "owner", "X-CSRF-Token": world.olive.http.headers["X-CSRF-Token"]}
        )

        assert [world.nora.id, world.olive.id] == people
        assert 204 == signed_out.status_code
        assert signed_out.headers["set-cookie"].startswith('pawline_owner=""; ')
    assert [True, False] == [await is_in(world.nora), await is_in(world.olive)]


async def test_a_cookie_does_not_count_for_the_other_app(world: World) -> None:
    """An app that is signed out stays so, whoever is signed in with the other."""
    answer = await world.nora.http.get("/session", headers={"X-Pawline-App": "owner"})

    assert answer.json()["person"] is None
    assert 404 == (await world.nora.http.get("/pets", headers={"X-Pawline-App": "owner"})).status_code
