"""A worker dies or freezes at each step of a send: its texts go on, none is lost, none goes twice uncounted."""

import signal
from contextlib import AsyncExitStack

import pytest

from tests.faults.held_answers import answers_held_back
from tests.faults.telling import Tell
from tests.faults.text_checker import downs
from tests.faults.text_scene import TextScene
from tests.faults.waiting import until
from tests.faults.worker import running

pytestmark = [pytest.mark.faults, pytest.mark.slow]

TEXTS = 20
DEATHS = 2


@pytest.mark.parametrize(
    "step",
    ["deliveries.after_claim", "deliveries.after_attempt", "deliveries.after_request", "deliveries.after_answer"],
    ids=lambda step: step.partition(".")[2],
)
async def test_a_worker_that_dies_loses_and_doubles_no_text(texting: TextScene, tell: Tell, step: str) -> None:
    """F-06 after the claim, F-07 after the attempt was written down, F-08 after the request left, F-09 after the answer."""
    codes: list[int] = []
    async with AsyncExitStack() as stack:
        carrier_url = texting.carrier.settings.public_url
        if step == "deliveries.after_request":
            carrier_url = await stack.enter_async_context(answers_held_back(carrier_url))
        for _ in range(DEATHS):
            await texting.send_all(await texting.take(TEXTS // DEATHS), words=step)
            async with running(texting.worker(failpoints=f"{step}=kill", carrier_url=carrier_url)) as worker:
                codes.append(await worker.until_it_ends(seconds=120))
    async with running(texting.worker()):
        await texting.until_sent(seconds=180)
    verdict = await texting.judge_sent()
    tell(texting.report(step.partition(".")[2], verdict))

    assert [-signal.SIGKILL] * DEATHS == codes
    assert verdict.is_good, verdict
    assert (TEXTS, 0) == (verdict.ok, verdict.doubled)
    assert [] == downs(await texting.changes())


async def test_answers_lost_after_acceptance_double_no_text(texting: TextScene, tell: Tell) -> None:
    """The carrier has taken every one of them and says so to nobody: its receipts, or its list, tell."""
    await texting.carrier.weather(lost_answers=1, missing_receipts=0.5)
    await texting.send_all(await texting.take(TEXTS), words="lost answer")
    async with running(texting.worker()):
        await texting.until_sent(seconds=180)
    verdict = await texting.judge_sent()
    tell(texting.report("lost_after_acceptance", verdict))

    assert (TEXTS, 0, 0) == (verdict.ok, verdict.ambiguous, verdict.doubled)
    assert verdict.is_good, verdict


@pytest.mark.parametrize("step", ["after_claim", "after_attempt", "after_request"])
async def test_a_worker_that_was_frozen_past_its_lease_sends_nothing(texting: TextScene, tell: Tell, step: str) -> None:
    """F-14: SIGSTOP; another worker takes over; SIGCONT."""
    await texting.send_all(await texting.take(TEXTS), words=step)
    async with running(texting.worker(failpoints=f"deliveries.{step}=stop")) as zombie:
        await until(lambda: zombie.is_frozen, seconds=120)
        async with running(texting.worker()):
            await texting.until_sent(seconds=180)
            await zombie.keep_thawed(seconds=3)
            await texting.until_sent(seconds=180)
    verdict = await texting.judge_sent()
    tell(texting.report(f"frozen and {step}", verdict))

    # A text whose last look at its lease is over and whose bytes are not on the wire yet goes out late; that is counted.
    assert TEXTS == verdict.ok + verdict.doubled
    assert 0 == verdict.doubled or step == "after_request"
    assert verdict.is_good, verdict
    assert [] == downs(await texting.changes())
