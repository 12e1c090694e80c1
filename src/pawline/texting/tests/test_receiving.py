"""A text arrives: who it is from, which conversation it belongs to, and what is answered by itself."""

import asyncio

import pytest

from pawline.carriers.interface import InboundText
from pawline.platform.errors import NotFound
from pawline.texting.profile_bot import QUESTION_1
from pawline.texting.receiving import receive_text
from tests.texting_scene import AFTER_HOURS, NIGHT, OLIVE, UNKNOWN, Texting

AWAY = (
    "This is an auto-reply. We're sorry we aren't available to chat at the moment. If this is an emergency, please call "
    f"{AFTER_HOURS} for after-hours instructions. Your message will be received by our practice during business hours."
)


async def test_a_text_of_somebody_on_file_shows_their_name(texting: Texting) -> None:
    """V2P-1, V2P-28, V2P-29, V2P-31, PA-1: by the number on file, labelled as sent by text."""
    await texting.receive("Pixel is limping", from_=OLIVE)

    thread = await texting.thread_of(OLIVE)
    [message] = thread["messages"]
    assert ("Olive Hart", "sms", "Pixel is limping") == (message["author_name"], message["channel"], message["body"])
    assert texting.world.thread_id == thread["thread_id"]
    assert [] == await texting.sent_to(OLIVE)


@pytest.mark.parametrize("spelling", ["4155550117", "14155550117", "+1 (415) 555-0117", "+14155550117"])
async def test_a_number_in_any_spelling_is_the_same(texting: Texting, spelling: str) -> None:
    """PA-13"""
    await texting.receive("Hello", from_=spelling)

    assert texting.world.thread_id == (await texting.thread_of(OLIVE))["thread_id"]


async def test_an_unknown_number_becomes_a_guest_and_is_asked_who_it_is(texting: Texting) -> None:
    """V2P-32, V2P-58, PA-9"""
    await texting.receive("hi do you see rabbits?")

    thread = await texting.thread_of(UNKNOWN)
    assert "Guest +1 415-555-0134" == thread["family"]["name"]
    assert [QUESTION_1] == await texting.sent_to(UNKNOWN)


async def test_one_open_conversation_takes_all_texts(texting: Texting) -> None:
    """V2P-33, V2P-34, I1"""
    await texting.receive("First", from_=OLIVE)
    await texting.receive("Second", from_=OLIVE)

    thread = await texting.thread_of(OLIVE)
    assert 1 == len(thread["conversations"])
    assert ["First", "Second"] == [message["body"] for message in thread["messages"]]


