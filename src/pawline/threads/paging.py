"""Reading history, page by page, in both directions."""

from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.errors import Invalid
from pawline.threads.desk import Desk
from pawline.threads.queries import page_of, read_page, visible_to
from pawline.threads.views import MessagePage


async def read_messages(
    desk: Desk, actor: Actor, thread_id: UUID, *, before: int | None, after: int | None, limit: int
) -> MessagePage:
    """The messages just before or just after a ``seq``; the latest when neither is given."""
    if before is not None and after is not None:
        raise Invalid.field("after", "cannot be given together with before; leave one out")
    async with desk.database.single_statements() as connection:
        rows = await read_page(connection, actor, thread_id, before=before, after=after, limit=limit)
        if not rows:
            await visible_to(connection, actor, thread_id)
        has_other_side = before is not None or (after is not None and after > 0)
        return await page_of(
            connection, desk.links, rows, limit=limit, is_forward=after is not None, has_other_side=has_other_side
        )
