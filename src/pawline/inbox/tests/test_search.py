"""Finding a family by a parent's or a pet's name, and opening its thread."""

from pawline.inbox.tests.scene import add_family, families_in_order
from tests.world import Caller, Json, World


async def find(person: Caller, words: str) -> list[Json]:
    response = await person.get("/families", q=words)
    assert response.status_code == 200, response.text
    return response.json()["families"]


async def found_everywhere(person: Caller, words: str) -> set[tuple[str, ...]]:
    """The names found by the search for a new message, and by that of the inbox; one entry when they agree."""
    by_search = tuple(family["name"] for family in await find(person, words))
    return {by_search, tuple(await families_in_order(person, q=words))}


async def test_a_family_is_found_by_a_parents_name(world: World) -> None:
    """PPB-5: by beginnings of words, in any case; in the search for a new message and in the inbox alike."""
    searches = ("Olive", "olive", "  OLIVE hart ", "omar", "Hart", "hart fam", "ol", "h\u00e4rt")
    found = {words: await found_everywhere(world.nora, words) for words in searches}

    assert {key: {("Hart family",)} for key in searches} == found


async def test_a_family_is_found_by_a_pets_name(world: World) -> None:
    """PPB-6: or a pet's name."""
    searches = ("Pixel", "pix", "PIXEL hart ")
    found = {words: await found_everywhere(world.nora, words) for words in searches}

    assert {key: {("Hart family",)} for key in searches} == found


async def test_signs_are_taken_as_they_are_typed(world: World) -> None:
    searches = ("%", "_", "\\", "Ol%ve", "Pi_el", "'; --", "live", "ixel", world.practice_id[:1], world.practice_id[:3])
    found = {words: await found_everywhere(world.nora, words) for words in searches}

    assert {key: {()} for key in searches} == found


async def test_a_sign_in_a_name_is_found(world: World) -> None:
    await add_family(world, "O'Brien-Łuk", "100%_Dog")

    assert [["O'Brien-Łuk family"]] * 3 == [
        [family["name"] for family in await find(world.nora, words)] for words in ("o'brien-ł", "100%", "%_d")
    ]


async def test_nothing_typed_lists_the_families_by_name(world: World) -> None:
    await add_family(world, "Abel", "Rex")

    assert ["Abel family", "Hart family", "Sato family"] == [family["name"] for family in await find(world.nora, "")]


async def test_choosing_a_family_that_has_a_thread_opens_that_thread(world: World) -> None:
    """PPB-7: the search knows it, and opening makes no second one."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    [found] = await find(world.vane, "Pixel")
    chosen = {"family_id": found["id"], "clinic_id": found["clinic_ids"][0]}
    opened = (await world.vane.send("POST", "/threads", chosen)).json()
    [after] = await find(world.vane, "Pixel")

    assert [{"thread_id": world.thread_id, "clinic_id": world.clinic_id}] == found["threads"] == after["threads"]
    assert (world.thread_id, ["Pixel is limping"]) == (opened["thread_id"], [message["body"] for message in opened["messages"]])


async def test_a_found_family_shows_who_it_is(world: World) -> None:
    """PPB-5 and PPB-6: parents and pets stand beside the family's name, so that the right one is chosen."""
    [found] = await find(world.nora, "Pixel")

    assert (["Olive Hart", "Omar Hart", "Otto Hart"], [world.clinic_id]) == (found["contact_names"], found["clinic_ids"])
    assert [{"id": world.pixel_id, "name": "Pixel", "species": "dog"}] == found["pets"]