async def test_after_the_end_a_text_starts_a_new_conversation(texting: Texting) -> None:
    """V2P-35: in the same thread; the ended one stays ended."""
    await texting.receive("First", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    await texting.receive("Second", from_=OLIVE)

    first, second = (await texting.thread_of(OLIVE))["conversations"]
    assert first["ended_at"]
    assert not second["ended_at"]


async def test_fifty_deliveries_of_one_webhook_make_one_message(texting: Texting) -> None:
    """I5: one carrier id is one message, however often and however parallel it comes."""
    inbound = InboundText(carrier_message_id="SMsame", from_number=UNKNOWN, to_number=texting.number, body="Hello")

    await asyncio.gather(*(receive_text(texting.desk, "fake", inbound) for _ in range(50)))

    assert ["Hello"] == [body for _, author, body in await texting.entries(UNKNOWN) if author != "Auto-reply"]
    assert [QUESTION_1] == await texting.sent_to(UNKNOWN)


async def test_ten_texts_of_a_new_number_at_once_make_one_guest(texting: Texting) -> None:
    """V2P-33, I1, I2: one family, one thread, one conversation."""
    await asyncio.gather(*(texting.receive(f"Text {number}") for number in range(10)))

    thread = await texting.thread_of(UNKNOWN)
    assert 1 == len(thread["conversations"])
    assert 10 == len([message for message in thread["messages"] if message["author_kind"] == "contact"])


async def test_a_text_to_a_number_that_is_not_ours(texting: Texting) -> None:
    inbound = InboundText(carrier_message_id="SMstray", from_number=OLIVE, to_number="+18885559999", body="Hello")

    with pytest.raises(NotFound):
        await receive_text(texting.desk, "fake", inbound)


async def test_while_texting_is_off_no_conversation_is_opened(texting: Texting) -> None:
    """V2P-7: and the text is kept all the same."""
    await texting.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id RETURNING id")

    await texting.receive("Anybody there?", from_=OLIVE)

    assert [] == await texting.rows("SELECT id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")
    assert [] == await texting.sent_to(OLIVE)
    [event] = await texting.rows("SELECT body FROM inbound_event WHERE practice_id = :practice_id")
    assert "Anybody there?" == event.body


async def test_at_night_the_away_reply_goes_out_word_for_word(texting: Texting) -> None:
    """V2P-48, V2P-49, V2P-50, V2P-51: exactly, with the after-hours number; the message itself is there at once."""
    texting.set_time(NIGHT)

    await texting.receive("Pixel ate a sock", from_=OLIVE)

    assert [AWAY] == await texting.sent_to(OLIVE)
    assert ("text", "Olive Hart", "Pixel ate a sock") == (await texting.entries(OLIVE))[0]


async def test_during_hours_it_never_does(texting: Texting) -> None:
    """V2P-52"""
    await texting.receive("Pixel ate a sock", from_=OLIVE)

    assert [] == await texting.sent_to(OLIVE)


async def test_the_away_reply_comes_before_the_question(texting: Texting) -> None:
    """C21"""
    texting.set_time(NIGHT)

    await texting.receive("hello")

    assert [AWAY, QUESTION_1] == await texting.sent_to(UNKNOWN)


async def test_the_loop_guard(texting: Texting) -> None:
    """D3: not twice within ten minutes, and five times in one closed period."""
    texting.set_time(NIGHT)
    for _ in range(3):
        await texting.receive("still here", from_=OLIVE)
    assert 1 == len(await texting.sent_to(OLIVE))

    for _ in range(9):
        texting.advance(minutes=11)
        await texting.receive("and again", from_=OLIVE)

    assert 5 == len(await texting.sent_to(OLIVE))


async def test_an_answer_of_the_team_silences_the_away_reply_in_that_conversation_until_morning(texting: Texting) -> None:
    """V2P-53, V2P-54, V2P-55, V2P-56, C12, D4: another client is still told; the next night so is this one."""
    texting.set_time(NIGHT)
    await texting.receive("Pixel ate a sock", from_=OLIVE)
    assert 201 == (await texting.reply(OLIVE, "Bring her in now")).status_code
    texting.advance(minutes=20)

    await texting.receive("On our way", from_=OLIVE)
    await texting.receive("hello")

    assert [AWAY, "Bring her in now"] == await texting.sent_to(OLIVE)
    assert AWAY in await texting.sent_to(UNKNOWN)
    texting.advance(days=1)
    await texting.receive("Now the other sock", from_=OLIVE)
    assert [AWAY, "Bring her in now", AWAY] == await texting.sent_to(OLIVE)


async def test_a_note_is_no_answer(texting: Texting) -> None:
    """D4: what the team writes to itself changes nothing for the client."""
    texting.set_time(NIGHT)
    await texting.receive("Pixel ate a sock", from_=OLIVE)
    thread = await texting.thread_of(OLIVE)
    await texting.world.nora.post_text(thread["thread_id"], "Again?", kind="note")
    texting.advance(minutes=11)

    await texting.receive("Hello?", from_=OLIVE)

    assert [AWAY, AWAY] == await texting.sent_to(OLIVE)


async def test_a_number_that_two_of_the_family_share(texting: Texting) -> None:
    """C20: nobody can know who of them wrote."""
    await texting.rows(
        "INSERT INTO contact_number (practice_id, id, contact_id, number, created_at) "
        "VALUES (:practice_id, gen_random_uuid(), CAST(:omar AS uuid), :number, now()) RETURNING id",
        omar=texting.world.omar.id,
        number=OLIVE,
    )

    await texting.receive("It is us", from_=OLIVE)

    assert [("text", "Hart family via +1 415-555-0117", "It is us")] == await texting.entries(OLIVE)


async def test_a_mistake_in_our_rules_does_not_lose_a_text(texting: Texting, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-11: it is stored, acknowledged, and waits for a job."""

    async def stumble(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as patch:
        patch.setattr("pawline.texting.receiving.send_away_reply", stumble)
        await texting.receive("Do not lose me", from_=OLIVE)

    [event] = await texting.rows("SELECT id, number_id, processed_at FROM inbound_event WHERE practice_id = :practice_id")
    assert event.processed_at is None
