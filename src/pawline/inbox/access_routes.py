"""HTTP of who could read a thread on a day, and who did."""

from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from pawline.inbox.access_csv import build_access_csv
from pawline.inbox.access_of_day import access_of_day
from pawline.inbox.access_views import AccessOfDay
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk

OWN = requires(Permission.SEE_ACCESS)


@get("/threads/{thread_id:uuid}/access", guards=[OWN], summary="Who could read a thread on a day, and who did")
async def read_access(
    thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk], on_date: FromQuery[date | None] = None
) -> AccessOfDay:
    return await access_of_day(desk, actor, thread_id, on_date=on_date)


@get("/threads/{thread_id:uuid}/access.csv", guards=[OWN], summary="The same as a table for a spreadsheet")
async def read_access_table(
    thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk], on_date: FromQuery[date | None] = None
) -> Response[bytes]:
    access = await access_of_day(desk, actor, thread_id, on_date=on_date)
    name = f"who-could-read-{access.on_date}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(build_access_csv(access), media_type="text/csv", headers=headers)
