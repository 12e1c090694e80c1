"""F1, F2 and F8: posting, and what arrives on the other screens."""

from bench.figures import Measurement, Target
from bench.load.job import Job, Seen
from bench.pgbench import posts_per_second
from bench.processes import Server, generate
from bench.requests import bare_everybody, bare_post_request, everybody, post_request
from bench.seeding import People
from bench.stage import Place, Stage

SENDERS = (32, 128)
PGBENCH_CLIENTS = 32
RATES = (200, 1_000)


async def measure_f1(stage: Stage) -> list[Measurement]:
    return [await _posts(stage, senders) for senders in SENDERS]


async def measure_f2(stage: Stage) -> list[Measurement]:
    return [await _arrivals(stage, rate) for rate in RATES]


async def measure_f8(stage: Stage) -> list[Measurement]:
    empty, (full, _) = await stage.empty(), await stage.full()
    runs = [(await _post_closed(stage, full, 32), await _post_closed(stage, empty, 32)) for _ in range(stage.runs)]
    sizes = stage.sizes
    return [
        Measurement(
            line="F8",
            work=f"F1, 32 senders, {sizes.archived_messages:,} messages and {sizes.archived_threads:,} threads stored",
            unit="posts/s",
            values=[stored.per_second for stored, _ in runs],
            references={"empty": [nothing.per_second for _, nothing in runs]},
            target=Target("≥", 0.85, of="empty"),
            details=_details([stored for stored, _ in runs]),
        )
    ]


async def _posts(stage: Stage, senders: int) -> Measurement:
    place, bare = await stage.empty(), await stage.bare()
    ours, theirs, limit = list[Seen](), list[Seen](), list[float]()
    for _ in range(stage.runs):
        ours.append(await _post_closed(stage, place, senders))
        theirs.append(await generate(_bare_job(stage, bare, place.people, senders=senders)))
        limit.append(await posts_per_second(place.url, clients=PGBENCH_CLIENTS, seconds=stage.seconds))
    return Measurement(
        line="F1",
        work=f"durable, authorised posts, {senders} senders, {len(everybody(place.people))} people connected",
        unit="posts/s",
        values=[seen.per_second for seen in ours],
        references={"bare path": [seen.per_second for seen in theirs], "pgbench": limit},
        target=Target("≥", 0.35, of="bare path"),
        details=_details(ours) + [f"bare path: {line}" for line in _details(theirs)],
    )


async def _arrivals(stage: Stage, rate: int) -> Measurement:
    place, bare = await stage.empty(), await stage.bare()
    ours, theirs = list[Seen](), list[Seen]()
    senders = stage.sizes.threads
    for _ in range(stage.runs):
        ours.append(await generate(_job(stage, place, senders, rate=rate)))
        theirs.append(await generate(_bare_job(stage, bare, place.people, senders=senders, rate=rate)))
    return Measurement(
        line="F2",
        work=f"arrival on the other screen at {rate:,} posts/s, open loop, p50",
        unit="ms",
        values=[seen.arrivals.p50_ms for seen in ours],
        references={"bare path": [seen.arrivals.p50_ms for seen in theirs]},
        target=Target("≤", 3, of="bare path"),
        details=_arrival_details(ours) + [f"bare path: {line}" for line in _arrival_details(theirs)],
    )


async def _post_closed(stage: Stage, place: Place, senders: int) -> Seen:
    return await generate(_job(stage, place, senders))


def _job(stage: Stage, place: Place, senders: int, *, rate: float = 0) -> Job:
    return Job(
        kind="open" if rate else "closed",
        port=place.server.port,
        seconds=stage.seconds,
        requests=[post_request(household) for household in place.people.households[1 : senders + 1]],
        listeners=everybody(place.people),
        rate=rate,
        server_pid=place.server.pid,
        postgres_pid=stage.postgres_pid,
    )


def _bare_job(stage: Stage, bare: Server, people: People, *, senders: int, rate: float = 0) -> Job:
    return Job(
        kind="open" if rate else "closed",
        port=bare.port,
        seconds=stage.seconds,
        requests=[bare_post_request(household.n) for household in people.households[1 : senders + 1]],
        listeners=bare_everybody(people),
        rate=rate,
        server_pid=bare.pid,
        postgres_pid=stage.postgres_pid,
    )


def _details(runs: list[Seen]) -> list[str]:
    return [
        f"acknowledged p50 {seen.answers.p50_ms:.1f}, p99 {seen.answers.p99_ms:.1f} ms; {_cpu(seen)}; failed {seen.failed}"
        for seen in runs
    ]


def _arrival_details(runs: list[Seen]) -> list[str]:
    return [
        f"arrived p50 {seen.arrivals.p50_ms:.1f}, p99 {seen.arrivals.p99_ms:.1f} ms; "
        f"acknowledged p50 {seen.answers.p50_ms:.1f}, p99 {seen.answers.p99_ms:.1f} ms; "
        f"{seen.per_second:.0f} posts/s; {_cpu(seen)}; failed {seen.failed}"
        for seen in runs
    ]


def _cpu(seen: Seen) -> str:
    web, postgres = (seconds / max(seen.done, 1) * 1_000 for seconds in (seen.server_cpu_seconds, seen.postgres_cpu_seconds))
    return f"CPU of the web process {web:.2f}, of PostgreSQL {postgres:.2f} ms a post, of the generator {seen.generator_cpu:.0%}"
