"""Searching messages finds what its reader may read, and nothing else."""

from typing import Any
from uuid import uuid4

import pytest

from pawline.threads.search_words import snippet, words_of
from tests.photos import make_jpeg
from tests.world import Caller, Json, World


def body_of(message: Json) -> str:
    return "".join(part["text"] for part in message["snippet"])


async def send_file(world: World, file_name: str, body: str = "") -> Json:
    """By Olive."""
    upload: Any = {"params": {"file_name": file_name}, "headers": {"Idempotency-Key": str(uuid4())}, "content": make_jpeg(64, 48)}
    attachment = (await world.olive.http.post(f"/threads/{world.thread_id}/attachments", **upload)).json()
    return await world.olive.post_text(world.thread_id, body, attachment_ids=[attachment["id"]])


async def found(caller: Caller, query: str, **parameters: object) -> list[str]:
    response = await caller.get("/search/messages", q=query, **parameters)
    assert response.status_code == 200, response.text
    return [body_of(each) for each in response.json()["messages"]]


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


async def test_digits_with_which_the_id_of_the_practice_begins(world: World) -> None:
    """It is a word of each message, and begins with a zero like all ids made in these centuries."""
    first_three = world.practice_id[:3]
    await world.olive.post_text(world.thread_id, "Hello")
    await world.nora.post_text(world.thread_id, f"Give 0.5 ml today, room {first_three}")

    assert first_three.startswith("0")
    for query in ("0", first_three, "0.5 ml"):
        assert [f"Give 0.5 ml today, room {first_three}"] == await found(world.nora, query)
    assert [] == await found(world.nora, "01")


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


@pytest.mark.parametrize("way", ["few", "latest", "latest_seen", "many", "own_threads"])
async def test_all_ways_to_find_something_find_the_same(world: World, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """F9: which way is taken depends on how frequent the words are; what is found does not."""

    async def only_this_way(*_: object, **__: object) -> list[tuple[str, int]]:
        return [(way, 1_000)]

    monkeypatch.setattr("pawline.threads.search._ways", only_this_way)
    await world.kim.post_text(world.other_thread_id, "again by Kim")
    for number in range(3):
        await world.olive.post_text(world.thread_id, f"again {number}")
    await send_file(world, "again.jpg")

    shown = ["", "again 2", "again 1", "again 0", "again by Kim"]
    assert shown == await found(world.nora, "again")
    assert shown[:4] == await found(world.nora, "again", thread_id=world.thread_id)
    first = (await world.nora.get("/search/messages", q="again", limit=2)).json()
    rest = (await world.nora.get("/search/messages", q="again", cursor=first["next_cursor"])).json()
    assert shown == [body_of(each) for each in first["messages"] + rest["messages"]]
    assert ["again 1", "again 0"] == await found(world.olive, "again", before=first["messages"][1]["created_at"])
    assert shown[4:] == await found(world.kim, "again")
    for outsider in (world.toby, world.rita, world.rolf):
        assert [] == await found(outsider, "again")


@pytest.mark.parametrize("rare", [-1, 1, 1_000_000])
async def test_frequent_words_take_another_way_and_stay_complete(
    world: World, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    """F9: neither the last days nor the messages of a longer while have a whole page, whatever is expected of the words."""
    monkeypatch.setattr("pawline.threads.search._LAST_DAYS", 1)
    monkeypatch.setattr("pawline.threads.search._LONG_AGO", 2)
    monkeypatch.setattr("pawline.threads.search.RARE", rare)
    monkeypatch.setattr("pawline.threads.search.VERY_RARE", rare - 1)
    for number in range(4):
        await world.olive.post_text(world.thread_id, f"again {number}")

    assert ["again 3", "again 2", "again 1", "again 0"] == await found(world.nora, "again")


async def test_newest_come_first_also_where_more_were_found_than_expected(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9: words that go together are taken for rare, and what was read of them is not the newest."""
    monkeypatch.setattr("pawline.threads.search.RARE", 3)
    for number in range(8):
        await world.olive.post_text(world.thread_id, f"again {number}")

    assert ["again 7", "again 6"] == await found(world.nora, "again", limit=2)


async def test_filters(world: World) -> None:
    """By clinic, by who wrote, by time, and with files."""
    await world.olive.post_text(world.thread_id, "swollen paw, says Olive")
    answer = await world.nora.post_text(world.thread_id, "swollen paw, says Nora")
    await send_file(world, "Swollen paw.jpg")
    await world.nora.post_text(world.thread_id, "swollen paw, noted", kind="note")
    noras, olives = "swollen paw, says Nora", "swollen paw, says Olive"

    assert ["swollen paw, noted", noras] == await found(world.nora, "paw", written_by="team")
    assert ["", olives] == await found(world.nora, "paw", written_by="family")
    assert [""] == await found(world.nora, "paw", with_files=True)
    assert [noras, olives] == await found(world.nora, "paw says", clinic_id=world.clinic_id)
    assert [] == await found(world.nora, "paw", clinic_id=world.practice_id)
    assert [olives] == await found(world.nora, "paw", before=answer["created_at"])
    assert ["swollen paw, noted", "", noras] == await found(world.nora, "paw", since=answer["created_at"])
    assert 422 == (await world.nora.get("/search/messages", q="paw", since="2026-11-22T10:00:00")).status_code


async def test_files_are_found_by_their_names(world: World) -> None:
    """And a deleted message neither by its words nor by its files."""
    message = await send_file(world, "X-ray_L\u00edmping.JPG", "Here it is")
    [found_message] = (await world.nora.get("/search/messages", q="limping x")).json()["messages"]

    assert ["X", "L\u00edmping"] == [part["text"] for part in found_message["files"][0] if part["is_hit"]]
    assert ["Here it is"] == await found(world.omar, "ray")
    for outsider in (world.kim, world.toby, world.rita, world.rolf):
        assert [] == await found(outsider, "limping")
    assert 200 == (await world.olive.send("DELETE", f"/threads/{world.thread_id}/messages/{message['id']}")).status_code
    assert [] == await found(world.nora, "limping")


@pytest.mark.parametrize("query", ["'", "\\", "a:*", "!", "& |", "<->", "b\u0301", "🐶", "'; DROP TABLE message"])
async def test_anything_may_be_typed(world: World, query: str) -> None:
    assert 200 == (await world.olive.get("/search/messages", q=query)).status_code


def test_what_was_found_is_marked() -> None:
    body = f"{'before ' * 20}the Límping dog{' after' * 40}"
    parts = snippet(body, words_of("limp DOG"))

    assert ["Límp", "dog"] == [part.text for part in parts if part.is_hit]
    assert ("…", "…") == (parts[0].text, parts[-1].text)
    assert len("".join(part.text for part in parts)) <= 162
