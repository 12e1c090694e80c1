"""F7: from the start to the first answer, and what a web process weighs at rest."""

import asyncio

from bench.figures import Measurement, Target
from bench.processes import Server, free_port, running
from bench.stage import Stage

MIB = 1024 * 1024
SETTLE_SECONDS = 3.0


async def measure_f7(stage: Stage) -> list[Measurement]:
    await _start(stage)  # makes the data folder
    starts = [(await _start(stage)).started_within_seconds for _ in range(stage.runs)]
    return [
        Measurement(
            line="F7",
            work="start to first answer, initialised data folder, database included",
            unit="s",
            values=starts,
            target=Target("≤", 8),
        ),
        Measurement(
            line="F7",
            work="memory of one web process at rest",
            unit="MiB",
            values=[await _memory_at_rest(stage) for _ in range(stage.runs)],
            target=Target("≤", 150),
        ),
    ]


async def _start(stage: Stage) -> Server:
    """`pawline serve`, which starts the database too; stopped again."""
    port = free_port()
    env = stage.env(port) | {"PAWLINE_DATA": str(stage.folder / "served")}
    async with running("pawline", "serve", port=port, env=env, log=stage.folder / "pawline.log") as server:
        return server


async def _memory_at_rest(stage: Stage) -> float:
    place = await stage.empty()
    async with stage.pawline(place.url) as server:
        await asyncio.sleep(SETTLE_SECONDS)
        return server.resident_bytes / MIB
