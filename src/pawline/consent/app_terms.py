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
from pawline.platform.languages import Language

# Another wording is another version: everybody is asked once more.
VERSION = "1"


class Wording(msgspec.Struct, frozen=True):
    not_for_emergencies: str
    sentences: tuple[str, ...]


# The English words are given to the letter; the Spanish ones say the same, and whoever agrees to them agrees to this version.
WORDINGS: dict[Language, Wording] = {
    "en": Wording(
        "Messaging is NOT for emergencies — call your vet for urgent care",
        (
            "Response times may vary — this is not a real-time emergency service",
            "A valid veterinarian-client-patient relationship (VCPR) must exist",
            "Messages are stored securely and encrypted in transit",
            "You can report inappropriate messages and block users",
        ),
    ),
    "es": Wording(
        "La mensajería NO es para urgencias — llame a su veterinario si necesita atención urgente",
        (
            "Los tiempos de respuesta pueden variar — esto no es un servicio de urgencias en tiempo real",
            "Debe existir una relación válida entre veterinario, cliente y paciente (VCPR)",
            "Los mensajes se guardan de forma segura y se cifran al transmitirse",
            "Puede denunciar mensajes inapropiados y bloquear a usuarios",
        ),
    ),
}


class AppTerms(msgspec.Struct, frozen=True):
    """``accepted_at`` None: this version has not been agreed to yet, in any language."""

    version: str
    language: Language
    not_for_emergencies: str
    sentences: tuple[str, ...]
    accepted_at: datetime | None


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version that was on the screen, and the language it was in."""

    version: str
    language: Language = "en"


async def app_terms(uow: UnitOfWork, actor: Actor, language: Language) -> AppTerms:
    words = WORDINGS[language]
    at = await accepted_at(uow, actor.practice_id, actor.person_id)
    return AppTerms(VERSION, language, words.not_for_emergencies, words.sentences, at)


async def accept_app_terms(uow: UnitOfWork, actor: Actor, agreement: Agreement, *, browser: str) -> AppTerms:
    """Agreeing twice changes nothing.

    Raises:
        Conflict: what was on the screen is not the wording of today.
    """
    if agreement.version != VERSION:
        raise Conflict("This has been reworded since you opened it. Please read it again.")
    key = {"practice_id": actor.practice_id, "id": new_id(), "contact_id": actor.person_id}
    statement = insert(AppConsent).values(
        **key, version=VERSION, language=agreement.language, browser=browser[:400], at=clock.now()
    )
    await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "contact_id", "version"]))
    return await app_terms(uow, actor, agreement.language)


async def accepted_at(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> datetime | None:
    statement = select(AppConsent.at).where(
        AppConsent.practice_id == practice_id, AppConsent.contact_id == contact_id, AppConsent.version == VERSION
    )
    return (await uow.execute(statement)).scalar_one_or_none()
