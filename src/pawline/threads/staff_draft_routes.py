"""HTTP of what staff members have begun to write: each sees their own alone."""

from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.staff_drafts import DraftPlace, DraftWords, StaffDraftView, keep_draft, own_draft_places, own_drafts

OWN = requires(Permission.KEEP_DRAFTS)


@get("/drafts", guards=[OWN], summary="In which threads one has begun to write")
async def read_draft_places(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> list[DraftPlace]:
    return await own_draft_places(desk, actor)


@get("/{thread_id:uuid}/drafts", guards=[OWN], summary="What one has begun to write in a thread")
async def read_drafts(
    thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> list[StaffDraftView]:
    return await own_drafts(desk, actor, thread_id)


@put("/{thread_id:uuid}/drafts", guards=[OWN], summary="Keep what one has begun to write, or end it")
async def put_draft(
    thread_id: FromPath[UUID], data: JSONBody[DraftWords], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> StaffDraftView:
    return await keep_draft(desk, actor, thread_id, words=data)
