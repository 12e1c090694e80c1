"""Places where a test may stop or kill the process, to see that its work goes on elsewhere.

``FAILPOINTS=deliveries.after_claim=kill,deliveries.after_answer=stop``, and only with ``PAWLINE_TESTING=1``. Actions: ``kill``
and ``stop`` send this process SIGKILL and SIGSTOP, ``pause:<seconds>`` holds up what reaches the place, ``raise`` raises there.
"""

import asyncio
import os
import signal
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from pawline.platform.settings import SettingsInvalid

_SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}
_LEAVES_WITHIN_SECONDS = 0.5

_armed: dict[str, str] = {}

Result = TypeVar("Result")


class FailpointReached(Exception):
    """Stands for a mistake nobody thought of."""


def arm(env: Mapping[str, str]) -> None:
    """Read FAILPOINTS once, at the start of the process; without it nothing is armed.

    Raises:
        SettingsInvalid: it is set although this is no test, or makes no sense.
    """
    _armed.clear()
    listed = env.get("FAILPOINTS", "")
    if not listed:
        return
    if env.get("PAWLINE_TESTING") != "1":
        raise SettingsInvalid(
            ["FAILPOINTS is set, which kills Pawline on purpose; leave it out, or say PAWLINE_TESTING=1 in a test."]
        )
    for part in listed.split(","):
        name, _, action = part.strip().partition("=")
        if not name or not _is_action(action):
            raise SettingsInvalid([f"FAILPOINTS has {part!r}; give <place>=kill, stop, raise or pause:<seconds>."])
        _armed[name] = action


async def reach(name: str) -> None:
    """Does nothing unless ``name`` is armed."""
    action = _armed.get(name)
    if action is None:
        return
    if action in _SIGNALS:
        os.kill(os.getpid(), _SIGNALS[action])
    elif action == "raise":
        raise FailpointReached(name)
    else:
        await asyncio.sleep(float(action.removeprefix("pause:")))


async def reach_during(name: str, call: Coroutine[Any, Any, Result]) -> Result:
    """Reach ``name`` while ``call`` waits for its answer, or right after it if the answer came at once."""
    if name not in _armed:
        return await call
    calling = asyncio.create_task(call)
    try:
        await asyncio.wait([calling], timeout=_LEAVES_WITHIN_SECONDS)
        await reach(name)
        return await calling
    finally:
        calling.cancel()


def _is_action(action: str) -> bool:
    kind, _, seconds = action.partition(":")
    return action in {*_SIGNALS, "raise"} or (kind == "pause" and seconds.replace(".", "", 1).isdigit())
