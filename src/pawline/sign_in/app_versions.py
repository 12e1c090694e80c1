"""With which version of the app a contact was last seen and in which language; and whether a clinic asks for a newer one."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.languages import Language

_SEEN = text("""
    UPDATE contact c SET app_version = :version, language = :language
    WHERE c.practice_id = :practice_id AND c.id = :contact_id
        AND (c.app_version, c.language) IS DISTINCT FROM (CAST(:version AS integer), CAST(:language AS text))
""")
_IS_TOO_OLD = text("""
    SELECT EXISTS (
        SELECT FROM clinic k
        JOIN connection n ON n.practice_id = k.practice_id AND n.clinic_id = k.id AND n.state = 'accepted'
        JOIN contact c ON c.practice_id = n.practice_id AND c.family_id = n.family_id
        WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.app_version < k.min_client_version)
""")


async def see_app(uow: UnitOfWork, actor: Actor, *, version: int, language: Language) -> None:
    if not actor.is_staff:
        await uow.execute(_SEEN, {**_key(actor), "version": version, "language": language})


async def needs_newer_app(uow: UnitOfWork, actor: Actor) -> bool:
    """D14: last seen with a version below that of a clinic which treats a pet of theirs. Not of whoever was never seen."""
    return (await uow.execute(_IS_TOO_OLD, _key(actor))).scalar_one()


def _key(actor: Actor) -> dict[str, UUID]:
    return {"practice_id": actor.practice_id, "contact_id": actor.person_id}
