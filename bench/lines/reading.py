"""F3, F4 and F9: pages of a long thread, and the queue and the search of a practice with an archive."""

from random import Random

from bench.figures import Measurement, Target
from bench.load.job import Job, Seen
from bench.processes import generate
from bench.requests import read_request
from bench.seeding import LABEL_ID, archived_word
from bench.stage import Stage

PAGES = 500


async def measure_f3(stage: Stage) -> list[Measurement]:
    _, reader = await stage.full()
    longest, random = stage.sizes.longest_thread, Random(3)
    path = f"/api/v1/threads/{reader.long_thread_id}/messages?limit=50"
    seqs = [random.randint(51, longest) for _ in range(PAGES)]
    requests = [read_request(f"{path}&before={seq}", reader.person_id) for seq in seqs]
    return [await _reads(stage, f"50 messages of a thread of {longest:,}, any page", requests, line="F3", target=Target("≤", 8))]


async def measure_f4(stage: Stage) -> list[Measurement]:
    _, reader = await stage.full()
    many = f"of {stage.sizes.archived_threads:,} conversations with this person's unread"
    rare = [f"label_id={LABEL_ID}", "species=rabbit", "started_by=practice", f"assignee_id={reader.person_id}"]
    asks = (
        ("first 20", ["state=open&limit=20"], Target("≤", 25)),
        ("first 50", ["state=open&limit=50"], Target("≤", 25)),
        ("first 50 unread", ["state=unread&limit=50"], None),
        # Nearly all of them wait here, and each is looked at: the worst there is.
        ("first 50 who wait longest", ["state=waiting&limit=50"], None),
        (
            "a filter few threads match",
            [f"state={state}&{facet}" for facet in rare for state in ("open", "all")],
            Target("≤", 25),
        ),
    )
    return [
        await _reads(
            stage,
            f"{name} {many}",
            [read_request(f"/api/v1/inbox?{query}", reader.person_id) for query in queries],
            line="F4",
            target=target,
        )
        for name, queries, target in asks
    ]


async def measure_f9(stage: Stage) -> list[Measurement]:
    _, reader = await stage.full()
    where = f"first 20 of {stage.sizes.archived_messages:,} messages"
    rare = [archived_word(rank, 3) for rank in range(4_000, 8_000, 37)]
    beginnings = [archived_word(rank, 2)[:3] for rank in range(400)]
    names = [archived_word(rank, 2)[:length] for rank in range(0, 400, 7) for length in (2, 3, 4)]
    numbers = [str(7_700_000_000 + number)[-length:] for number in range(1, 1_000, 37) for length in (4, 7, 10)]
    asks = (
        (f"{where}, a word of every message", "messages", ["night"], reader.person_id),
        (f"{where}, rare words", "messages", rare, reader.person_id),
        (f"{where}, three letters", "messages", beginnings, reader.person_id),
        (f"{where}, three letters, who sees a tenth", "messages", beginnings, reader.elsewhere_id),
        (f"families among {stage.sizes.archived_threads:,}, the beginning of a name", "families", names, reader.person_id),
        (f"who of {stage.sizes.archived_threads:,} has a number, some digits", "families", numbers, reader.person_id),
    )
    return [
        await _reads(
            stage, work, [read_request(f"/api/v1/search/{kind}?q={q}", by) for q in asked], line="F9", target=Target("≤", 50)
        )
        for work, kind, asked, by in asks
    ]


async def _reads(stage: Stage, work: str, requests: list[str], *, line: str, target: Target | None) -> Measurement:
    runs = [await _read_in_turn(stage, requests) for _ in range(stage.runs)]
    return Measurement(
        line=line,
        work=f"{work}, p50",
        unit="ms",
        values=[seen.answers.p50_ms for seen in runs],
        target=target,
        details=[
            f"p50 {seen.answers.p50_ms:.1f}, p99 {seen.answers.p99_ms:.1f} ms; {seen.done} pages; "
            f"CPU of the web process {seen.server_cpu_seconds / max(seen.done, 1) * 1_000:.1f}, "
            f"of PostgreSQL {seen.postgres_cpu_seconds / max(seen.done, 1) * 1_000:.1f} ms a page; failed {seen.failed}"
            for seen in runs
        ],
    )


async def _read_in_turn(stage: Stage, requests: list[str]) -> Seen:
    """One reader, one page after the other."""
    place, _ = await stage.full()
    return await generate(
        Job(
            kind="in_turn",
            port=place.server.port,
            seconds=stage.seconds,
            requests=requests,
            server_pid=place.server.pid,
            postgres_pid=stage.postgres_pid,
        )
    )
