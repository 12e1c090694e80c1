"""For commands that change something, also while Pawline serves."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pawline.platform.db import Database, UnitOfWork
from pawline.platform.schema_state import require_current
from pawline.platform.settings import Settings
from pawline.serving import database_beside_others


@asynccontextmanager
async def writing(settings: Settings) -> AsyncGenerator[UnitOfWork]:
    async with database_beside_others(settings) as url:
        await asyncio.to_thread(require_current, url)
        database = Database(url, connections=1)
        try:
            async with database.transaction() as uow:
                yield uow
        finally:
            await database.close()
