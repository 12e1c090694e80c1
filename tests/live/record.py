"""Writes ``cases.json``, which the reducers here and in the browser replay: ``python -m tests.live.record``.

The product itself plays the scenes; only its random ids and its times are made even, keeping their order.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.live.acts import Act, empty_thread, perform
from tests.live.listening import Recording, recording
from tests.live.scenes import SCENES, Scene
from tests.world import Caller, World

Json = Any
CASES = Path(__file__).with_name("cases.json")
VIEWERS = ("nora", "olive")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
_PRACTICE_IN_ADDRESS = re.compile(r"-[0-9a-f]{32}(?=@)")
_START = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


async def record_cases(world: World) -> None:
    cases = [case for scene in SCENES for case in await _play(world, scene)]
    rows = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)
    await asyncio.to_thread(CASES.write_text, f"[\n{rows}\n]\n")


async def _play(world: World, scene: Scene) -> list[Json]:
    await empty_thread(world)
    async with _listening(world) as kept:
        await _perform_all(world, scene.before)
        snapshots = {who: await world.callers[who].thread(world.thread_id) for who in VIEWERS}
        await _perform_all(world, scene.after)
        fresh = {who: await world.callers[who].thread(world.thread_id) for who in VIEWERS}
        frames = {who: await _arriving(world.callers[who], scene, snapshots[who], kept=kept[who]) for who in VIEWERS}
    return [
        _even(
            {
                "name": f"{who} sees: {scene.name}",
                "me": world.callers[who].id,
                "snapshot": snapshots[who],
                "frames": frames[who],
                "fresh": fresh[who],
            }
        )
        for who in VIEWERS
    ]


@asynccontextmanager
async def _listening(world: World) -> AsyncGenerator[dict[str, Recording]]:
    async with recording(world.nora) as for_nora, recording(world.olive) as for_olive:
        yield {"nora": for_nora, "olive": for_olive}


async def _perform_all(world: World, acts: Sequence[Act]) -> None:
    for act in acts:
        await perform(world, act)


async def _arriving(viewer: Caller, scene: Scene, snapshot: Json, *, kept: Recording) -> list[Json]:
    thread_id = snapshot["thread_id"]
    fresh = await viewer.thread(thread_id)
    frames = sorted(await kept.whole(fresh["revision"]), key=lambda frame: (frame["after"], frame["revision"]))
    if not scene.with_early:
        frames = [frame for frame in frames if frame["revision"] > snapshot["revision"]]
    arriving = scene.arrive(frames[scene.loses :])
    if scene.loses:
        path = f"/threads/{thread_id}/changes"
        arriving.append((await viewer.get(path, after=snapshot["revision"])).json())
    return arriving


def _even(case: Json) -> Json:
    """Ids and times as if counted, in their order."""
    text = _PRACTICE_IN_ADDRESS.sub("", _DAY.sub("21 Nov 2026", json.dumps(case, ensure_ascii=False)))
    ids = {old: f"00000000-0000-4000-8000-{number:012}" for number, old in enumerate(sorted(set(_ID.findall(text))), 1)}
    times = sorted(set(_TIME.findall(text)), key=datetime.fromisoformat)
    even = {old: (_START + timedelta(seconds=number)).isoformat().replace("+00:00", "Z") for number, old in enumerate(times)}
    return json.loads(_TIME.sub(lambda found: even[found[0]], _ID.sub(lambda found: ids[found[0]], text)))


if __name__ == "__main__":
    # Importing this module has imported more than pytest would like to have come first for its assertions.
    quiet = "-W=ignore::pytest.PytestAssertRewriteWarning"
    sys.exit(pytest.main([__file__, "-q", quiet, "-p", "no:cacheprovider", "-o", "python_functions=record_*"]))
