"""The result as a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Measurement, median_and_range

_INTRODUCTION = """\
# Performance

Written by `make bench`; no figure is typed by hand. Medians, with the range over {runs} runs of {seconds:.0f} s in brackets.
Database, servers and the load generator share one machine: {machine}. Absolute figures are its own; ratios are what to compare.

- **bare path**: `bench/bare.py`, an ASGI program under the same uvicorn settings without framework, authorisation or product,
  which makes one INSERT and UPDATE with a commit of their own per post and sends the frame to the sockets of the room.
  It uses psycopg, as Pawline does.
- **pgbench**: Pawline's own statement for posts that share a commit, one post each, by 32 clients of `pgbench`.
- **uvicorn alone**: `bench/frame_limit.py`, which writes one ready-made frame of 200 bytes to every socket and does nothing else.
- **empty**: the same load on a database with nothing stored.

Runs of Pawline and of its reference take turns; a ratio is that of two runs that follow each other.
Posts are durable (`fsync` and `synchronous_commit` on) and have bodies of 200 bytes.

| id | work | Pawline | reference | ratio | asked for | reached |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    runs: int
    seconds: float
    machine: str


def build_page(measurements: Sequence[Measurement], circumstances: Circumstances) -> str:
    head = _INTRODUCTION.format(runs=circumstances.runs, seconds=circumstances.seconds, machine=circumstances.machine)
    rows = "\n".join(_row(measurement) for measurement in measurements)
    details = "\n".join(_details(measurement) for measurement in measurements if measurement.details)
    return f"{head}{rows}\n\n## Run by run\n\n{details}"


def build_line(measurement: Measurement) -> str:
    """For the terminal."""
    return f"{_row(measurement)}\n" + "".join(f"      {detail}\n" for detail in measurement.details)


def _row(measurement: Measurement) -> str:
    values = f"{median_and_range(measurement.values)} {measurement.unit}"
    references = [f"{name} {median_and_range(found)}" for name, found in measurement.references.items()]
    ratios = [f"{median_and_range(measurement.ratios(name))} of {name}" for name in measurement.references]
    target, reached = measurement.target, {True: "yes", False: "**no**", None: ""}[measurement.is_reached]
    asked = ""
    if target is not None:
        asked = (
            f"{target.sign} {target.limit:g} of {target.of}"
            if target.of
            else f"{target.sign} {target.limit:g} {measurement.unit}"
        )
    cells = [measurement.line, measurement.work, values, "; ".join(references), "; ".join(ratios), asked, reached]
    return f"| {' | '.join(cells)} |"


def _details(measurement: Measurement) -> str:
    lines = "\n".join(f"- {detail}" for detail in measurement.details)
    return f"{measurement.line}, {measurement.work}:\n\n{lines}\n"
