"""Texts of numbers and contacts that the practice blocked: kept aside, and answered only as the rules of texting demand."""

from uuid import UUID

import httpx
import pytest

from pawline.carriers.interface import CallEnded, InboundCall, MediaLink
from pawline.families.numbers import add_number
from pawline.moderation.tests.scene import practice_block
from pawline.texting.calls import answer_call, end_call
from tests.texting_scene import NIGHT, OLIVE, UNKNOWN, Texting, set_texting
from tests.world import Caller, Json, World


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


async def test_a_text_of_a_blocked_number_is_kept_and_reaches_nobody(texting: Texting) -> None:
    """C15: no conversation, no guest, no question, no unread thread; administrators find it beside the block."""
    before = await _traces(texting)
    block = await _block_number(texting.world.ada, "(415) 555-0134")
    await texting.receive("You are all useless")
    await texting.receive("Look", media=[MediaLink("https://media.example/1", "image/jpeg")] * 2)

    held = await _held(texting.world.ada, block)
    assert UNKNOWN == block["contact_number"]
    assert [("Look", 2), ("You are all useless", 0)] == [(text["words"], text["picture_count"]) for text in held]
    assert {(UNKNOWN, "+1 415-555-0134")} == {(text["number"], text["number_shown"]) for text in held}
    assert held[0]["at"] > held[1]["at"]
    assert before == await _traces(texting)
    assert [] == await texting.sent_to(UNKNOWN)
    assert [2] == [each["held_count"] for each in await _blocks(texting.world.ada)]


async def test_a_missed_call_of_a_blocked_number_opens_no_conversation(texting: Texting) -> None:
    """C15: the call itself goes on to the clinic's phone, as anybody's does in an emergency."""
    before = await _traces(texting)
    await _block_number(texting.world.ada, UNKNOWN)
    for call_id, number in (("CA held 1", UNKNOWN), ("CA held 2", OLIVE)):
        call = InboundCall(carrier_call_id=call_id, from_number=number, to_number=texting.number)
        ended = CallEnded(carrier_call_id=call_id, from_number=number, to_number=texting.number, was_answered=False)
        answer = await answer_call(texting.desk, "fake", call)
        await end_call(texting.desk, "fake", ended)
        assert "/voice/done" in answer.body
        if number == UNKNOWN:
            assert before == await _traces(texting)

    assert ["Missed call from Olive Hart at 10:00."] == [body for _, _, body in await texting.entries(OLIVE)]


async def test_outside_hours_a_blocked_number_is_told_whom_to_call(texting: Texting) -> None:
    """C15, V2P-49: the away reply goes out as to anybody, with its loop guard."""
    await texting.receive("Hello")
    asked = await texting.sent_to(UNKNOWN)
    texting.set_time(NIGHT)
    before = await _traces(texting)
    await _block_number(texting.world.ada, UNKNOWN)
    await texting.receive("Pick up!")
    await texting.receive("PICK UP!")

    replies = (await texting.sent_to(UNKNOWN))[len(asked) :]
    assert ["This is an auto-reply."] == [reply[:22] for reply in replies]
    assert before == await _traces(texting)


async def test_a_team_that_answers_in_the_conversation_does_not_silence_it(texting: Texting) -> None:
    """C15, V2P-53: nobody reads what is held, so nobody's presence counts."""
    texting.set_time(NIGHT)
    await texting.receive("Pixel ate a sock", from_=OLIVE)
    await texting.reply(OLIVE, "Bring her in now")
    texting.advance(minutes=20)
    await _block_number(texting.world.ada, OLIVE)

    await texting.receive("On our way", from_=OLIVE)

    first, _, last = await texting.sent_to(OLIVE)
    assert first == last


async def test_keywords_work_for_a_blocked_number(texting: Texting) -> None:
    """C15, V2P-83: STOP ends texts, START brings them back, HELP is answered; none of them is held."""
    block = await _block_number(texting.world.ada, OLIVE)
    for word in ("HELP", "Quit", "START"):
        await texting.receive(word, from_=OLIVE)
    events = await texting.rows(
        "SELECT reason FROM consent_event WHERE practice_id = :practice_id AND contact_number = :number", number=OLIVE
    )

    assert 2 == len(await texting.sent_to(OLIVE)), "HELP and Quit are answered here, START by the carrier"
    assert {"Quit", "START"} == {event.reason for event in events}
    assert [] == await _held(texting.world.ada, block)


async def test_whoever_texts_again_after_stop_is_opted_in_again_though_blocked(texting: Texting) -> None:
    """C15, D7: a block is no wish of theirs; and where the carrier lets nothing through, the text is kept all the same."""
    block = await _block_number(texting.world.ada, OLIVE)
    await texting.receive("Quit", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)
    texting.set_time(NIGHT)
    await texting.receive("Hello?", from_=OLIVE)
    subscriptions = await texting.rows(
        "SELECT category FROM subscription WHERE practice_id = :practice_id AND contact_number = :number AND NOT is_out",
        number=OLIVE,
    )

    assert ["two_way"] == [row.category for row in subscriptions]
    assert ["Hello?"] == [text["words"] for text in await _held(texting.world.ada, block)]
    assert 1 == len(await texting.sent_to(OLIVE))


