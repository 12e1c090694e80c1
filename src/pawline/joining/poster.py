"""The poster for a clinic's waiting room."""

from uuid import UUID

from pawline.joining.codes import ensure_link
from pawline.joining.desk import JoiningDesk
from pawline.joining.poster_facts import Poster
from pawline.platform.actor import Actor
from pawline.platform.phone_numbers import format_for_people
from pawline.platform.portraits import portrait_key
from pawline.practices.address import address_of
from pawline.texting.clinics import clinic_facts, require_own_clinic


async def clinic_poster(desk: JoiningDesk, actor: Actor, clinic_id: UUID) -> Poster:
    """
    Raises:
        NotFound: a clinic at which ``actor`` does not work.
    """
    async with desk.database.transaction() as uow:
        await require_own_clinic(uow, actor, clinic_id)
    return await poster_of(desk, actor.practice_id, clinic_id=clinic_id, made_by_id=actor.person_id)


async def poster_of(desk: JoiningDesk, practice_id: UUID, *, clinic_id: UUID, made_by_id: UUID) -> Poster:
    """``made_by_id``: the staff member who is said to have made the code, where there is none yet."""
    async with desk.database.transaction() as uow:
        clinic = await clinic_facts(uow, practice_id, clinic_id, lock=True)
        link = await ensure_link(uow, desk.settings, practice_id, clinic_id=clinic_id, made_by_id=made_by_id)
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
        logo=None if clinic.logo_id is None else await desk.files.find(portrait_key(clinic.logo_id)),
    )
