"""Filling databases: who posts and listens, and the archive of a practice after some years."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from pawline.consent.app_terms import VERSION
from pawline.platform.migrate import upgrade

SEED_FOLDER = Path(__file__).parent / "seed"
_SYLLABLES = "bacedifoguhajekilomunaperisotuvawexiyozu"
PRACTICE_ID = UUID("0190a000-0000-7000-8000-000000000001")
LABEL_ID = UUID("0190a000-0000-7000-8000-000000000002")


@dataclass(frozen=True, slots=True)
class Sizes:
    threads: int = 128
    crowd: int = 1_000
    idle: int = 5_000
    archived_threads: int = 50_000
    archived_messages: int = 1_000_000
    longest_thread: int = 100_000


QUICK = Sizes(idle=500, archived_threads=2_000, archived_messages=60_000, longest_thread=10_000)


@dataclass(frozen=True, slots=True)
class Household:
    """One thread and the three people who see it."""

    n: int
    thread_id: UUID
    clinic_id: UUID
    family_id: UUID
    first_contact_id: UUID
    second_contact_id: UUID
    nurse_id: UUID


@dataclass(frozen=True, slots=True)
class People:
    households: list[Household]
    """The first one is the crowd's: the whole crowd works at its clinic."""
    crowd: list[UUID]
    idle: list[UUID]


@dataclass(frozen=True, slots=True)
class Reader:
    """A staff member of the archive, the longest of the threads, and a staff member of the smaller clinic."""

    person_id: UUID
    long_thread_id: UUID
    elsewhere_id: UUID


def fill_people(url: str, sizes: Sizes) -> People:
    upgrade(url)
    values = {"practice_id": PRACTICE_ID, "threads": sizes.threads, "crowd": sizes.crowd, "idle": sizes.idle, "terms": VERSION}
    with psycopg.connect(url) as connection:
        _run(connection, "people.sql", values)
        columns = "n, thread_id, clinic_id, family_id, first_contact_id, second_contact_id, nurse_id"
        households = connection.execute(f"SELECT {columns} FROM bench_household ORDER BY n").fetchall()  # noqa: S608 - constants
        return People(
            households=[Household(*row) for row in households],
            crowd=[row[0] for row in connection.execute("SELECT id FROM bench_crowd")],
            idle=[row[0] for row in connection.execute("SELECT id FROM bench_idle")],
        )


def fill_archive(url: str, sizes: Sizes) -> Reader:
    """On top of the people."""
    others = sizes.archived_threads + sizes.archived_threads // 10 - 1
    each = (sizes.archived_messages - sizes.longest_thread) // others + 1
    values = {
        "practice_id": PRACTICE_ID, "label_id": LABEL_ID,
        "threads": sizes.archived_threads, "longest": sizes.longest_thread, "each": each,
    }  # fmt: skip
    with psycopg.connect(url) as connection:
        _run(connection, "archive.sql", values)
        row = connection.execute("SELECT id, long_thread_id, elsewhere_id FROM bench_reader").fetchone()
    # What autovacuum does within minutes of such an import: the figures are those of the days after it.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE, FREEZE)")
        connection.execute("CHECKPOINT")
    assert row is not None
    return Reader(*row)


def archived_word(rank: int, syllables: int) -> str:
    """As `seed/archive.sql` makes them for messages and names."""
    places = [rank // power % 20 * 2 for power in (1, 20, 400)]
    return "".join(_SYLLABLES[place : place + 2] for place in places[:syllables])


def session_secret(person_id: UUID) -> str:
    return f"bench-session-{person_id}"


def _run(connection: "psycopg.Connection[tuple[object, ...]]", name: str, values: Mapping[str, object]) -> None:
    script = (SEED_FOLDER / name).read_text()
    for key, value in values.items():
        script = script.replace(f"{{{key}}}", str(value))
    connection.execute(script.encode())
