"""Files and rows that have lost each other: a process died between storing the one and the other, or a backup was older."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import TextClause, text

from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.files import FileMissing, FileStore
from pawline.threads.file_links import VARIANTS

_log = structlog.get_logger()

LEFT_ALONE = timedelta(hours=1)
"""A file comes before its row, so one that has just come may still get it."""
LOOKED_AT = timedelta(days=7)
"""Older ones have been looked at before; what a restored database no longer knows is not for a sweep to destroy."""
KEPT_ASIDE = timedelta(days=7)
ASIDE = "lost"
"""Below it stands the day on which a file was set aside, and then its key."""
_MOST_TO_DOUBT = 20
_AT_ONCE = 1_000
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_TIME_BITS = 80  # of a UUIDv7, behind its milliseconds since 1970

_ROWS = {  # tenancy: looks over all practices for ids, which are unique everywhere; it removes only what no practice has.
    "attachments": text("SELECT id FROM attachment WHERE id = ANY(:ids)"),
    "portraits": text("""
        SELECT portrait_id FROM pet WHERE portrait_id = ANY(:ids) UNION ALL SELECT logo_id FROM clinic WHERE logo_id = ANY(:ids)
    """),
    "uploads": text("SELECT id FROM partial_upload WHERE id = ANY(:ids)"),
}
# tenancy: as above. The files of a deleted message are sealed, or erased.
_ATTACHMENTS = text("""
SELECT a.practice_id, a.id, a.thumbnail_width IS NOT NULL AS has_thumbnail FROM attachment a
LEFT JOIN message m ON m.practice_id = a.practice_id AND m.id = a.message_id
WHERE (a.practice_id, a.id) > (:practice_id, :id) AND m.deleted_at IS NULL ORDER BY a.practice_id, a.id LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class MissingFiles:
    """``examples``: ids of attachments, at most three."""

    looked_at: int
    missing: int
    examples: tuple[UUID, ...]


async def sweep_lost_files(database: Database, files: FileStore) -> None:
    """Set files aside that have no row, an hour to a week after they came, and remove them a week later.

    A database that stood still while another one went on, as a copy or a backup does, knows none of what came since. So a file is
    lost only if a newer one is known.
    """
    lately = {folder: await _lately(files, folder) for folder in _ROWS}
    known = set[UUID]()
    for folder, rows in _ROWS.items():
        known |= await _known(database, rows, set(lately[folder].values()))
    newest = max(map(_made_at, known), default=_BEFORE_ALL)
    for folder, owners in lately.items():
        lost = [key for key, owner in owners.items() if owner not in known and _made_at(owner) < newest]
        if len(lost) > _MOST_TO_DOUBT and len(lost) * 2 > len(owners):
            # Rather those of another database: a copy for a drill, say, with the settings of the real one.
            _log.error("files_of_another_database", folder=folder, lost=len(lost), looked_at=len(owners))
            continue
        await _set_aside(files, lost)
        if lost:
            _log.warning("lost_files_set_aside", folder=folder, files=len(lost))
    await _remove_set_aside(files)


async def count_set_aside(files: FileStore) -> int:
    return len([key async for key in files.list(ASIDE)])


async def find_missing_files(database: Database, files: FileStore) -> MissingFiles:
    """Attachments whose file or thumbnail is not in the store. Readers see a placeholder in their place."""
    stored = {(owner, key.rpartition("/")[2]) async for key, owner in _owned(files, "attachments")}
    looked_at, missing = 0, list[UUID]()
    async for attachment_id, has_thumbnail in _attachments(database):
        wanted = {(attachment_id, variant) for variant in VARIANTS if variant == "file" or has_thumbnail}
        if _age(attachment_id) > LEFT_ALONE:  # what came since the list was made is not missing
            looked_at += 1
            missing += [attachment_id] if wanted - stored else []
    return MissingFiles(looked_at, len(missing), tuple(missing[:3]))


async def _lately(files: FileStore, folder: str) -> dict[str, UUID]:
    return {key: owner async for key, owner in _owned(files, folder) if LEFT_ALONE < _age(owner) < LOOKED_AT}


async def _set_aside(files: FileStore, keys: Iterable[str]) -> None:
    for key in keys:
        with suppress(FileMissing):  # another worker was faster
            await files.move(key, f"{ASIDE}/{clock.now():%Y-%m-%d}/{key}")


async def _remove_set_aside(files: FileStore) -> None:
    until = f"{clock.now() - KEPT_ASIDE:%Y-%m-%d}"
    for key in [key async for key in files.list(ASIDE) if key.split("/")[1] < until]:
        await files.delete(key)


async def _owned(files: FileStore, folder: str) -> AsyncIterator[tuple[str, UUID]]:
    async for key in files.list(folder):
        try:
            yield key, UUID(key.split("/")[1])
        except ValueError:
            continue  # not one of ours


def _age(made: UUID) -> timedelta:
    return clock.now() - _made_at(made)


def _made_at(made: UUID) -> datetime:
    """Of a UUIDv7."""
    return datetime.fromtimestamp((made.int >> _TIME_BITS) / 1000, UTC)


async def _known(database: Database, rows: TextClause, ids: Iterable[UUID]) -> set[UUID]:
    known, waiting = set[UUID](), list(ids)
    for first in range(0, len(waiting), _AT_ONCE):
        async with database.single_statements() as connection:
            known |= set((await connection.execute(rows, {"ids": waiting[first : first + _AT_ONCE]})).scalars())
    return known


async def _attachments(database: Database) -> AsyncIterator[tuple[UUID, bool]]:
    after = {"practice_id": UUID(int=0), "id": UUID(int=0)}
    while True:
        async with database.single_statements() as connection:
            page = (await connection.execute(_ATTACHMENTS, {**after, "most": _AT_ONCE})).all()
        for row in page:
            yield row.id, row.has_thumbnail
        if len(page) < _AT_ONCE:
            return
        after = {"practice_id": page[-1].practice_id, "id": page[-1].id}
