"""Pictures that come with a text: announced with the message, fetched from the carrier afterwards."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import insert, select, text, update

from pawline.carriers.interface import MediaLink
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.errors import Problem, Unavailable
from pawline.platform.ids import new_id
from pawline.platform.jobs import defer
from pawline.texting.desk import TextingDesk
from pawline.texting.models import InboundMedia
from pawline.threads.arrived_files import ArrivedFile, attach, keep_arrived_file, settle_waiting_file
from pawline.threads.keeping import Workshop

MEDIA_TASK = "fetch_inbound_media"
GIVEN_UP_AFTER = timedelta(days=1)
# tenancy: a sweep over all practices; each row names its own.
_TOO_OLD = text("""
UPDATE inbound_media i SET state = 'failed', problem = 'The carrier did not hand this file out.'
FROM message m
WHERE i.state = 'waiting' AND m.practice_id = i.practice_id AND m.id = i.message_id AND m.created_at < :before
RETURNING i.practice_id, i.message_id
""")

_log = structlog.get_logger()


async def await_media(uow: UnitOfWork, practice_id: UUID, message_id: UUID, *, carrier: str, media: Sequence[MediaLink]) -> None:
    """Write down every part that came, and a job for each."""
    for position, link in enumerate(media, start=1):
        media_id = new_id()
        values = {"position": position, "carrier": carrier, "url": link.url, "media_type": link.media_type, "state": "waiting"}
        await uow.execute(insert(InboundMedia).values(practice_id=practice_id, id=media_id, message_id=message_id, **values))
        await defer(uow, MEDIA_TASK, practice_id=str(practice_id), media_id=str(media_id))


async def give_up_media(database: Database) -> None:
    """What could not be fetched for a day is not waited for any longer; the message says so."""
    async with database.transaction() as uow:
        for row in (await uow.execute(_TOO_OLD, {"before": clock.now() - GIVEN_UP_AFTER})).all():
            await settle_waiting_file(uow, row.practice_id, row.message_id, has_come=False)


class MediaFetcher:
    def __init__(self, desk: TextingDesk, workshop: Workshop) -> None:
        self._desk = desk
        self._workshop = workshop

    async def fetch_inbound_media_now(self, *, practice_id: str, media_id: str) -> None:
        """Fetch one file, make it safe and show it. Raises CarrierFailed or Unavailable when the job has to come again."""
        row = await self._waiting(UUID(practice_id), UUID(media_id))
        if row is None:
            return
        carrier = self._desk.carriers[row.carrier]
        try:
            chunks = carrier.fetch_media(MediaLink(row.url, row.media_type))
            safe = await keep_arrived_file(self._workshop, chunks, self._desk.settings)
        except Unavailable:  # of ours, like a disk that is full: the job comes again for as long as the file is waited for
            raise
        except Problem as problem:  # it will not get better by asking again: too large, unreadable, of a kind we do not take
            _log.info("inbound_media_refused", media_id=media_id, problem=problem.code)
            await self._settle(row, state="failed", problem=problem.detail)
            return
        async with self._desk.database.transaction() as uow:
            file = ArrivedFile(row.practice_id, row.message_id, row.id, row.position)
            attachment_id = await attach(uow, file, safe)
            if attachment_id is not None:
                await self._finish(uow, row, state="stored", attachment_id=attachment_id)

    async def _waiting(self, practice_id: UUID, media_id: UUID) -> Any | None:
        statement = select(InboundMedia.__table__).where(
            InboundMedia.practice_id == practice_id, InboundMedia.id == media_id, InboundMedia.state == "waiting"
        )
        async with self._desk.database.single_statements() as connection:
            return (await connection.execute(statement)).one_or_none()

    async def _settle(self, row: Any, **values: Any) -> None:
        async with self._desk.database.transaction() as uow:
            await self._finish(uow, row, **values)

    async def _finish(self, uow: UnitOfWork, row: Any, **values: Any) -> None:
        statement = (
            update(InboundMedia)
            .where(InboundMedia.practice_id == row.practice_id, InboundMedia.id == row.id, InboundMedia.state == "waiting")
            .values(**values)
            .returning(InboundMedia.id)
        )
        if (await uow.execute(statement)).one_or_none() is not None:
            await settle_waiting_file(uow, row.practice_id, row.message_id, has_come=values["state"] == "stored")
