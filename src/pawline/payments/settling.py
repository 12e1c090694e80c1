"""Learning that something was paid: by the provider's word on it, or by asking when somebody comes back from its page."""

from uuid import UUID

import structlog
from sqlalchemy.dialects.postgresql import insert

from pawline.payments.interface import Checkout, CheckoutNews
from pawline.payments.models import PaymentEvent
from pawline.payments.provider import provider_of
from pawline.payments.queries import Asked, asked_in, asked_of
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Database, UnitOfWork
from pawline.threads.desk import Desk
from pawline.threads.entries import lock_thread, touch_message
from pawline.threads.payment_rows import end_request

_log = structlog.get_logger()


async def hear(desk: Desk, news: CheckoutNews) -> None:
    """Whatever the news says, what counts is how the checkout stands now: news come late, twice and in any order."""
    async with provider_of(desk.settings) as provider:
        checkout = await provider.read(news.checkout_id)
    if checkout is not None:
        await settle(desk.database, checkout, event_id=news.event_id)


async def look_again(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> None:
    """Somebody is back from the page: ask at once, for the provider's own word may take a while or get lost.

    Raises:
        NotFound: no such request, or not for this actor.
        ProviderSilent: try again.
    """
    async with desk.database.transaction() as uow:
        asked = await asked_of(uow, actor, thread_id, message_id=message_id)
    if asked.state == "paid" or asked.session_id is None:
        return
    async with provider_of(desk.settings) as provider:
        checkout = await provider.read(asked.session_id)
    if checkout is not None:
        await settle(desk.database, checkout)


async def settle(database: Database, checkout: Checkout, *, event_id: str | None = None) -> None:
    """Record that it is paid, if it is; once, however often this is called."""
    practice_id, message_id = checkout.practice_id, checkout.message_id
    if practice_id is None or message_id is None:
        return  # whoever else uses this account
    async with database.transaction() as uow:
        asked = await asked_in(uow, practice_id, message_id)
        if asked is None:
            return
        if event_id is not None and not await _is_first(uow, asked, event_id):
            return
        if checkout.state == "paid":
            await _record_paid(uow, asked, checkout)


async def _is_first(uow: UnitOfWork, asked: Asked, event_id: str) -> bool:
    key = {"practice_id": asked.practice_id, "message_id": asked.message_id, "event_id": event_id}
    statement = insert(PaymentEvent).values(heard_at=clock.now(), **key).on_conflict_do_nothing()
    return (await uow.execute(statement.returning(PaymentEvent.event_id))).one_or_none() is not None


async def _record_paid(uow: UnitOfWork, asked: Asked, checkout: Checkout) -> None:
    ids = {"message_id": str(asked.message_id), "checkout_id": checkout.id}
    if (checkout.amount_minor, checkout.currency) != (asked.amount_minor, asked.currency):
        _log.error("paid_something_else", **ids)
        return
    # The thread first, as everybody does who changes a message.
    await lock_thread(uow, asked.practice_id, asked.thread_id)
    if not await end_request(uow, asked.practice_id, asked.message_id, state="paid"):
        return
    if asked.state != "requested":
        _log.warning("paid_after_its_end", state=asked.state, **ids)
    await touch_message(uow, asked.practice_id, asked.message_id)
