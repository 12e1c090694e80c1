"""Erasing a deleted message for good: nobody can read it any more, and it is on record who decided that, when and why."""

from dataclasses import replace
from uuid import UUID

import structlog
from sqlalchemy import insert

from pawline.moderation.models import MessageErasure
from pawline.moderation.views import ErasureRequest
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict, Invalid
from pawline.platform.text import require_storable
from pawline.threads.desk import Desk
from pawline.threads.erasing import erase_content
from pawline.threads.queries import message_views, one_message, visible_to
from pawline.threads.views import MessageView

_log = structlog.get_logger()


class NotDeleted(Conflict):
    code = "not_deleted"


async def erase_message(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID, request: ErasureRequest) -> MessageView:
    """Destroy the key to what a deleted message said; repeating it changes nothing, and the first reason stands.

    Raises:
        NotFound: no such message, or the actor may not see its thread.
        NotDeleted: it stands in the thread. Its author can delete it, or the practice after a report.
    """
    require_storable("reason", request.reason)
    if not request.reason.strip():
        raise Invalid.field("reason", "is empty; say why nobody may read this message any more")
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        # Also of people the actor does not want to hear from.
        everybody = replace(actor, blocked=())
        row = await one_message(uow.connection, everybody, thread_id, message_id=message_id)
        if row.deleted_at is None:
            raise NotDeleted("Only a deleted message can be erased. Delete it first, or remove it after a report.")
        if row.erased_at is None:
            now = clock.now()
            await erase_content(uow, actor, thread, message_id=message_id, now=now)
            record = {"message_id": message_id, "staff_id": actor.person_id, "erased_at": now, "reason": request.reason.strip()}
            await uow.execute(insert(MessageErasure).values(practice_id=actor.practice_id, **record))
            _log.info("message_erased", actor_id=str(actor.person_id), message_id=str(message_id))
            row = await one_message(uow.connection, everybody, thread_id, message_id=message_id)
        return (await message_views(uow.connection, desk.links, [row], for_team=True))[0]
