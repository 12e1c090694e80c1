"""What ``pawline doctor`` checks about the database."""

import asyncio
from datetime import UTC, datetime
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg

from pawline.cli.checks import CheckFailed
from pawline.platform.db import Database
from pawline.platform.files import FileStore, FilesUnavailable
from pawline.platform.job_queue import failed_jobs
from pawline.platform.postgres import LOWEST_VERSION
from pawline.platform.schema_state import DatabaseUnusable, SchemaState, schema_state
from pawline.platform.settings import Settings
from pawline.threads.lost_files import count_set_aside, find_missing_files

MOST_CLOCK_DIFFERENCE_SECONDS = 2.0


async def check_version(url: str) -> str:
    version = await _one_value(url, "SELECT current_setting('server_version_num')::int / 10000")
    if version < LOWEST_VERSION:
        raise CheckFailed(f"PostgreSQL {version:.0f} is too old. Move to version {LOWEST_VERSION} or later.")
    return f"PostgreSQL {version:.0f} answers"


async def check_schema(url: str) -> str:
    await _one_value(url, "SELECT 1")
    match await _state(url):
        case SchemaState.OLDER:
            raise CheckFailed("older than this Pawline. Run: pawline migrate (pawline serve does so by itself)")
        case SchemaState.NEWER:
            return "newer than this Pawline; works, yet update this one soon"
        case SchemaState.CURRENT:
            return "current"


async def check_clock(url: str) -> str:
    seconds = await _one_value(url, "SELECT extract(epoch FROM clock_timestamp())::float8")
    difference = abs(datetime.now(UTC).timestamp() - seconds)
    if difference > MOST_CLOCK_DIFFERENCE_SECONDS:
        raise CheckFailed(
            f"this machine and the database differ by {difference:.0f} seconds. Switch on time synchronisation (NTP) on both."
        )
    return f"this machine and the database agree within {MOST_CLOCK_DIFFERENCE_SECONDS:.0f} seconds"


async def check_jobs(url: str) -> str:
    if await _state(url) is SchemaState.OLDER:
        return "not looked at before the schema is current"
    database = Database(url, connections=1)
    try:
        async with database.transaction() as uow:
            failed = await failed_jobs(uow)
    finally:
        await database.close()
    if failed:
        kinds = ", ".join(f"{name} ({count})" for name, count in failed.items())
        raise CheckFailed(f"given up after many tries: {kinds}. The log says why. Once that is mended, run: pawline jobs retry")
    return "none was given up"


async def check_kept_files(settings: Settings, url: str) -> str:
    if await _state(url) is SchemaState.OLDER:
        return "not looked at before the schema is current"
    database, files = Database(url, connections=1), FileStore(settings.files_url)
    try:
        found, aside = await find_missing_files(database, files), await count_set_aside(files)
    except FilesUnavailable as error:
        raise CheckFailed("not looked at while files cannot be reached; see above") from error
    finally:
        await database.close()
    if found.missing:
        examples = ", ".join(map(str, found.examples))
        raise CheckFailed(
            f"{found.missing} of {found.looked_at} are missing from the store, such as {examples}. "
            "Readers see a placeholder in their place; put them back from the backup of the files"
            + (f", or from lost/, where {aside} are set aside." if aside else ".")
        )
    lost = f"; {aside} that belong to nothing are set aside below lost/, each for a week" if aside else ""
    return f"all {found.looked_at} are in the store{lost}"


async def _state(url: str) -> SchemaState:
    try:
        return await asyncio.to_thread(schema_state, url)
    except DatabaseUnusable as error:
        raise CheckFailed(str(error)) from error


async def _one_value(url: str, query: LiteralString) -> float:
    try:
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=5) as connection:
            rows = await (await connection.execute(query)).fetchall()
    except psycopg.OperationalError as error:
        place = urlsplit(url).hostname or "this machine"
        raise CheckFailed(
            f"the server on {place} does not let us in: {' '.join(str(error).split())}. Check DATABASE_URL."
        ) from error
    return rows[0][0]
