"""Correcting who a client is, and finding clients by name."""

import httpx
import pytest

from tests.newcomers import add_newcomer
from tests.texting_scene import OLIVE, Texting
from tests.world import Caller, Json


@pytest.mark.parametrize("nothing", [None, "", "  "])
async def test_an_email_address_can_be_taken_away(texting: Texting, nothing: str | None) -> None:
    """V2P-70: Olive still has her phone. Her name and number stay as they are."""
    answer = await _edit(texting, {"email": nothing})

    assert 200 == answer.status_code, answer.text
    assert (None, "Olive Hart", [OLIVE]) == _facts(answer.json())
    assert (None, "Olive Hart", [OLIVE]) == _facts(await _olive(texting))


async def test_what_is_left_out_stays(texting: Texting) -> None:
    """V2P-70"""
    before = await _olive(texting)
    answer = await _edit(texting, {"last_name": "Marsh"})

    assert (before["email"], "Olive Marsh", [OLIVE]) == _facts(answer.json())


async def test_nobody_in_the_app_is_left_without_any_address(texting: Texting) -> None:
    """She signs in with it, and has no phone: the words say what to do first, and nothing is changed."""
    await _join_app(texting)
    before = await _olive(texting)
    both = await _edit(texting, {"email": None, "phone": None})
    assert _facts(before) == _facts(await _olive(texting))
    without_phone = await _edit(texting, {"phone": ""})
    then_email = await _edit(texting, {"email": None})

    assert [422, 200, 422] == [each.status_code for each in (both, without_phone, then_email)]
    assert [["email"]] * 2 == [[error["field"] for error in each.json()["errors"]] for each in (both, then_email)]
    assert "give a number first" in then_email.json()["detail"]
    assert (before["email"], "Olive Hart", []) == _facts(await _olive(texting))


async def test_an_address_may_go_when_a_number_comes(texting: Texting) -> None:
    await _join_app(texting)
    await _edit(texting, {"phone": ""})
    answer = await _edit(texting, {"email": None, "phone": "+1 415-555-0117"})

    assert (None, "Olive Hart", [OLIVE]) == _facts(answer.json())


async def test_whoever_never_was_in_the_app_may_lose_both(texting: Texting) -> None:
    """Nothing is signed in to with it."""
    await texting.rows("UPDATE contact SET app_joined_at = NULL WHERE practice_id = :practice_id RETURNING id")
    answer = await _edit(texting, {"email": None, "phone": None})

    assert (None, "Olive Hart", []) == _facts(answer.json())


async def test_rita_changes_nobody_of_another_practice(texting: Texting) -> None:
    path = f"/contacts/{texting.world.olive.id}"

    assert 404 == (await texting.world.rita.get(path)).status_code
    assert 404 == (await texting.world.rita.send("PATCH", path, {"email": None})).status_code


@pytest.mark.parametrize(("sought", "is_found"), [("olive", True), ("100%", False), ("_live", False), ("\\", False)])
async def test_what_was_typed_is_sought_to_the_letter(texting: Texting, sought: str, is_found: bool) -> None:
    found = (await texting.world.nora.get("/contacts", q=sought)).json()["contacts"]

    assert is_found == (texting.world.olive.id in [each["id"] for each in found])


async def _edit(texting: Texting, change: Json) -> httpx.Response:
    return await texting.world.nora.send("PATCH", f"/contacts/{texting.world.olive.id}", change)


async def _olive(texting: Texting) -> Json:
    return (await texting.world.nora.get(f"/contacts/{texting.world.olive.id}")).json()


async def _join_app(texting: Texting) -> None:
    await texting.rows("UPDATE contact SET app_joined_at = now() WHERE practice_id = :practice_id RETURNING id")


def _facts(contact: Json) -> tuple[str | None, str, list[str]]:
    return contact["email"], contact["name"], [each["number"] for each in contact["numbers"]]


async def test_the_team_reads_what_a_client_agreed_to_in_the_app(texting: Texting) -> None:
    """C7: one ledger for both: which wording, in which language, when; outsiders read none of it."""
    olga = await add_newcomer(texting.world)
    assert [] == await _app_consents(texting, olga)
    await olga.send("POST", "/app-terms", {"version": "1", "language": "es"})
    [agreed] = await _app_consents(texting, olga)
    listed = (await texting.world.nora.get("/contacts", q="Olga")).json()["contacts"]

    assert ("1", "es") == (agreed["version"], agreed["language"])
    assert agreed["at"].startswith("2026-11-17T15:00")
    assert [[agreed]] == [each["app_consents"] for each in listed]
    for outsider in (texting.world.rita, texting.world.hal, texting.world.toby):
        assert (await outsider.get(f"/contacts/{olga.id}")).status_code in {403, 404}


async def _app_consents(texting: Texting, contact: Caller) -> Json:
    return (await texting.world.nora.get(f"/contacts/{contact.id}")).json()["app_consents"]
