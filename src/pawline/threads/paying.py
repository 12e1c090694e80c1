"""Whether a family can be asked to pay, and in which currency."""

from typing import Any
from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid
from pawline.platform.money import currency_in
from pawline.practices.service import country_of_clinic
from pawline.threads.desk import Desk
from pawline.threads.drafts import PaymentDraft
from pawline.threads.queries import visible_to


async def payment_currency(uow: UnitOfWork, desk: Desk, actor: Actor, *, thread: Any) -> str | None:
    """That of the clinic's country; None where nobody can be asked to pay, and for families, who ask nobody."""
    if desk.settings.payments is None or not actor.is_staff:
        return None
    return currency_in(await country_of_clinic(uow, thread.practice_id, thread.clinic_id))


async def require_payable(desk: Desk, author: Actor, payment: PaymentDraft, *, thread_id: UUID) -> None:
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, author, thread_id)
        currency = await payment_currency(uow, desk, author, thread=thread)
    if currency is None:
        raise Conflict("This clinic cannot take payments here. Whoever runs Pawline for your practice can set it up.")
    if payment.currency != currency:
        raise Invalid.field("payment.currency", f"is not {currency}, in which this clinic is paid")
