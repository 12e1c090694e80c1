"""Everybody comes back at the same moment, because the server was started anew."""

import asyncio
import time

import pytest

from tests.faults.chance import SEED, choose_seed, random_from
from tests.faults.client import Answer
from tests.faults.herd import Browser
from tests.faults.scene import Scene
from tests.faults.telling import Tell
from tests.faults.waiting import until
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=40)]

BROWSERS = 2_000
ALL_BACK_SECONDS = 60  # as promised (F-35)
WRONG = {"email": "nora@northside.example", "password": "not her password"}


async def test_two_thousand_browsers_are_back_after_a_restart(many_files: None, scene: Scene, tell: Tell) -> None:
    """F-35: and whoever signs in meanwhile gets an answer."""
    seed = choose_seed()
    random, people, web = random_from(seed), scene.cast.members, await scene.start_web()
    herd = [Browser(people[number % len(people)], web.port, random) for number in range(BROWSERS)]
    running = [asyncio.create_task(browser.run()) for browser in herd]
    first = await until(lambda: all(browser.is_live for browser in herd), seconds=2 * ALL_BACK_SECONDS)
    assert 0 == await web.stop()
    await until(lambda: not any(browser.is_live for browser in herd), seconds=ALL_BACK_SECONDS)
    await web.start()
    signing_in = asyncio.create_task(sign_in_again_and_again(scene, web))
    back = await until(lambda: all(browser.is_live for browser in herd), seconds=ALL_BACK_SECONDS)
    signing_in.cancel()
    answers, slowest = await signing_in
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    tell(f"{BROWSERS} browsers: there after {first:.1f} s, back {back:.1f} s after the restart; promised {ALL_BACK_SECONDS} s")
    tell(f"{len(answers)} sign-ins meanwhile, the slowest in {slowest:.1f} s")
    tell(f"replay: {SEED}={seed} make test ARGS=tests/faults/test_herd.py")

    assert {answer.status for answer in answers} <= {401, 429}
    assert 401 == answers[0].status


async def sign_in_again_and_again(scene: Scene, web: WebProcess) -> tuple[list[Answer], float]:
    """Until cancelled: the answers, and the seconds of the slowest."""
    client, answers, slowest = scene.client(web), list[Answer](), 0.0
    try:
        while True:
            begun = time.monotonic()
            answers.append(await client.ask("POST", "/api/v1/session/staff", WRONG))
            slowest = max(slowest, time.monotonic() - begun)
            await asyncio.sleep(0.5)
    except asyncio.CancelledError:
        return answers, slowest
