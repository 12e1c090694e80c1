"""What a contact agrees to before the first message in the app, and the record of it."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.consent.models import AppConsent
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.platform.ids import new_id

# Another wording is another version: everybody is asked once more.
VERSION = "1"
NOT_FOR_EMERGENCIES = "Messaging is NOT for emergencies — call your vet for urgent care"
SENTENCES = (
    "Response times may vary — this is not a real-time emergency service",
    "A valid veterinarian-client-patient relationship (VCPR) must exist",
    "Messages are stored securely and encrypted in transit",
    "You can report inappropriate messages and block users",
)


class AppTerms(msgspec.Struct, frozen=True):
    """``accepted_at`` None: this version has not been agreed to yet."""

    version: str
    not_for_emergencies: str
    sentences: tuple[str, ...]
    accepted_at: datetime | None


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version that was on the screen."""

    version: str


async def app_terms(uow: UnitOfWork, actor: Actor) -> AppTerms:
    return AppTerms(VERSION, NOT_FOR_EMERGENCIES, SENTENCES, await accepted_at(uow, actor.practice_id, actor.person_id))


async def accept_app_terms(uow: UnitOfWork, actor: Actor, agreement: Agreement, *, browser: str) -> AppTerms:
    """Agreeing twice changes nothing.

    Raises:
        Conflict: what was on the screen is not the wording of today.
    """
    if agreement.version != VERSION:
        raise Conflict("This has been reworded since you opened it. Please read it again.")
    values = {"practice_id": actor.practice_id, "id": new_id(), "contact_id": actor.person_id, "version": VERSION}
    statement = insert(AppConsent).values(**values, browser=browser[:400], at=clock.now())
    await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "contact_id", "version"]))
    return await app_terms(uow, actor)


async def accepted_at(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> datetime | None:
    statement = select(AppConsent.at).where(
        AppConsent.practice_id == practice_id, AppConsent.contact_id == contact_id, AppConsent.version == VERSION
    )
    return (await uow.execute(statement)).scalar_one_or_none()
