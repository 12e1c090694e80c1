"""Erasing all that is kept of a family (C14, P-17): decided by one person on record, done by a job that may die anywhere."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text

from pawline.moderation.family_contents import erase_around, erase_loose_files, erase_some
from pawline.moderation.family_copies import erase_copies
from pawline.moderation.family_people import Scope, erase_people
from pawline.moderation.sealed_copies import SealedCopies
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.errors import Problem
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.threads.anew import Kept, thread_anew

ERASE_TASK = "erase_family"
# A job of its own comes first; what is older was left by a worker that died, or waits for a carrier.
_LEFT_AFTER = timedelta(seconds=30)
_AT_ONCE = 20
_log = structlog.get_logger()

_STATE = text("""
    SELECT e.staff_id, e.staff_name, p.contact_ids, p.numbers, p.emails
    FROM family_erasure e JOIN family_erasure_progress p ON p.practice_id = e.practice_id AND p.family_id = e.family_id
    WHERE e.practice_id = :practice_id AND e.family_id = :family_id AND p.finished_at IS NULL
""")
_THREADS = text("""
    SELECT h.id, h.clinic_id FROM thread h WHERE h.practice_id = :practice_id AND h.family_id = :family_id ORDER BY h.id
""")
_UNSETTLED = text("""
    SELECT s.message_id FROM sealed_message s JOIN message m ON m.practice_id = s.practice_id AND m.id = s.message_id
    WHERE s.practice_id = :practice_id AND m.thread_id = :thread_id AND NOT s.is_settled ORDER BY m.seq
""")
# Addresses are kept for the search alone.
_FINISHED = text("""
    UPDATE family_erasure_progress SET finished_at = :now, changed_at = :now, numbers = '{}', emails = '{}'
    WHERE practice_id = :practice_id AND family_id = :family_id AND finished_at IS NULL
""")
# tenancy: sweeps over all practices; each row names its own.
_UNFINISHED = text("""
    SELECT p.practice_id, p.family_id FROM family_erasure_progress p
    WHERE p.finished_at IS NULL AND p.changed_at < :before ORDER BY p.changed_at LIMIT :most
""")


def erasing_jobs(database: Database, files: FileStore, data: Path) -> dict[str, Job]:
    """Of single messages, and of families."""
    copies = SealedCopies(database, files, data)
    return {**copies.by_name(), ERASE_TASK: FamilyErasing(copies).erase_family_now}


def erasing_sweeps(database: Database, files: FileStore, data: Path) -> dict[str, tuple[str, Job]]:
    copies = SealedCopies(database, files, data)
    return {**copies.periodic(), "erase_families": ("* * * * *", FamilyErasing(copies).sweep)}


@dataclass(frozen=True, slots=True)
class FamilyErasing:
    copies: SealedCopies

    async def sweep(self) -> None:
        """Go on with what was begun."""
        async with self.copies.database.single_statements() as connection:
            values = {"before": clock.now() - _LEFT_AFTER, "most": _AT_ONCE}
            found = (await connection.execute(_UNFINISHED, values)).all()
        for row in found:
            try:
                await self.erase_family_now(practice_id=str(row.practice_id), family_id=str(row.family_id))
            except Problem as problem:  # the next family may be luckier; this one comes again with the next sweep
                _log.warning("family_not_erased", family_id=str(row.family_id), problem=problem.code)

    async def erase_family_now(self, *, practice_id: str, family_id: str) -> None:
        """May be broken off anywhere and done again, also twice at once; raises FilesUnavailable when it has to come again."""
        family = {"practice_id": UUID(practice_id), "family_id": UUID(family_id)}
        async with self.copies.database.single_statements() as connection:
            state = (await connection.execute(_STATE, family)).one_or_none()
            threads = (await connection.execute(_THREADS, family)).all()
        if state is None:
            return
        scope = Scope(**family, contact_ids=state.contact_ids, numbers=state.numbers, emails=state.emails)
        async with self.copies.database.transaction() as uow:
            await erase_people(uow, scope)  # whoever signed in or was texted while it was decided
        for thread in threads:
            await self._erase_thread(scope, thread.id, state=state)
        await erase_loose_files(self.copies.database, self.copies.files, scope, thread_ids=[thread.id for thread in threads])
        await self._finish(scope, threads)

    async def _erase_thread(self, scope: Scope, thread_id: UUID, *, state: Any) -> None:
        database, values = self.copies.database, {"practice_id": scope.practice_id, "thread_id": thread_id}
        is_left = True
        while is_left:
            async with database.transaction() as uow:
                is_left = await erase_some(uow, scope.practice_id, thread_id, staff_name=state.staff_name)
        async with database.transaction() as uow:
            await erase_around(uow, scope, thread_id, staff_id=state.staff_id)
        async with database.single_statements() as connection:
            unsettled = (await connection.execute(_UNSETTLED, values)).scalars().all()
        for message_id in unsettled:
            await self.copies.settle_sealed_message_now(practice_id=str(scope.practice_id), message_id=str(message_id))

    async def _finish(self, scope: Scope, threads: Any) -> None:
        async with self.copies.database.transaction() as uow:
            if await erase_copies(uow, scope):
                await uow.execute(_FINISHED, scope.values())
                _log.info("family_erased", family_id=str(scope.family_id))
            tell_of(uow, scope, threads)


def tell_of(uow: UnitOfWork, scope: Scope, threads: Any) -> None:
    """Open screens load the family's threads anew: names have no revision."""
    for thread in threads:
        kept = Kept(thread_id=thread.id, clinic_id=thread.clinic_id, family_ids=[scope.family_id])
        uow.emit(thread_anew(scope.practice_id, thread.id, kept))
