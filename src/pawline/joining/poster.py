"""The poster for a clinic's waiting room."""

from uuid import UUID

from pawline.joining.codes import ensure_link
from pawline.joining.poster_facts import Poster
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.phone_numbers import format_for_people
from pawline.platform.settings import Settings
from pawline.practices.address import address_of
from pawline.texting.clinics import clinic_facts, require_own_clinic


async def clinic_poster(uow: UnitOfWork, settings: Settings, actor: Actor, *, clinic_id: UUID) -> Poster:
    """
    Raises:
        NotFound: a clinic at which ``actor`` does not work.
    """
    await require_own_clinic(uow, actor, clinic_id)
    return await poster_of(uow, settings, actor.practice_id, clinic_id=clinic_id, made_by_id=actor.person_id)


async def poster_of(uow: UnitOfWork, settings: Settings, practice_id: UUID, *, clinic_id: UUID, made_by_id: UUID) -> Poster:
    """``made_by_id``: the staff member who is said to have made the code, where there is none yet."""
    clinic = await clinic_facts(uow, practice_id, clinic_id, lock=True)
    link = await ensure_link(uow, settings, practice_id, clinic_id=clinic_id, made_by_id=made_by_id)
    # As in the app: families are given the phone where there is no emergency number.
    number = clinic.emergency_number or clinic.phone
    return Poster(
        clinic_name=clinic.name,
        practice_name=clinic.practice_name,
        scan_url=link.poster_url,
        typed_url=link.url.partition("://")[2],
        emergency_number=None if number is None else format_for_people(number, clinic.country),
        address=address_of(clinic),
        brand_colour=clinic.brand_colour,
    )
