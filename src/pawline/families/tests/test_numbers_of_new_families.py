from uuid import UUID

import pytest

from pawline.families.numbers import holders_of
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, add_family, family_view
from tests.world import World


@pytest.mark.parametrize("spelling", ["(212) 555-0142", "+1 212 555 0142", "212.555.0142"])
async def test_a_new_contacts_phone_is_known_when_it_texts(world: World, spelling: str) -> None:  # V2P-31
    practice_id = UUID(world.practice_id)
    async with world.product.database.transaction() as uow:
        draft = FamilyDraft("Ortiz family", [ContactDraft("Luz Ortiz", ContactRole.PRIMARY, phone=spelling)])
        family_id = await add_family(uow, practice_id, draft, clinic_id=UUID(world.clinic_id))
        holders = await holders_of(uow, practice_id, "+12125550142")

    assert [("Luz Ortiz", family_id)] == [(holder.name, holder.family_id) for holder in holders]


async def test_what_is_no_number_stays_as_it_was_written(world: World) -> None:
    async with world.product.database.transaction() as uow:
        contact = ContactDraft("Luz Ortiz", ContactRole.PRIMARY, phone="ask at the bakery")
        draft = FamilyDraft("Ortiz family", [contact])
        family_id = await add_family(uow, UUID(world.practice_id), draft, clinic_id=UUID(world.clinic_id))
        family = await family_view(uow, UUID(world.practice_id), family_id, with_addresses=True)

    assert ["ask at the bakery"] == [found.phone for found in family.contacts]
