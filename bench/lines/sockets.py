"""F5 and F6: one frame for many sockets, and what a connected person costs at rest."""

from bench.figures import Measurement, Target
from bench.load.job import Job, Listener, Seen
from bench.processes import Server, generate, generating
from bench.requests import bare_post_request, live, post_request
from bench.stage import Stage

KIB = 1024


async def measure_f5(stage: Stage) -> list[Measurement]:
    place, limit = await stage.empty(), await stage.frame_limit()
    people = place.people
    listeners = [live("staff", person_id) for person_id in people.crowd]
    ours, theirs = list[Seen](), list[Seen]()
    for _ in range(stage.runs):
        ours.append(await _fan_out(stage, place.server, post_request(people.households[0]), listeners=listeners))
        theirs.append(await _fan_out(stage, limit, bare_post_request(0), listeners=[Listener("/") for _ in listeners]))
    return [
        Measurement(
            line="F5",
            work=f"one frame to {len(listeners):,} permitted sockets",
            unit="frames/s",
            values=[seen.frames_per_second for seen in ours],
            references={"uvicorn alone": [seen.frames_per_second for seen in theirs]},
            target=Target("≥", 0.4, of="uvicorn alone"),
            details=_details(ours) + [f"uvicorn alone, 200 bytes: {line}" for line in _details(theirs)],
        )
    ]


async def measure_f6(stage: Stage) -> list[Measurement]:
    place = await stage.empty()
    people = [live("owner", person_id) for person_id in place.people.idle]
    ours, theirs = list[float](), list[float]()
    for _ in range(stage.runs):
        # A process of its own: memory that earlier work has given back to the process would hide what the sockets take.
        async with stage.pawline(place.url) as server:
            ours.append(await _memory_each(server, people))
        async with stage.bare_process() as server:
            theirs.append(await _memory_each(server, [Listener("/rooms/999") for _ in people]))
    return [
        Measurement(
            line="F6",
            work=f"memory per idle connected person, {len(people):,} connected",
            unit="KiB",
            values=ours,
            references={"bare path": theirs},
            target=Target("≤", 80),
        )
    ]


async def _fan_out(stage: Stage, server: Server, request: str, *, listeners: list[Listener]) -> Seen:
    job = Job(
        kind="fanout", port=server.port, seconds=stage.seconds, requests=[request], listeners=listeners, server_pid=server.pid
    )
    return await generate(job)


async def _memory_each(server: Server, people: list[Listener]) -> float:
    before = server.resident_bytes
    async with generating(Job(kind="idle", port=server.port, seconds=0, listeners=people)):
        return (server.resident_bytes - before) / len(people) / KIB


def _details(runs: list[Seen]) -> list[str]:
    return [
        f"{seen.frames / max(seen.server_cpu_seconds, 0.01):,.0f} frames per CPU second of the server; "
        f"CPU of the server {seen.server_cpu_seconds / seen.seconds:.0%}, of the generator {seen.generator_cpu:.0%} of a core; "
        f"{seen.per_second:.0f} posts/s; failed {seen.failed}"
        for seen in runs
    ]
