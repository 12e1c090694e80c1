"""HTTP of searching messages."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.search import FoundMessages, SearchRequest, WrittenBy, find_messages
from pawline.threads.search_words import LONGEST_QUERY

MOST_RESULTS = 50


@get("/messages", guards=[requires(Permission.READ_THREAD)], summary="Messages with certain words, newest first")
async def search_messages(  # size: Litestar takes the query apart by the parameters
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    q: Annotated[str, QueryParameter(max_length=LONGEST_QUERY)],
    thread_id: FromQuery[UUID | None] = None,
    clinic_id: FromQuery[UUID | None] = None,
    written_by: FromQuery[WrittenBy | None] = None,
    since: FromQuery[datetime | None] = None,
    before: FromQuery[datetime | None] = None,
    with_files: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_RESULTS)] = 20,
) -> FoundMessages:
    request = SearchRequest(
        query=q,
        thread_id=thread_id,
        clinic_id=clinic_id,
        written_by=written_by,
        since=since,
        before=before,
        with_files=with_files,
        cursor=cursor,
        limit=limit,
    )
    return await find_messages(desk, actor, request)


search_router = Router(path="/api/v1/search", route_handlers=[search_messages], tags=["threads"])
