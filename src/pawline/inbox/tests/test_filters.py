"""However the queue looks for what its filters ask for, it finds what reading every thread would find, in the same order."""

from random import Random
from typing import Any

import pytest

from pawline.inbox.tests.archive_scene import facts, fill, fits, is_unread
from tests.world import Caller, Json, World

_CONVERSATION_FACETS = ("urgent", "channel", "started_by", "assignee_id", "label_id")
_PAGE = 4


# How many threads are few, and how far the unread are first looked for: never by the few, sometimes, always if anything asks.
@pytest.mark.parametrize(("few", "window"), [(-1, 3), (4, 3), (1_000, 1)])
async def test_every_way_to_filter_finds_what_the_plain_one_does(
    world: World, monkeypatch: pytest.MonkeyPatch, few: int, window: int
) -> None:
    """V2P+7, V2P+8, PPB-20, I10: each filter and several at once, for staff of one clinic, of the other, and of both."""
    monkeypatch.setattr("pawline.inbox.few_threads.FEW", few)
    monkeypatch.setattr("pawline.inbox.queue._WINDOW", window)
    random = Random(f"{few} {window}")  # noqa: S311 - nothing secret
    archive = await fill(world, random, threads=40)
    asked = [*_each_alone(world, archive.labels), *(_some(world, archive.labels, random) for _ in range(12))]

    for person, clinics in (
        (world.nora, {world.clinic_id}),
        (world.hal, {world.other_clinic_id}),
        (world.helen, {world.clinic_id, world.other_clinic_id}),
    ):
        threads = [thread for thread in await facts(world, person.id) if str(thread.clinic_id) in clinics]
        for facets in asked if person is world.nora else asked[::4]:
            assert _expected(threads, person, facets) == await _found(person, facets), f"{person.id} {facets}"
    assert [] == await _found(world.rita, {"state": "all", "label_id": archive.labels[1]})


def _each_alone(world: World, labels: list[str]) -> list[Json]:
    return [
        {"state": "all", "label_id": labels[0]},
        {"state": "all", "species": "NEWT"},
        {"state": "unread"},
        {"state": "open", "unread": True},
        {"state": "all", "urgent": True},
        {"state": "open", "urgent": True},
        {"state": "all", "channel": "sms"},
        {"state": "open", "channel": "sms"},
        {"state": "ended", "assignee_id": world.nora.id},
        {"state": "open", "started_by": "practice"},
        {"state": "all", "started_by": "family"},
    ]


def _some(world: World, labels: list[str], random: Random) -> Json:
    facets: Json = {
        "label_id": random.choice(labels),
        "species": random.choice(("cat", "dog")),
        "started_by": random.choice(("family", "practice")),
        "channel": "app",
        "assignee_id": random.choice((world.nora.id, world.vane.id)),
        "unread": True,
    }
    wanted = random.sample(sorted(facets), k=random.randint(1, 3))
    return {"state": random.choice(("open", "all", "ended", "unread")), **{name: facets[name] for name in wanted}}


def _expected(threads: list[Any], person: Caller, facets: Json) -> list[str]:
    found = [thread for thread in threads if _is_wanted(thread, person, facets)]
    return [str(thread.id) for thread in sorted(found, key=_place, reverse=True)]


def _is_wanted(thread: Any, person: Caller, facets: Json) -> bool:
    conversations: list[Json] = thread.conversations or []
    is_open = any(conversation["is_open"] for conversation in conversations)
    if {"open": not is_open, "ended": is_open}.get(facets["state"], False):
        return False
    if (facets["state"] == "unread" or facets.get("unread")) and not is_unread(thread, person.id):
        return False
    if "species" in facets and facets["species"].lower() not in [species.lower() for species in thread.species]:
        return False
    if not any(facet in facets for facet in _CONVERSATION_FACETS):
        return True
    among = [each for each in conversations if each["is_open"] or facets["state"] != "open"]
    return any(fits(conversation, facets) for conversation in among)


def _place(thread: Any) -> tuple[bool, Any, Any]:
    conversations: list[Json] = thread.conversations or []
    is_urgent = any(each["is_open"] and each["is_urgent"] for each in conversations)
    return is_urgent, thread.last_message_at, thread.id


async def _found(person: Caller, facets: Json) -> list[str]:
    """Page by page."""
    found: list[str] = []
    cursor: Json = {}
    while True:
        response = await person.get("/inbox", limit=_PAGE, **facets, **cursor)
        assert response.status_code == 200, response.text
        found += [row["thread_id"] for row in response.json()["rows"]]
        if response.json()["next_cursor"] is None:
            return found
        cursor = {"cursor": response.json()["next_cursor"]}
