"""The generator: reads a job from its input, works, writes what it saw to its output. A process of its own."""

import asyncio
import sys
import time
from contextlib import suppress

import msgspec
import psutil
import uvloop

from bench.load.job import Job, Latency, Seen
from bench.load.live import LiveConnection, open_live
from bench.load.notes import Notes
from bench.load.work import run_closed, run_fanout, run_in_turn, run_open

WARM_UP_SECONDS = 1.0
CONNECTING_AT_ONCE = 50
NOTHING = Latency(0, 0, 0)


class Meter:
    """Seconds by the clock, and of CPU of this process, the server and PostgreSQL, since it was made."""

    def __init__(self, job: Job) -> None:
        self._server = [psutil.Process(job.server_pid)] if job.server_pid else []
        self._postgres = psutil.Process(job.postgres_pid).children() if job.postgres_pid else []
        self._started = self._now()

    def read(self) -> tuple[float, float, float, float]:
        clock, own, server, postgres = (now - before for now, before in zip(self._now(), self._started, strict=True))
        return clock, own, server, postgres

    def _now(self) -> list[float]:
        return [time.perf_counter(), time.process_time(), _cpu_seconds(self._server), _cpu_seconds(self._postgres)]


def _cpu_seconds(processes: list[psutil.Process]) -> float:
    seconds = 0.0
    for process in processes:
        # A backend may end meanwhile; what it did is lost, which is little.
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            seconds += times.user + times.system
    return seconds


async def main() -> None:
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    notes = Notes()
    listeners = await _listen(job, notes)
    if job.kind == "idle":
        _tell(Seen(1, 0, 0, 0, len(listeners), 0, notes.frames, NOTHING, NOTHING))
        # Pings have to be answered meanwhile, so the loop must not be blocked.
        await asyncio.to_thread(sys.stdin.buffer.read)
    else:
        _tell(await _work(job, notes))
    for listener in listeners:
        listener.close()


async def _work(job: Job, notes: Notes) -> Seen:
    now = time.perf_counter()
    notes.start_at(now + WARM_UP_SECONDS)
    until = now + WARM_UP_SECONDS + job.seconds
    kinds = {"closed": run_closed, "in_turn": run_in_turn, "open": run_open, "fanout": run_fanout}
    work = asyncio.create_task(kinds[job.kind](job, notes, until))
    await asyncio.sleep(WARM_UP_SECONDS)
    notes.begin()
    meter = Meter(job)
    await asyncio.sleep(job.seconds)
    spent = meter.read()
    frames, done = notes.measured_frames, notes.measured_done
    await work
    return Seen(*spent, done, notes.failed, frames, notes.answers, notes.arrivals)


async def _listen(job: Job, notes: Notes) -> list[LiveConnection]:
    opened: list[LiveConnection] = []
    for start in range(0, len(job.listeners), CONNECTING_AT_ONCE):
        group = job.listeners[start : start + CONNECTING_AT_ONCE]
        timed = job.kind in ("closed", "open")
        opened += await asyncio.gather(
            *(open_live(job.port, one, notes.time_frame if timed and one.is_other else notes.count_frame) for one in group)
        )
    return opened


def _tell(seen: Seen) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(seen) + b"\n")
    sys.stdout.buffer.flush()


uvloop.run(main())
