"""What the generator notes down while it works."""

import asyncio
import random
import time

from bench.figures import percentile
from bench.load.job import Latency

MARKER_START = b"#"
MARKER_DIGITS = 12


class Notes:
    """Counts from ``start_at`` on; what was due before is warming up."""

    def __init__(self) -> None:
        self._start = float("inf")
        # What a saturated server still has of an earlier run must not pass for this one's.
        self._first_marker = random.randrange(10**5) * 10**7
        self._due: list[float] = []
        self._answers: list[float] = []
        self._arrivals: list[float] = []
        self._frames_before = 0
        self._done_before = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self.frames = 0
        self.done = 0
        self.failed = 0

    def start_at(self, start: float) -> None:
        self._start = start

    def begin(self) -> None:
        """The warm-up is over."""
        self._frames_before, self._done_before = self.frames, self.done

    def next_marker(self, due: float) -> int:
        """Travels in the body of a post, so that its frame tells when it was due."""
        self._due.append(due)
        return self._first_marker + len(self._due) - 1

    def answered(self, due: float, status: int) -> None:
        if status not in (200, 201):
            self.failed += 1
            return
        self.done += 1
        if due >= self._start:
            self._answers.append(time.perf_counter() - due)

    def count_frame(self, payload: bytes) -> None:
        if MARKER_START in payload or b'"changes"' in payload:
            self.frames += 1
            self._wake()

    def time_frame(self, payload: bytes) -> None:
        at = payload.find(MARKER_START)
        if at < 0:
            return
        self.frames += 1
        number = int(payload[at + 1 : at + 1 + MARKER_DIGITS]) - self._first_marker
        if 0 <= number < len(self._due) and self._due[number] >= self._start:
            self._arrivals.append(time.perf_counter() - self._due[number])

    async def wait_for_frames(self, count: int) -> None:
        if self.frames < count:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((count, future))
            await future

    @property
    def measured_frames(self) -> int:
        return self.frames - self._frames_before

    @property
    def measured_done(self) -> int:
        return self.done - self._done_before

    @property
    def answers(self) -> Latency:
        return _latency(self._answers)

    @property
    def arrivals(self) -> Latency:
        return _latency(self._arrivals)

    def _wake(self) -> None:
        if not self._waiting:
            return
        for waiting in [one for one in self._waiting if one[0] <= self.frames]:
            self._waiting.remove(waiting)
            waiting[1].set_result(None)


def _latency(seconds: list[float]) -> Latency:
    return Latency(len(seconds), percentile(seconds, 50) * 1_000, percentile(seconds, 99) * 1_000)
