"""Finding families, people, pets and numbers: from a few letters, in any spelling, and never somebody else's."""

from typing import Any
from uuid import uuid4

import pytest

from pawline.platform.highlights import mark, mark_digits
from pawline.platform.word_index import digits_in, fold, words_in
from tests.texting_scene import Texting, set_texting
from tests.world import Caller, Json, World


async def found(caller: Caller, query: str, **parameters: Any) -> Json:
    response = await caller.get("/search/families", q=query, **parameters)
    assert 200 == response.status_code, response.text
    return response.json()


def whole(parts: Json) -> str:
    return "".join(part["text"] for part in parts)


def hits(parts: Json) -> list[str]:
    return [part["text"] for part in parts if part["is_hit"]]


async def families(caller: Caller, query: str, **parameters: Any) -> list[str]:
    return [whole(each["name"]) for each in (await found(caller, query, **parameters))["families"]]


async def numbers(caller: Caller, query: str, **parameters: Any) -> list[tuple[str, str]]:
    return [(each["contact_name"], whole(each["number"])) for each in (await found(caller, query, **parameters))["numbers"]]


async def add_family(world: World, name: str, *, pet: str = "Biscuit", **contact: str) -> Json:
    draft = {
        "name": name,
        "clinic_id": world.clinic_id,
        "contacts": [{"first_name": "Ida", "last_name": name, **contact}],
        "pets": [{"name": pet, "species": "dog"}],
    }
    response = await world.nora.send("POST", "/families", draft, headers={"Idempotency-Key": str(uuid4())})
    assert 201 == response.status_code, response.text
    return response.json()


@pytest.mark.parametrize("query", ["olive", "HART", "pix", "omar", "pixel hart", "Ólive fam", "hart  OLIVE pixel"])
async def test_by_the_beginnings_of_any_of_their_words(world: World, query: str) -> None:
    """PPB-5, PPB-6: people and pets of one family together, accents and capitals aside."""
    assert ["Hart family"] == await families(world.nora, query)


async def test_what_is_no_beginning_finds_nobody(world: World) -> None:
    for query in ("live", "olive zebra", "?!", "%", "kim pixel"):
        assert [] == await families(world.nora, query)


async def test_what_was_found_is_marked_where_it_stands(world: World) -> None:
    await add_family(world, "O\u2019Brien-\u0141uk", pet="Zo\u00eb", email="ida@brien.example")
    [family] = (await found(world.nora, "BRIEN zoe"))["families"]

    assert ["Brien"] == hits(family["name"])
    assert ["Zo\u00eb"] == hits(family["pets"][0]["name"])
    assert ["brien"] == hits(family["contacts"][0]["email"])
    assert ["\u0141u"] == hits((await found(world.nora, "lu"))["families"][0]["name"])


async def test_by_an_email_address(world: World) -> None:
    """It is shown only where it was typed."""
    await add_family(world, "Lund", email="ida.l@example.org")

    assert ["Lund"] == await families(world.nora, "ida.l@exam")
    assert [] == (await found(world.nora, "lund"))["families"][0]["contacts"][0]["email"]


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


@pytest.mark.parametrize("query", ["+16175550163", "(617) 555-0163", "1 617 555 01", "0163", "001 617 555 0163", "617.555"])
async def test_by_a_number_in_any_spelling(world: World, texting: Texting, query: str) -> None:
    """As it is read from a ringing phone."""
    await texting.receive("Hello", from_="+16175550163")
    [number] = (await found(world.nora, query))["numbers"]

    assert "+1 617-555-0163" == whole(number["number"])
    assert digits_in(query) == "".join(filter(str.isdigit, "".join(hits(number["number"]))))


async def test_a_number_that_was_typed_by_hand(world: World) -> None:
    """Without its country's code; the whole of it finds it all the same."""
    await add_family(world, "Lund", phone="020 7946 0018 (work)")

    for query in ("7946 0018", "+44 20 7946 0018", "(020) 7946"):
        assert [("Ida Lund", "020 7946 0018 (work)")] == await numbers(world.nora, query)
    assert [] == await numbers(world.nora, "79")


async def test_the_latest_talk_comes_first_and_more_is_said(world: World) -> None:
    for name in ("Tanner", "Tandy", "Tanaka"):
        added = await add_family(world, name)
        await world.nora.post_text(added["thread_id"], "Welcome")

    assert ["Tanaka", "Tandy", "Tanner"] == await families(world.nora, "tan")
    shown = await found(world.nora, "tan", limit=2)
    assert (["Tanaka", "Tandy"], True) == ([whole(each["name"]) for each in shown["families"]], shown["has_more"])


async def test_frequent_and_rare_names_are_found_alike(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9: whoever wrote lately is looked at first; whoever is not among them is found by the index."""
    await world.olive.post_text(world.thread_id, "Hello")
    monkeypatch.setattr("pawline.finding.service._LATEST_THREADS", "SELECT CAST(NULL AS uuid)")

    assert ["Hart family"] == await families(world.nora, "pixel")


async def test_nobody_finds_whom_they_may_not_see(world: World, texting: Texting) -> None:
    """I10, PPB-26: basic staff, other clinics and other practices find nothing; a family's contact has no such search."""
    await texting.receive("Hello", from_="+14155550142")
    for outsider in (world.toby, world.hal, world.rita):
        for query in ("pixel", "olive", "hart", "415555"):
            assert {"families": [], "numbers": [], "has_more": False} == await found(outsider, query)
            assert [] == (await found(outsider, query, clinic_id=world.clinic_id))["families"]
    for contact in (world.olive, world.rolf, world.otto):
        assert 404 == (await contact.get("/search/families", q="pixel")).status_code
    assert [] == await families(world.nora, "pixel", clinic_id=str(uuid4()))


@pytest.mark.parametrize("query", ["'", "\\", "a:*", "!", "& |", "b\u0301", "\U0001f436", "'; DROP TABLE family", "+", "000"])
async def test_anything_may_be_typed(world: World, query: str) -> None:
    assert {"families", "numbers", "has_more"} == set(await found(world.nora, query))


def test_marks_cover_what_was_typed_and_no_more() -> None:
    parts = mark("Anna-L\u00edsa \u00d8re", words_in("li ORE"), fold)

    assert ["L\u00ed", "\u00d8re"] == [part.text for part in parts if part.is_hit]
    assert "Anna-L\u00edsa \u00d8re" == "".join(part.text for part in parts)
    assert ["5-01"] == [part.text for part in mark_digits("+1 415-555-0142", "501") if part.is_hit]
    assert [False] == [part.is_hit for part in mark_digits("+1 415-555-0142", "777")]
