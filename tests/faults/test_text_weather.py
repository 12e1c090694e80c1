"""The worst weather a carrier has: two hundred texts each way arrive once."""

import asyncio

import msgspec
import pytest

from pawline.carriers.simulator.weather import WORST
from tests.faults.chance import choose_seed
from tests.faults.telling import Tell
from tests.faults.text_checker import TextRecord, downs
from tests.faults.text_scene import TextScene
from tests.faults.worker import running

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=40)]

CLIENTS = 10
EACH = 20


async def test_two_hundred_texts_each_way_arrive_once(texting: TextScene, tell: Tell) -> None:
    """Slow and lost answers, 5xx before and after acceptance, 429, receipts twice, late, out of order or never, forged hooks."""
    seed, received = choose_seed(), TextRecord()
    texters = await texting.take(CLIENTS)
    await texting.carrier.weather(**{**msgspec.structs.asdict(WORST), "speed": 20, "seed": seed})
    async with running(texting.worker()):
        await asyncio.gather(
            texting.send_all(texters, words="Pixel can come", times=EACH),
            texting.text_from(texters, received, each=EACH),
        )
        await texting.until_handed_over(received, seconds=180)
        await texting.until_sent(seconds=180)
    out, back = await texting.judge_sent(), await texting.judge_received(received)
    states = await texting.states_of(texters)
    forged = sum("wrong signature → 403" in line for line in await texting.carrier.log())
    tell(texting.report("two_hundred", out, seed=seed))
    tell(f"the other way: {back}\nanswers to Nora: {dict(texting.answers)}; states: {dict(states)}")
    tell(f"of the last 500 lines of the carrier's log, forged and refused: {forged}")

    assert CLIENTS * EACH == out.ok + out.doubled
    assert out.is_good, out
    assert 0 == out.doubled
    assert CLIENTS * EACH == back.ok
    assert back.is_good, back
    assert set(states) <= {"accepted", "sent", "delivered"}
    assert [] == downs(await texting.changes())
