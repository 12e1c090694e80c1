"""The database limit: pgbench running Pawline's own statement for posts that share a commit, with one post each."""

import asyncio
import json
import os
import re
import tempfile
from pathlib import Path

import psycopg

from bench.processes import BenchFailed
from bench.requests import BODY_BYTES
from bench.seeding import PRACTICE_ID, People
from pawline.consent.app_terms import VERSION
from pawline.platform.postgres import pg_bin
from pawline.threads.posting import BY_KEY, TEXTS

# Each of pgbench's clients posts in a thread of its own, as each sender does.
_DRAFTS = """(SELECT json_build_array(b.template || jsonb_build_object(
    'message_id', gen_random_uuid(), 'client_id', gen_random_uuid()))
    FROM bench_draft b WHERE b.n = CAST(:client_id AS int) + 1)"""


def prepare_drafts(url: str, people: People) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE bench_draft (n int PRIMARY KEY, template jsonb NOT NULL)")
        session_ids = dict(connection.execute("SELECT person_id, id FROM login_session").fetchall())
        for household in people.households[1:]:
            template = {
                "ord": 0,
                "practice_id": str(PRACTICE_ID),
                "thread_id": str(household.thread_id),
                "request_hash": "00" * 32,
                "author_id": str(household.first_contact_id),
                "author_name": "Olive",
                "author_kind": "contact",
                "session_id": str(session_ids[household.first_contact_id]),
                "body": "x" * BODY_BYTES,
                "clinic_ids": list[str](),
                "family_id": str(household.family_id),
            }
            connection.execute("INSERT INTO bench_draft VALUES (%s, %s)", (household.n, json.dumps(template)))


def build_script(statement: str) -> str:
    """Pawline's statement with pgbench's variables in place of its parameters."""
    lines = [line for line in statement.splitlines() if not line.lstrip().startswith("--")]
    script = (
        "\n".join(lines)
        .replace("CAST(%(drafts)s AS json)", _DRAFTS)
        .replace("%(now)s", "now()")
        .replace("%(terms)s", f"'{VERSION}'")
    )
    return script + ";\n"


async def posts_per_second(url: str, *, clients: int, seconds: float) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(build_script(TEXTS))
        script.flush()
        options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(max(1, round(seconds))), "-f", script.name]
        process = await asyncio.create_subprocess_exec(
            str(Path(pg_bin()) / "pgbench"), *options, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "PGOPTIONS": BY_KEY},
        )  # fmt: skip
        output, _ = await process.communicate()
    found = re.search(r"tps = ([\d.]+)", output.decode())
    if found is None or process.returncode != 0:
        raise BenchFailed(f"pgbench failed: {output.decode()[-2_000:]}")
    return float(found[1])
