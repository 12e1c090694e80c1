"""History can be read page by page, both ways, and says exactly where it ends."""

import pytest

from pawline.threads.tests.scene import page, post_many, post_note
from tests.world import Caller, Json, World


def flags(found: Json) -> tuple[bool, bool]:
    return found["has_older"], found["has_newer"]


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 1), (50, 50), (51, 50)])
async def test_a_snapshot_shows_the_last_fifty_and_says_whether_there_are_more(world: World, count: int, shown: int) -> None:
    await post_many(world.olive, world.thread_id, count)
    thread = await world.nora.thread(world.thread_id)
    latest = await page(world.nora, world.thread_id)

    assert list(range(count - shown + 1, count + 1)) == [message["seq"] for message in thread["messages"]]
    assert (count > shown) == thread["has_older"]
    assert (thread["messages"], (count > shown, False)) == (latest["messages"], flags(latest))


async def test_the_whole_history_is_readable_in_both_directions(world: World) -> None:
    """AL-52: everything said about a treatment is readable afterwards, for the family and for the team."""
    await post_many(world.olive, world.thread_id, 51)
    for reader in (world.olive, world.nora):
        back, forth = await _walk_back(reader, world.thread_id), await _walk_forth(reader, world.thread_id)

        assert list(range(1, 52)) == [message["seq"] for message in back]
        assert back == forth


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_both_flags_are_exact_at_every_border(world: World, count: int) -> None:
    await post_many(world.olive, world.thread_id, count)
    wrong = await _wrong_flags(world.nora, world.thread_id, list(range(1, count + 1)))

    assert [] == wrong


async def test_the_familys_flags_know_nothing_of_notes(world: World) -> None:
    """I9: a page that ends beside a note ends there for the family."""
    await post_note(world.nora, world.thread_id)
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await post_note(world.nora, world.thread_id)
    await world.olive.post_text(world.thread_id, "He eats well")
    await post_note(world.nora, world.thread_id)
    wrong = await _wrong_flags(world.olive, world.thread_id, [2, 4])

    assert [] == wrong


async def test_a_page_goes_one_way(world: World) -> None:
    response = await world.nora.get(f"/threads/{world.thread_id}/messages", before=5, after=1)

    assert (422, "after") == (response.status_code, response.json()["errors"][0]["field"])


async def test_a_page_that_cannot_be_is_refused(world: World) -> None:
    questions = ("limit=0", "limit=201", "before=-1", "after=x", f"after={2**63}")
    where = f"/threads/{world.thread_id}/messages"
    answers = {question: (await world.nora.http.get(f"{where}?{question}")).status_code for question in questions}

    assert dict.fromkeys(questions, 422) == answers


async def _walk_back(reader: Caller, thread_id: str) -> list[Json]:
    found = await page(reader, thread_id, limit=7)
    messages = found["messages"]
    while found["has_older"]:
        found = await page(reader, thread_id, limit=7, before=messages[0]["seq"])
        messages = found["messages"] + messages
    return messages


async def _walk_forth(reader: Caller, thread_id: str) -> list[Json]:
    found = await page(reader, thread_id, limit=7, after=0)
    messages = found["messages"]
    while found["has_newer"]:
        found = await page(reader, thread_id, limit=7, after=messages[-1]["seq"])
        messages = messages + found["messages"]
    return messages


async def _wrong_flags(reader: Caller, thread_id: str, visible: list[int]) -> list[str]:
    """Each page of two whose flags differ from a count of the messages on either side."""
    wrong: list[str] = []
    for border in range(max(visible, default=0) + 3):
        for way in ("before", "after"):
            found = await page(reader, thread_id, limit=2, **{way: border})
            seqs = [message["seq"] for message in found["messages"]]
            expected = _sides(visible, seqs, border, way=way)
            if flags(found) != expected:
                wrong.append(f"{way}={border} of {visible} shows {seqs}: (older, newer) is {flags(found)}, not {expected}")
    return wrong


def _sides(visible: list[int], shown: list[int], border: int, *, way: str) -> tuple[bool, bool]:
    first, last = (shown[0], shown[-1]) if shown else (border, border - 1) if way == "before" else (border + 1, border)
    return any(seq < first for seq in visible), any(seq > last for seq in visible)
