"""The kinds of load. Times are of ``time.perf_counter``, in seconds."""

import asyncio
import itertools
import time
import uuid

from bench.load.http import HttpConnection, connect
from bench.load.job import CLIENT_ID, MARKER, Job
from bench.load.notes import Notes

ROUNDS_IN_FLIGHT = 2
LAST_ANSWERS_WITHIN_SECONDS = 3


class Request:
    """A request whose placeholders are filled in anew each time it is sent."""

    def __init__(self, text: str) -> None:
        self._parts = text.encode().split(CLIENT_ID.encode())
        self._marker = MARKER.encode()

    def build(self, marker: int) -> bytes:
        if len(self._parts) == 1:
            return self._parts[0].replace(self._marker, b"%012d" % marker)
        return str(uuid.uuid4()).encode().join(self._parts).replace(self._marker, b"%012d" % marker, 1)


async def run_closed(job: Job, notes: Notes, until: float) -> None:
    connections = await asyncio.gather(*(connect(job.port) for _ in job.requests))
    await asyncio.gather(
        *(
            _send_again_and_again(connection, Request(text), notes, until=until)
            for connection, text in zip(connections, job.requests, strict=True)
        )
    )
    _close(connections)


async def _send_again_and_again(connection: HttpConnection, request: Request, notes: Notes, *, until: float) -> None:
    while (now := time.perf_counter()) < until:
        status = await connection.send(request.build(notes.next_marker(now)))
        notes.answered(now, status)
        if status == 0:
            return


async def run_in_turn(job: Job, notes: Notes, until: float) -> None:
    connection = await connect(job.port)
    requests = itertools.cycle([text.encode() for text in job.requests])
    while (now := time.perf_counter()) < until:
        notes.answered(now, await connection.send(next(requests)))
    connection.close()


async def run_open(job: Job, notes: Notes, until: float) -> None:
    """Each moment of the schedule gets its request, late or not; its time runs from the schedule, not from the sending.

    What a saturated server never got counts as failed.
    """
    connections = await asyncio.gather(*(connect(job.port) for _ in job.requests))
    queues = [asyncio.Queue[float | None]() for _ in connections]
    lanes = [
        asyncio.create_task(_send_as_queued(connection, Request(text), notes, queue=queue))
        for connection, text, queue in zip(connections, job.requests, queues, strict=True)
    ]
    start, number = time.perf_counter(), 0
    while (due := start + number / job.rate) < until:
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        queues[number % len(queues)].put_nowait(due)
        number += 1
    for queue in queues:
        queue.put_nowait(None)
    _, late = await asyncio.wait(lanes, timeout=LAST_ANSWERS_WITHIN_SECONDS)
    for lane in late:
        lane.cancel()
    notes.failed += sum(max(0, queue.qsize() - 1) for queue in queues)  # all but the None
    await asyncio.sleep(0.2)
    _close(connections)


async def _send_as_queued(
    connection: HttpConnection, request: Request, notes: Notes, *, queue: "asyncio.Queue[float | None]"
) -> None:
    while (due := await queue.get()) is not None:
        notes.answered(due, await connection.send(request.build(notes.next_marker(due))))


async def run_fanout(job: Job, notes: Notes, until: float) -> None:
    """Posts go out as the frames come in: each waits until everybody has the frame but one before it."""
    connections = [await connect(job.port) for _ in range(ROUNDS_IN_FLIGHT)]
    listeners = len(job.listeners)
    request = Request(job.requests[0])
    rounds = 0

    async def post_in_turn(connection: HttpConnection) -> None:
        nonlocal rounds
        while (now := time.perf_counter()) < until:
            await notes.wait_for_frames((rounds - ROUNDS_IN_FLIGHT + 1) * listeners)
            rounds += 1
            notes.answered(now, await connection.send(request.build(notes.next_marker(now))))

    await asyncio.gather(*(post_in_turn(connection) for connection in connections))
    await notes.wait_for_frames(rounds * listeners)
    _close(connections)


def _close(connections: list[HttpConnection]) -> None:
    for connection in connections:
        connection.close()