async def test_an_open_conversation_stays_and_takes_no_more(texting: Texting) -> None:
    """C15: the team goes on writing and ends it as ever; what comes in is held."""
    await texting.receive("Pixel is limping", from_=OLIVE)
    block = await _block_number(texting.world.ada, OLIVE)
    await texting.receive("Useless lot", from_=OLIVE)
    answer = await texting.reply(OLIVE, "Please call us")
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    ended = await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    assert (201, 200) == (answer.status_code, ended.status_code)
    assert ["Pixel is limping", "Please call us"] == [body for kind, _, body in await texting.entries(OLIVE) if kind == "text"]
    assert ["Please call us"] == await texting.sent_to(OLIVE)
    assert ["Useless lot"] == [text["words"] for text in await _held(texting.world.ada, block)]


async def test_a_contact_is_held_by_text_once_all_who_have_the_number_are_blocked(texting: Texting) -> None:
    """C15, C20: while her brother has the phone too and is welcome, it may be him who wrote."""
    world = texting.world
    async with texting.desk.database.transaction() as uow:
        await add_number(uow, texting.practice_id, UUID(world.omar.id), number=OLIVE)
    olive = (await practice_block(world.ada, world.olive)).json()
    await texting.receive("From one of us", from_=OLIVE)
    omar = (await practice_block(world.ada, world.omar)).json()
    await texting.receive("From either of us", from_=OLIVE)

    assert ["From one of us"] == [body for _, _, body in await texting.entries(OLIVE)]
    assert [["From either of us"], []] == [[text["words"] for text in await _held(world.ada, each)] for each in (olive, omar)]


async def test_what_was_held_stays_in_the_list_after_the_block(texting: Texting) -> None:
    """C15: nothing is lost silently, and nothing enters a thread by itself."""
    world = texting.world
    block = await _block_number(world.ada, OLIVE)
    await texting.receive("Useless lot", from_=OLIVE)
    lifted = await world.helen.send("DELETE", f"/practice-blocks/{block['id']}")
    again = await world.helen.send("DELETE", f"/practice-blocks/{block['id']}")
    await texting.receive("Sorry about that", from_=OLIVE)

    [listed] = await _blocks(world.ada)
    assert (204, 404) == (lifted.status_code, again.status_code)
    assert (block["id"], 1) == (listed["id"], listed["held_count"])
    assert listed["lifted_at"]
    assert ["Useless lot"] == [text["words"] for text in await _held(world.ada, block)]
    assert ["Sorry about that"] == [body for _, _, body in await texting.entries(OLIVE)]


async def test_the_list_of_held_texts_is_paged(texting: Texting) -> None:
    """C15: newest first, none twice and none left out."""
    block = await _block_number(texting.world.ada, UNKNOWN)
    for number in range(5):
        await texting.receive(f"Text {number}")
    path, cursor = f"/practice-blocks/{block['id']}/held", dict[str, str]()
    seen: list[str] = []
    while True:
        page = (await texting.world.ada.get(path, limit=2, **cursor)).json()
        seen += [text["words"] for text in page["texts"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    assert [f"Text {number}" for number in (4, 3, 2, 1, 0)] == seen


async def test_a_held_text_arrives_once_however_often_the_carrier_brings_it(texting: Texting) -> None:
    """C15, I5"""
    block = await _block_number(texting.world.ada, UNKNOWN)
    for _ in range(3):
        await texting.receive("Useless lot", carrier_id="SMsame_held")

    assert 1 == len(await _held(texting.world.ada, block))


async def test_only_administrators_block_numbers_and_read_what_is_held(texting: Texting) -> None:
    """C15, I10: to Rita and to families there is no such block; a number and a reason are needed."""
    world = texting.world
    block = await _block_number(world.ada, UNKNOWN)
    await texting.receive("Useless lot")
    path = f"/practice-blocks/{block['id']}"
    callers = (world.nora, world.toby, world.olive, world.rita)
    read = [(await caller.get(f"{path}/held")).status_code for caller in callers]
    lifted = [(await caller.send("DELETE", path)).status_code for caller in callers]
    set_ = [(await _try_block(caller, OLIVE)).status_code for caller in callers]

    assert [403, 403, 404, 404] == read
    assert [403, 403, 404, 404] == lifted
    assert [403, 403, 404] == set_[:3]
    assert [422, 422] == [(await _try_block(world.ada, *words)).status_code for words in (("no number",), (UNKNOWN, " "))]
    assert [block["id"]] == [each["id"] for each in await _blocks(world.ada)]
    assert block["id"] == (await _block_number(world.ada, UNKNOWN, "Another reason"))["id"]


async def _try_block(caller: Caller, number: str, reason: str = "Sends insults") -> httpx.Response:
    return await caller.send("POST", "/practice-blocks", {"contact_number": number, "reason": reason})


async def _block_number(caller: Caller, number: str, reason: str = "Sends insults") -> Json:
    response = await _try_block(caller, number, reason)
    assert 200 == response.status_code, response.text
    return response.json()


async def _blocks(caller: Caller) -> list[Json]:
    return (await caller.get("/practice-blocks")).json()["blocks"]


async def _held(caller: Caller, block: Json) -> list[Json]:
    response = await caller.get(f"/practice-blocks/{block['id']}/held")
    assert 200 == response.status_code, response.text
    return response.json()["texts"]


async def _traces(texting: Texting) -> list[tuple[int, ...]]:
    """How much there is of what a text leaves behind when it is taken in."""
    rows = await texting.rows("""
        SELECT (SELECT count(*) FROM message WHERE practice_id = :practice_id),
            (SELECT count(*) FROM conversation WHERE practice_id = :practice_id),
            (SELECT count(*) FROM contact WHERE practice_id = :practice_id),
            (SELECT count(*) FROM bot_run WHERE practice_id = :practice_id),
            (SELECT coalesce(sum(revision), 0) FROM thread WHERE practice_id = :practice_id)""")
    return [tuple(row) for row in rows]
