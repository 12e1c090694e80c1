"""What the queue can be narrowed to by animal."""

from uuid import UUID

from sqlalchemy import text

from pawline.inbox.tests.scene import add_family, families_in_order
from tests.world import Caller, World


async def species(person: Caller) -> list[str]:
    answer = await person.get("/inbox/species")
    assert 200 == answer.status_code, answer.text
    return answer.json()["species"]


async def test_the_filter_offers_the_animals_that_the_families_have(world: World) -> None:
    """V2P+7: as they were written, whichever they are, the most frequent first; and each of them finds its family."""
    await add_family(world, "Lund", "Nibbles")
    await rename_species(world, "Nibbles", "Guinea Pig")

    assert ["dog", "guinea pig"] == await species(world.nora)
    assert ["Lund family"] == await families_in_order(world.nora, species="guinea pig")


async def test_only_those_of_clinics_whose_threads_one_sees(world: World) -> None:
    """V2P+7, I10: nobody learns from a list what another clinic or practice treats."""
    await add_family(world, "Lund", "Nibbles", clinic_id=world.other_clinic_id, by=world.hal)
    await rename_species(world, "Nibbles", "Gecko")

    assert (["dog"], ["gecko"], ["dog", "gecko"]) == (
        await species(world.nora),
        await species(world.hal),
        await species(world.helen),
    )
    assert ["dog"] == await species(world.rita)
    assert 403 == (await world.toby.get("/inbox/species")).status_code
    assert 404 == (await world.olive.get("/inbox/species")).status_code


async def rename_species(world: World, pet: str, species: str) -> None:
    async with world.product.database.transaction() as uow:
        changed = text("UPDATE pet SET species = :species WHERE practice_id = :practice_id AND name = :pet")
        await uow.execute(changed, {"species": species, "practice_id": UUID(world.practice_id), "pet": pet})
