import asyncio
import signal
import subprocess
import sys
from collections.abc import Generator
from time import perf_counter

import pytest

from pawline.platform.failpoints import FailpointReached, arm, reach, reach_during
from pawline.platform.settings import SettingsInvalid

TESTING = {"PAWLINE_TESTING": "1"}


@pytest.fixture(autouse=True)
def disarmed() -> Generator[None]:
    yield
    arm({})


@pytest.mark.parametrize("points", ["here=kill", "nonsense"])
def test_outside_of_tests_they_are_refused(points: str) -> None:
    with pytest.raises(SettingsInvalid, match="PAWLINE_TESTING=1"):
        arm({"FAILPOINTS": points})


@pytest.mark.parametrize("points", ["here", "here=", "=kill", "here=explode", "here=pause:long", "here=kill,"])
def test_nonsense_is_refused(points: str) -> None:
    with pytest.raises(SettingsInvalid, match="FAILPOINTS has"):
        arm({"FAILPOINTS": points, **TESTING})


async def test_nothing_happens_at_a_place_that_is_not_armed() -> None:
    arm({"FAILPOINTS": "there=raise", **TESTING})
    await reach("here")

    assert 3 == await reach_during("here", _answer_after(0))


async def test_what_reaches_a_place_is_held_up_or_fails() -> None:
    arm({"FAILPOINTS": "here=pause:0.1,there=raise", **TESTING})
    begun = perf_counter()
    await reach("here")

    assert perf_counter() - begun >= 0.1
    with pytest.raises(FailpointReached):
        await reach("there")


async def test_a_place_inside_a_call_is_reached_while_the_answer_is_waited_for() -> None:
    arm({"FAILPOINTS": "here=raise", **TESTING})
    with pytest.raises(FailpointReached):
        await reach_during("here", _answer_after(60))


def test_a_process_kills_itself() -> None:
    code = (
        "import asyncio, os\nfrom pawline.platform.failpoints import arm, reach\n"
        "arm({'FAILPOINTS': 'here=kill', 'PAWLINE_TESTING': '1'})\nasyncio.run(reach('here'))\n"
    )

    assert -signal.SIGKILL == subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode


async def _answer_after(seconds: float) -> int:
    await asyncio.sleep(seconds)
    return 3
