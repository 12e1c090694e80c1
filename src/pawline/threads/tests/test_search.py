"""Searching messages finds what its reader may read, and nothing else."""

import pytest

from pawline.threads.search_words import snippet, words_of
from tests.world import Caller, World


async def found(caller: Caller, query: str, **parameters: object) -> list[str]:
    response = await caller.get("/search/messages", q=query, **parameters)
    assert response.status_code == 200, response.text
    return ["".join(part["text"] for part in each["snippet"]) for each in response.json()["messages"]]


async def test_by_the_beginnings_of_words_accents_and_spelling_aside(world: World) -> None:
    """AL-52: the history of a treatment can be searched, newest first."""
    thread = world.thread_id
    await world.olive.post_text(thread, "Pixel's knee is swollen, café au lait in colour")
    await world.nora.post_text(thread, "Cool the KNEE; call 315-555-0100")

    assert ["Cool the KNEE; call 315-555-0100", "Pixel's knee is swollen, café au lait in colour"] == await found(
        world.olive, "kne"
    )
    assert ["Pixel's knee is swollen, café au lait in colour"] == await found(world.olive, "Cafe pixel")
    assert ["Cool the KNEE; call 315-555-0100"] == await found(world.nora, "555-0100")
    assert [] == await found(world.olive, "nee")
    assert [] == await found(world.olive, "?!")


async def test_only_what_one_may_read(world: World) -> None:
    """I10, PPB-26: other families, other practices, notes, deleted messages, and the words of somebody one has blocked."""
    thread = world.thread_id
    deleted = await world.olive.post_text(thread, "Zebra by mistake")
    await world.olive.send("DELETE", f"/threads/{thread}/messages/{deleted['id']}")
    await world.nora.post_text(thread, "Zebra is a nickname", kind="note")
    await world.kim.post_text(world.other_thread_id, "Zebra of Kim")
    await world.omar.post_text(thread, "Hello")
    assert 200 == (await world.olive.send("POST", f"/people/{world.omar.id}/block")).status_code
    await world.omar.post_text(thread, "Zebra of Omar")

    assert [] == await found(world.olive, "zebra")
    assert ["Zebra of Omar"] == await found(world.omar, "zebra")
    assert ["Zebra of Kim"] == await found(world.kim, "zebra")
    assert ["Zebra of Omar", "Zebra of Kim", "Zebra is a nickname"] == await found(world.nora, "zebra")
    assert ["Zebra of Kim"] == await found(world.nora, "zebra", thread_id=world.other_thread_id)
    assert [] == await found(world.toby, "zebra")
    for outsider in (world.rita, world.rolf):
        assert [] == await found(outsider, "zebra")
        assert [] == await found(outsider, "zebra", thread_id=thread)


async def test_page_by_page(world: World) -> None:
    for number in range(5):
        await world.olive.post_text(world.thread_id, f"walk {number}")
    first = (await world.olive.get("/search/messages", q="walk", limit=3)).json()
    rest = (await world.olive.get("/search/messages", q="walk", limit=3, cursor=first["next_cursor"])).json()
    seqs = [each["seq"] for each in first["messages"] + rest["messages"]]

    assert 5 == len(seqs)
    assert sorted(seqs, reverse=True) == seqs
    assert rest["next_cursor"] is None


async def test_frequent_words_are_found_as_rare_ones_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9: by reading back from the newest message instead of sorting all that have it."""
    monkeypatch.setattr("pawline.threads.search._RARE", 1)
    for number in range(3):
        await world.olive.post_text(world.thread_id, f"again {number}")

    assert ["again 2", "again 1", "again 0"] == await found(world.nora, "again")


@pytest.mark.parametrize("query", ["'", "\\", "a:*", "!", "& |", "<->", "b\u0301", "🐶", "'; DROP TABLE message"])
async def test_anything_may_be_typed(world: World, query: str) -> None:
    assert 200 == (await world.olive.get("/search/messages", q=query)).status_code


def test_what_was_found_is_marked() -> None:
    body = f"{'before ' * 20}the Límping dog{' after' * 40}"
    parts = snippet(body, words_of("limp DOG"))

    assert ["Límp", "dog"] == [part.text for part in parts if part.is_hit]
    assert ("…", "…") == (parts[0].text, parts[-1].text)
    assert len("".join(part.text for part in parts)) <= 162
