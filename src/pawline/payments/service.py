"""Calling off what was asked for."""

from uuid import UUID

from pawline.payments.queries import asked_of
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict
from pawline.threads.desk import Desk
from pawline.threads.entries import touch_message
from pawline.threads.payment_rows import end_request
from pawline.threads.queries import visible_to


async def cancel_request(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> None:
    """Nobody can pay it any more; repeating it changes nothing.

    Raises:
        NotFound: no such request, or not for this actor.
        Conflict: it is paid.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        asked = await asked_of(uow, actor, thread_id, message_id=message_id)
        if asked.state == "paid":
            raise Conflict("This has been paid meanwhile. Where it should not have been, give the money back in your account.")
        if await end_request(uow, thread.practice_id, message_id, state="cancelled"):
            await touch_message(uow, thread.practice_id, message_id)
