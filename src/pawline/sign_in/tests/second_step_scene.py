"""Short words for what a staff member does with an authenticator app."""

from datetime import timedelta

import httpx
from pyotp.totp import TOTP

from pawline.platform import clock
from pawline.sign_in.authenticator import STEP_SECONDS
from pawline.sign_in.tests.conftest import PASSWORD, Member
from tests.world import Caller, Json


class Phone:
    """An app on a phone whose clock is the server's, which stands still until a code is asked for: each is then a new one."""

    def __init__(self) -> None:
        self._now = clock.now()
        self.secret = ""
        clock.set_clock(lambda: self._now)

    def pass_by(self, **time: float) -> None:
        self._now += timedelta(**time)

    def code(self, *, steps_off: int = 0) -> str:
        return TOTP(self.secret).at(int(self._now.timestamp()), counter_offset=steps_off)

    def next_code(self) -> str:
        self.pass_by(seconds=STEP_SECONDS)
        return self.code()


async def begin(caller: Caller, phone: Phone, password: str = PASSWORD) -> httpx.Response:
    answer = await caller.send("POST", "/own-authenticator", {"password": password})
    if answer.status_code == 201:
        phone.secret = answer.json()["secret"]
    return answer


async def confirm(caller: Caller, code: str) -> httpx.Response:
    return await caller.send("POST", "/own-authenticator/confirm", {"code": code})


async def set_up(caller: Caller, phone: Phone) -> list[str]:
    """The recovery codes."""
    assert 201 == (await begin(caller, phone)).status_code
    answer = await confirm(caller, phone.code())
    assert 201 == answer.status_code, answer.text
    return answer.json()["codes"]


async def state(caller: Caller) -> Json:
    return (await caller.get("/own-authenticator")).json()


async def first_step(browser: httpx.AsyncClient, member: Member) -> httpx.Response:
    return await browser.post("/session/staff", json={"email": member.email, "password": PASSWORD})


def attempt_in(answer: httpx.Response) -> str:
    assert (409, "second_step_needed") == (answer.status_code, answer.json()["code"]), answer.text
    [error] = answer.json()["errors"]
    return error["message"]


async def second_step(browser: httpx.AsyncClient, attempt: str, code: str) -> httpx.Response:
    return await browser.post("/session/staff/code", json={"attempt": attempt, "code": code})


async def sign_in(browser: httpx.AsyncClient, member: Member, code: str) -> httpx.Response:
    return await second_step(browser, attempt_in(await first_step(browser, member)), code)
