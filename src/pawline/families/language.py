"""In which language a contact reads what is written to them."""

from uuid import UUID

from sqlalchemy import select, text

from pawline.families.models import Contact, ContactRole
from pawline.platform.db import UnitOfWork
from pawline.platform.languages import Language

_KEEP = text("""
UPDATE contact c SET language = :language
WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.language <> CAST(:language AS text)
""")


async def keep_language(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, language: Language) -> None:
    await uow.execute(_KEEP, {"practice_id": practice_id, "contact_id": contact_id, "language": language})


async def language_of_family(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> Language:
    """What is written to all of a family at once is in the language of its primary contact."""
    primary = select(Contact.language).where(
        Contact.practice_id == practice_id, Contact.family_id == family_id, Contact.role == ContactRole.PRIMARY
    )
    return "es" if (await uow.execute(primary)).scalar_one_or_none() == "es" else "en"


async def language_of(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> Language:
    """English for a contact who is gone, or has chosen none."""
    statement = select(Contact.language).where(Contact.practice_id == practice_id, Contact.id == contact_id)
    return "es" if (await uow.execute(statement)).scalar_one_or_none() == "es" else "en"
