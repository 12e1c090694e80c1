"""Choose User for Texting: with whom a conversation by text can be started, and when the app comes first."""

from typing import Any

import pytest

from tests.texting_scene import OLIVE, UNKNOWN, Texting
from tests.world import Json

JOINED = "app_joined_at = now(), app_version = 3"
FIXED_LINE = "+442079460123"


async def candidates(texting: Texting, query: str = "", **values: Any) -> Json:
    response = await texting.world.nora.get("/text-candidates", clinic_id=texting.world.clinic_id, q=query, **values)
    assert 200 == response.status_code, response.text
    return response.json()


async def found(texting: Texting, query: str = "") -> list[tuple[str, str]]:
    return [(each["name"], each["number"]) for each in (await candidates(texting, query))["candidates"]]


async def change_olive(texting: Texting, change: str) -> None:
    await texting.rows(
        f"UPDATE contact SET {change} WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id",  # noqa: S608 - of this file
        id=texting.world.olive.id,
    )


async def add_numbers(texting: Texting, *numbers: str, is_landline: bool | None = None) -> None:
    """To Kim of another family."""
    for number in numbers:
        await texting.rows(
            "INSERT INTO contact_number (practice_id, id, contact_id, number, is_landline, created_at) "
            "VALUES (:practice_id, gen_random_uuid(), CAST(:contact_id AS uuid), :number, :is_landline, now()) RETURNING id",
            contact_id=texting.world.kim.id,
            number=number,
            is_landline=is_landline,
        )


async def start(texting: Texting, **values: Any) -> Any:
    body = {"clinic_id": texting.world.clinic_id, "number": OLIVE, **values}
    return await texting.world.nora.send("POST", "/texting/conversations", body)


@pytest.mark.parametrize("query", ["hart", "HÄR", "Ha"])
async def test_clients_are_found_by_last_name(texting: Texting, query: str) -> None:
    """V2P-23: by its beginning, capitals and accents aside; a first name finds nobody."""
    assert [("Olive Hart", OLIVE)] == await found(texting, query)
    assert [] == await found(texting, "Olive")
    assert [] == await found(texting, "art")


async def test_whoever_takes_no_texts_is_not_listed(texting: Texting) -> None:
    """V2P-24, D13: no number, a landline that a carrier told us of, a fixed line by numbering plan."""
    assert [] == await found(texting, "Sato")
    await add_numbers(texting, "+14155550171", is_landline=True)
    await add_numbers(texting, FIXED_LINE)
    assert [] == await found(texting, "Sato")

    await add_numbers(texting, "+14155550172")
    assert [("Kim Sato", "+14155550172")] == await found(texting, "Sato")


async def test_pages_are_full_although_fixed_lines_fall_out(texting: Texting) -> None:
    """V2P-24"""
    mobiles = [f"+1415555018{digit}" for digit in range(4)]
    await add_numbers(texting, *mobiles, *(f"+44207946012{digit}" for digit in range(5)))

    shown, cursor = list[str](), None
    while True:
        page = await candidates(texting, limit=2, **({"cursor": cursor} if cursor else {}))
        shown += [each["number"] for each in page["candidates"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert 2 == len(page["candidates"])

    assert [*mobiles, OLIVE] == shown


async def test_whoever_has_texted_before_is_listed_under_their_name(texting: Texting) -> None:
    """V2P-25, V2P-27: a guest once they have a name, and who was typed with one."""
    await texting.receive("hi do you see rabbits?")
    for answer in ("Jordan", "Lee"):
        await texting.receive(answer)
    await start(texting, number="415.555.0199", first_name="Ada", last_name="Ríos")
    [texter] = (await candidates(texting, "lee"))["candidates"]

    assert ("Jordan Lee", UNKNOWN, True) == (texter["name"], texter["number"], texter["has_texted"])
    assert [("Ada Ríos", "+14155550199")] == await found(texting, "rios")
    assert [False] == [each["has_texted"] for each in (await candidates(texting, "hart"))["candidates"]]


async def test_each_row_says_whether_the_app_comes_first(texting: Texting) -> None:
    """V2P-19, C9: chat is available, or else for which reasons not."""
    [before] = (await candidates(texting, "hart"))["candidates"]
    await change_olive(texting, JOINED)
    [after] = (await candidates(texting, "hart"))["candidates"]

    assert ["not_in_app"] == [obstacle["code"] for obstacle in before["chat_obstacles"]]
    assert [] == after["chat_obstacles"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("app_version = 2", "app_too_old"),
        ("chat_disabled_at = now(), chat_disabled_by_id = id", "disabled"),
        ("app_version = 4", "not_chosen"),
        ("app_version = 4", "switched_off"),
    ],
)
async def test_a_reason_against_chat_opens_the_way_by_text(texting: Texting, change: str, reason: str) -> None:
    """C9, PA-11, V2P+12: the hard stop is for those with whom chat is available; the reason stays visible."""
    await change_olive(texting, JOINED)
    await texting.world.ada.send("PATCH", f"/clinics/{texting.world.clinic_id}", {"min_client_version": 3})
    stopped = await start(texting)
    await change_olive(texting, change)
    body = {"is_chat_for_chosen": reason == "not_chosen", "is_app_chat_enabled": reason != "switched_off"}
    await texting.world.ada.send("PATCH", f"/clinics/{texting.world.clinic_id}", body)
    started = await start(texting, title="Blood results", contact_id=texting.world.olive.id)
    lines = (await texting.world.nora.get(f"/threads/{texting.world.thread_id}/texting")).json()["lines"]

    assert (409, "use_the_app") == (stopped.status_code, stopped.json()["code"])
    assert (200, texting.world.thread_id) == (started.status_code, started.json()["thread_id"])
    assert [[reason]] == [[obstacle["code"] for obstacle in line["chat_obstacles"]] for line in lines]
    assert "Blood results" == (await texting.conversation_of(OLIVE))["title"]


async def test_of_two_families_with_one_number_the_chosen_one_is_texted(texting: Texting) -> None:
    """V2P-24: the thread is that of whom was picked from the list."""
    await add_numbers(texting, OLIVE)

    started = await start(texting, contact_id=texting.world.kim.id)

    assert texting.world.other_thread_id == started.json()["thread_id"]


async def test_the_form_learns_what_to_ask_for(texting: Texting) -> None:
    """C8, V2P-26: names are required where the clinic says so."""
    path = f"/clinics/{texting.world.clinic_id}/starting"
    american = (await texting.world.nora.get(path)).json()
    await texting.rows("UPDATE clinic SET country = 'GB' WHERE practice_id = :practice_id RETURNING id")
    british = (await texting.world.nora.get(path)).json()

    assert ("", "", True, "(212) 555-0142") == tuple(american.values())
    assert ("", "", False, "07700 900123") == tuple(british.values())
