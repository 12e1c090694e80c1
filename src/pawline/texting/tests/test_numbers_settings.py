"""Automatic words, the after-hours number and conversation hours of a clinic."""

import re
from typing import Any

import pytest

from pawline.texting.tests.number_scene import NumberScene
from tests.world import Json, World

AWAY_AS_SENT = (
    "This is an auto-reply. We're sorry we aren't available to chat at the moment. If this is an emergency, please call "
    "(315) 555-0199 for after-hours instructions. Your message will be received by our practice during business hours."
)


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_the_away_reply_is_shown_word_for_word(scene: NumberScene) -> None:
    """V2P-49, V2P-50"""
    preview = await scene.world.ada.get(f"{scene.path}/wordings/preview", after_hours_number="+1 315 555 0199")

    assert 200 == preview.status_code, preview.text
    assert {"words": AWAY_AS_SENT, "segments": 2, "problem": None} == preview.json()["away"]
    assert "" == (await scene.page())["settings"]["after_hours_number"]


async def test_the_welcome_text_and_a_link_are_shown_as_they_go_out(scene: NumberScene) -> None:
    """D18"""
    own = {"welcome_words": "{practice} writes about {subject}. STOP ends it.", "media_words": "A photo: <link>"}
    preview = (await scene.world.ada.get(f"{scene.path}/wordings/preview", **own)).json()

    practice = (await scene.page())["clinic"]["practice_name"]
    assert f"{practice} writes about Pixel's check-up. STOP ends it." == preview["welcome"]["words"]
    public_url = re.escape(scene.world.product.settings.public_url)
    assert re.fullmatch(rf"A photo: {public_url}/f/[\w-]{{43}}", preview["media"]["words"]), preview["media"]


async def test_a_missing_after_hours_number_is_refused(scene: NumberScene) -> None:
    """V2P-57: never a text with an empty placeholder."""
    for spelling in ("", "  ", "12", "call us"):
        refused = await scene.act("PUT", "/texting", {"after_hours_number": spelling}, by=scene.world.ada)
        assert 422 == refused.status_code
        assert ["after_hours_number"] == [error["field"] for error in refused.json()["errors"]]

    preview = await scene.world.ada.get(f"{scene.path}/wordings/preview")

    assert (None, True) == (preview.json()["away"]["words"], "missing" in preview.json()["away"]["problem"])


@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("away_words", "We are closed.", "does not contain <phone number>"),
        ("away_words", "Call <phone number> or <other number>.", "contains <other number>"),
        ("away_words", "Call <phone number>, {name}.", "contains {name}"),
        ("away_words", "Call <phone number>. " + "x" * 700, "longer than"),
        ("welcome_words", "Welcome to {practice}.", "how to stop"),
        ("welcome_words", "Welcome. Reply STOP to opt out.", "does not contain {practice}"),
        ("media_words", "You've got a photo.", "does not contain <link>"),
    ],
)
async def test_words_that_cannot_be_filled_in_are_refused(scene: NumberScene, field: str, words: str, expected: str) -> None:
    """V2P-50, V2P-57, D18"""
    refused = await scene.act("PUT", "/texting", {"after_hours_number": "315 555 0199", field: words})

    assert 422 == refused.status_code
    assert [(field, True)] == [(error["field"], expected in error["message"]) for error in refused.json()["errors"]]
    parameters: dict[str, Any] = {"after_hours_number": "315 555 0199", field: words}
    preview = await scene.world.helen.get(f"{scene.path}/wordings/preview", **parameters)
    assert None is preview.json()[field.removesuffix("_words")]["words"]


async def test_own_words_are_kept_and_standard_ones_come_back(scene: NumberScene) -> None:
    """D18: the wording is a clinic's setting. C8: so is whether names are needed."""
    standard = (await scene.page())["settings"]
    assert "You've got a new photo/video message! <link>." == standard["media_words"]
    assert standard["requires_names"]
    own = {
        "after_hours_number": "3155550199",
        "away_words": "Closed. Call <phone number>.",
        "media_words": "A photo: <link>",
        "answers_every_text": True,
        "requires_names": False,
    }
    saved = (await scene.act("PUT", "/texting", own)).json()["settings"]
    assert own | {"after_hours_number": "(315) 555-0199"} == {name: saved[name] for name in own}

    back = await scene.act("PUT", "/texting", {"after_hours_number": "(315) 555-0199", "away_words": standard["away_words"]})

    assert standard | {"after_hours_number": "(315) 555-0199"} == back.json()["settings"]


async def test_conversation_hours_are_the_clinics_own(scene: NumberScene) -> None:
    """V2P-48, D17: several spans a day, a night, a holiday, all by the clinic's clock."""
    before = (await scene.world.ada.get(f"{scene.path}/hours")).json()
    assert ("America/New_York", 7, []) == (before["timezone"], len(before["days"]), before["holidays"])
    mornings = [{"opens_at": "08:00", "closes_at": "12:00"}, {"opens_at": "13:30", "closes_at": "18:00"}]
    night = [{"opens_at": "20:00", "closes_at": "02:00"}]
    holiday: Json = {"on_date": "2026-12-25", "label": "Christmas Day", "spans": []}
    days = [{"weekday": 0, "spans": mornings}, {"weekday": 5, "spans": night}]

    changed = await scene.act(
        "PUT", "/hours", {"timezone": "America/Chicago", "days": days, "holidays": [holiday]}, by=scene.world.ada
    )

    assert 200 == changed.status_code, changed.text
    read = (await scene.world.ada.get(f"{scene.path}/hours")).json()
    assert changed.json() == read
    assert ([mornings, night], [holiday]) == ([read["days"][0]["spans"], read["days"][5]["spans"]], read["holidays"])
    assert ("America/Chicago", []) == (read["timezone"], read["days"][6]["spans"])


NONSENSE: list[Json] = [
    ({"timezone": "Mars/Olympus"}, "time zone"),
    (
        {
            "days": [
                {
                    "weekday": 0,
                    "spans": [{"opens_at": "08:00", "closes_at": "12:00"}, {"opens_at": "11:00", "closes_at": "13:00"}],
                }
            ]
        },
        "overlap on Monday",
    ),
    ({"days": [{"weekday": 1, "spans": []}, {"weekday": 1, "spans": []}]}, "weekday twice"),
    ({"holidays": [{"on_date": "2026-12-25", "label": "", "spans": []}] * 2}, "date twice"),
]


@pytest.mark.parametrize(("change", "words"), NONSENSE)
async def test_hours_that_make_no_sense_are_refused(scene: NumberScene, change: dict[str, Any], words: str) -> None:
    """D17"""
    form: Json = {"timezone": "America/New_York", "days": [], "holidays": [], **change}

    refused = await scene.act("PUT", "/hours", form)

    assert (422, True) == (refused.status_code, words in refused.json()["detail"])


async def test_the_page_has_the_clinic_and_its_entry_link(scene: NumberScene) -> None:
    """PA-6, PA-26: what stands around the number."""
    page = await scene.page()

    assert f"{scene.world.product.settings.public_url}/owner" == page["owner_link"]
    assert ("Hill Street", "US", True) == tuple(page["clinic"][name] for name in ("name", "country", "is_app_chat_enabled"))
    lines = (await scene.world.helen.get("/clinics")).json()["clinics"]
    assert [("Harbour", None), ("Hill Street", None)] == [(line["name"], line["state"]) for line in lines]
