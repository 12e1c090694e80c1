"""What follows the sealing of a message, and its erasure: its files, and the copies that texts have of its words."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import TextClause, text

from pawline.deliveries.forgetting import forget_delivered_words
from pawline.platform import clock
from pawline.platform.arriving import arriving
from pawline.platform.db import Database
from pawline.platform.errors import Problem
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.texting.forgetting import forget_texted_words
from pawline.threads.sealed_files import remove_all_files, remove_plain_files, seal_files
from pawline.threads.sealing import SETTLE_TASK, seal_message

# A job of its own comes first; what is older was left by a worker that died, or waits for a carrier.
_LEFT_AFTER = timedelta(seconds=30)
_AT_ONCE = 100
_log = structlog.get_logger()

_STATE = text("""
    SELECT k.key FROM message m
    LEFT JOIN message_key k ON k.practice_id = m.practice_id AND k.message_id = m.id
    WHERE m.practice_id = :practice_id AND m.id = :message_id AND m.is_sealed
""")
_FILES = text("""
    SELECT a.id, a.is_sealed FROM attachment a WHERE a.practice_id = :practice_id AND a.message_id = :message_id ORDER BY a.id
""")
_FILE_SEALED = text("UPDATE attachment a SET is_sealed = true WHERE a.practice_id = :practice_id AND a.id = :attachment_id")
# Erased meanwhile, or with a picture that came meanwhile: then there is more to do than has been seen.
_SETTLED = text("""
    UPDATE sealed_message s SET is_settled = true
    WHERE s.practice_id = :practice_id AND s.message_id = :message_id AND (s.content IS NULL) = :is_erased
        AND (SELECT count(*) FROM attachment a WHERE a.practice_id = s.practice_id AND a.message_id = s.message_id) = :files
""")
# tenancy: sweeps over all practices; each row names its own.
_UNSETTLED = text("""
    SELECT s.practice_id, s.message_id FROM sealed_message s
    WHERE NOT s.is_settled AND s.changed_at < :before ORDER BY s.changed_at LIMIT :most
""")
# tenancy: as above. What earlier releases deleted, and what came deleted from elsewhere.
_UNSEALED = text("""
    SELECT m.practice_id, m.id AS message_id FROM message m
    WHERE m.deleted_at IS NOT NULL AND NOT m.is_sealed ORDER BY m.deleted_at LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class SealedCopies:
    """``data``: below it lies what is just being sealed, encrypted already."""

    database: Database
    files: FileStore
    data: Path

    def by_name(self) -> dict[str, Job]:
        return {SETTLE_TASK: self.settle_sealed_message_now}

    def periodic(self) -> dict[str, tuple[str, Job]]:
        return {"seal_deleted": ("* * * * *", self.sweep)}

    async def settle_sealed_message_now(self, *, practice_id: str, message_id: str) -> None:
        """May be broken off anywhere and done again; raises FilesUnavailable when the job has to come again."""
        await self._settle({"practice_id": UUID(practice_id), "message_id": UUID(message_id)})

    async def sweep(self) -> None:
        """Seal what was deleted and is not sealed, and finish what was begun."""
        for row in await self._found(_UNSEALED, most=_AT_ONCE):
            async with self.database.transaction() as uow:
                await seal_message(uow, row["practice_id"], row["message_id"])
        for row in await self._found(_UNSETTLED, most=_AT_ONCE, before=clock.now() - _LEFT_AFTER):
            try:
                await self._settle(row)
            except Problem as problem:  # the next message may be luckier; this one comes again with the next sweep
                _log.warning("sealed_message_not_settled", message_id=str(row["message_id"]), problem=problem.code)

    async def _found(self, query: TextClause, **values: Any) -> list[dict[str, UUID]]:
        async with self.database.single_statements() as connection:
            return [dict(row) for row in (await connection.execute(query, values)).mappings()]

    async def _settle(self, message: dict[str, UUID]) -> None:
        async with self.database.single_statements() as connection:
            state = (await connection.execute(_STATE, message)).one_or_none()
            files = (await connection.execute(_FILES, message)).all()
        if state is None:
            return
        for file in files:
            if state.key is None:
                await remove_all_files(self.files, file.id)
            else:
                await self._seal(message["practice_id"], file, state.key)
        async with self.database.transaction() as uow:
            is_sent = await forget_delivered_words(uow, **message)
            is_fetched = await forget_texted_words(uow, **message)
            if is_sent and is_fetched:
                await uow.execute(_SETTLED, {**message, "is_erased": state.key is None, "files": len(files)})

    async def _seal(self, practice_id: UUID, file: Any, key: bytes) -> None:
        if not file.is_sealed:
            with arriving(self.data) as folder:
                await seal_files(self.files, file.id, key, folder=folder)
            async with self.database.single_statements() as connection:
                await connection.execute(_FILE_SEALED, {"practice_id": practice_id, "attachment_id": file.id})
        # Only now: whoever reads the message meanwhile finds the one or the other.
        await remove_plain_files(self.files, file.id)
