"""Is the process up, is it ready for work, and what has it done."""

from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from pawline.platform.db import Database
from pawline.platform.realtime import Hub

CUT_OFF = "not reached at this moment; open screens there catch up as soon as they are"


@get("/healthz", include_in_schema=False, cache=False)
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@get("/readyz", include_in_schema=False)
async def readyz(database: NamedDependency[Database], hub: NamedDependency[Hub]) -> dict[str, str]:
    """503 while the database cannot be reached. Without the other processes, work goes on."""
    async with database.single_statements() as connection:
        await connection.execute(text("SELECT 1"))
    return {"status": "ready", **({"other_processes": CUT_OFF} if hub.is_cut_off else {})}


@get("/metrics", include_in_schema=False)
async def metrics() -> Response[bytes]:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
