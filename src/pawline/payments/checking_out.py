"""Opening the page on which somebody pays. The provider is never asked while a transaction is open."""

from uuid import UUID

from sqlalchemy import text

from pawline.payments.interface import Checkout, Order, Provider
from pawline.payments.provider import provider_of
from pawline.payments.queries import Asked, asked_of
from pawline.payments.settling import settle
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict
from pawline.threads.desk import Desk

LONGEST_NAME = 250
_NEXT = text("""
UPDATE payment_request SET attempt = attempt + 1, session_id = NULL
WHERE practice_id = :practice_id AND message_id = :message_id AND attempt = :attempt AND state = 'requested'
""")
_KEEP = text("""
UPDATE payment_request SET session_id = :session_id
WHERE practice_id = :practice_id AND message_id = :message_id AND attempt = :attempt AND state = 'requested'
    AND coalesce(session_id, :session_id) = :session_id
RETURNING message_id
""")


async def open_checkout(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> str:
    """Where to go to pay. Whoever else of the family wants to pay meanwhile gets to the same page: it takes the money once.

    Raises:
        NotFound: no such request, or not for this actor.
        Conflict: it is paid or called off, or the money is on its way.
        ProviderSilent: try again.
    """
    asked = await _payable(desk, actor, thread_id, message_id=message_id)
    async with provider_of(desk.settings) as provider:
        if asked.session_id is not None:
            if (url := await _url_of_open(desk, provider, asked.session_id)) is not None:
                return url
            async with desk.database.transaction() as uow:
                await uow.execute(_NEXT, {**_key(asked), "attempt": asked.attempt})
            asked = await _payable(desk, actor, thread_id, message_id=message_id)
        opened = await provider.open(_order(desk, asked))
        if not await _keep(desk, asked, opened):
            await provider.close_checkout(opened.id)
            raise Conflict("This has just changed. Please look again.")
        return opened.url


async def _url_of_open(desk: Desk, provider: Provider, session_id: str) -> str | None:
    """None: nobody can pay there any more, or it is paid, and that is recorded now."""
    known = await provider.read(session_id)
    if known is None or known.state == "over":
        return None
    if known.state == "settling":
        raise Conflict("A payment of this is on its way. It can take a few days until your bank says so.")
    if known.state == "paid":
        await settle(desk.database, known)
        return None
    return known.url


async def _payable(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> Asked:
    async with desk.database.transaction() as uow:
        asked = await asked_of(uow, actor, thread_id, message_id=message_id)
    if asked.state == "paid":
        raise Conflict("This is paid already. Thank you.")
    if asked.state != "requested" or asked.expires_at <= clock.now():
        raise Conflict("This cannot be paid any more. Ask the clinic if you have a question about it.")
    return asked


def _order(desk: Desk, asked: Asked) -> Order:
    place = f"{desk.settings.public_url}/owner/threads/{asked.thread_id}"
    return Order(
        key=asked.attempt_key,
        practice_id=asked.practice_id,
        message_id=asked.message_id,
        words=" ".join(asked.words.split())[:LONGEST_NAME],
        amount_minor=asked.amount_minor,
        currency=asked.currency,
        success_url=f"{place}?paid={asked.message_id}",
        cancel_url=place,
    )


async def _keep(desk: Desk, asked: Asked, opened: Checkout) -> bool:
    """Whether it can still be paid: a colleague may have cancelled the request while the checkout was opened."""
    async with desk.database.transaction() as uow:
        kept = await uow.execute(_KEEP, {**_key(asked), "attempt": asked.attempt, "session_id": opened.id})
        return kept.one_or_none() is not None


def _key(asked: Asked) -> dict[str, object]:
    return {"practice_id": asked.practice_id, "message_id": asked.message_id}
