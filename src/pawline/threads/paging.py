"""Reading history, page by page, in both directions."""

from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.errors import Invalid
from pawline.threads.desk import Desk
from pawline.threads.page_rows import has_across, read_page
from pawline.threads.queries import PageRequest, Reader, page_of, visible_to
from pawline.threads.views import MessagePage


async def read_messages(desk: Desk, actor: Actor, thread_id: UUID, *, request: PageRequest) -> MessagePage:
    if request.before is not None and request.after is not None:
        raise Invalid.field("after", "cannot be given together with before; leave one out")
    async with desk.database.single_statements() as connection:
        rows = await read_page(connection, actor, thread_id, request=request)
        if rows:
            is_more_behind = rows[0].has_across
        else:
            await visible_to(connection, actor, thread_id)
            is_more_behind = await has_across(connection, actor, thread_id, request=request)
        page = await page_of(connection, Reader(desk.links, actor.is_staff), rows, request=request, has_across=is_more_behind)
    await desk.openings.record(desk.database, actor, thread_id)
    return page
