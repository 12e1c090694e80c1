"""The three questions to an unknown number."""

import asyncio

import pytest

from pawline.carriers.interface import MediaLink
from pawline.texting.profile_bot import QUESTION_1, QUESTION_3, email_in, name_in
from tests.texting_scene import OLIVE, UNKNOWN, Texting

THANKS = "Thanks, Jordan. Next, please enter your last name only. (Question 2/3)"
THANKS_NOBODY = "Thanks. Next, please enter your last name only. (Question 2/3)"


async def answer(texting: Texting, *answers: str) -> None:
    for each in answers:
        await texting.receive(each)


async def test_the_questions_word_for_word(texting: Texting) -> None:
    """V2P-58, V2P-59, V2P-60: one after the other, then silence."""
    await answer(texting, "hi do you see rabbits?", "Jordan", "Lee", "jordan@example.org", "thank you")

    first = (
        "This is an auto-reply. We need to create your profile in our new texting system. So we can provide faster service, "
        "please enter your first name only. (Question 1/3)"
    )
    third = (
        "Just one more thing, please enter your email only and one of our team members will respond as soon as possible. "
        "(Question 3/3)"
    )
    assert [first, THANKS, third] == await texting.sent_to(UNKNOWN)


async def test_what_was_answered_is_remembered(texting: Texting) -> None:
    """V2P-61, V2P-67, V2P-71, V2P-72: the next message shows the name; earlier ones stay as they were."""
    await answer(texting, "hi", "Jordan", "Lee", "jordan@example.org", "Thanks")

    thread = await texting.thread_of(UNKNOWN)
    [contact] = thread["family"]["contacts"]
    assert ("Jordan Lee", "jordan@example.org") == (contact["name"], contact["email"])
    said = [(message["author_name"], message["body"]) for message in thread["messages"] if message["author_kind"] == "contact"]
    assert ("+1 415-555-0134", "hi") == said[0]
    assert ("Jordan Lee", "Thanks") == said[-1]
    assert ["hi", "Jordan", "Lee", "jordan@example.org", "Thanks"] == [body for _, body in said]


async def test_the_text_that_begins_it_is_no_answer(texting: Texting) -> None:
    """V2P-66"""
    await answer(texting, "Jordan")

    [contact] = (await texting.thread_of(UNKNOWN))["family"]["contacts"]
    assert "+1 415-555-0134" == contact["name"]


async def test_talk_is_not_stored_and_the_next_question_follows(texting: Texting) -> None:
    """V2P-62, V2P-63, V2P-64, D2: three questions and no more, whatever is answered."""
    await answer(texting, "hi", "my name is Jordan", "who wants to know", "rather not", "hello?")

    assert [QUESTION_1, THANKS_NOBODY, QUESTION_3] == await texting.sent_to(UNKNOWN)
    [contact] = (await texting.thread_of(UNKNOWN))["family"]["contacts"]
    assert ("+1 415-555-0134", None) == (contact["name"], contact["email"])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mary", "Mary"),
        ("Mary Ann", "Mary Ann"),
        ("  Mary\u00a0Ann \n", "Mary Ann"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
        ("Jordan.", "Jordan"),
        ("my name is", None),
        ("", None),
        ("...", None),
    ],
)
def test_one_or_two_words_are_a_name(said: str, name: str | None) -> None:
    """V2P-65, D1: split at white space; neither hyphen nor apostrophe splits."""
    assert name == name_in(said)


@pytest.mark.parametrize(
    ("said", "email"),
    [
        (" Jordan@Example.org ", "jordan@example.org"),
        ("jordan@example.org please", None),
        ("jordan", None),
        ("none", None),
    ],
)
def test_an_email_and_nothing_else(said: str, email: str | None) -> None:
    """V2P-64"""
    assert email == email_in(said)


async def test_the_team_answers_and_nothing_more_is_asked(texting: Texting) -> None:
    """V2P-68, V2P-69"""
    await answer(texting, "hi")
    assert 201 == (await texting.reply(UNKNOWN, "Hello, who is this?")).status_code

    await answer(texting, "Jordan", "Lee")

    assert THANKS not in await texting.sent_to(UNKNOWN)


async def test_an_answer_of_the_team_withdraws_a_question_that_has_not_left(texting: Texting) -> None:
    """I8: also if both happen at the same moment."""
    await answer(texting, "hi")

    await asyncio.gather(texting.reply(UNKNOWN, "Hello, who is this?"), texting.receive("Jordan"))

    waiting = await texting.rows(
        "SELECT body FROM delivery WHERE practice_id = :practice_id AND state = 'queued' AND bot_run_id IS NOT NULL"
    )
    assert [] == waiting


async def test_a_picture_alone_answers_nothing(texting: Texting) -> None:
    """D5: the question stays open."""
    await answer(texting, "hi")
    await texting.receive("", media=[MediaLink("fake:picture", "image/jpeg")])

    await answer(texting, "Jordan")

    assert [QUESTION_1, THANKS] == await texting.sent_to(UNKNOWN)


async def test_stop_during_the_questions_ends_them(texting: Texting) -> None:
    """D5"""
    await answer(texting, "hi", "STOP", "START", "Jordan")

    assert THANKS not in await texting.sent_to(UNKNOWN)


async def test_ending_the_conversation_ends_the_questions(texting: Texting) -> None:
    """D16"""
    await answer(texting, "hi")
    thread, conversation = await texting.thread_of(UNKNOWN), await texting.conversation_of(UNKNOWN)
    await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    await answer(texting, "Jordan")

    assert THANKS not in await texting.sent_to(UNKNOWN)


async def test_an_address_that_nobody_has_is_shown_to_the_team(texting: Texting) -> None:
    """V2P-73"""
    await answer(texting, "hi", "Jordan", "Lee", "jordan@example.org")

    [line] = [message for message in (await texting.thread_of(UNKNOWN))["messages"] if message["kind"] == "system"]
    assert "jordan@example.org is not on file for any client" in line["body"]
    assert "offer_email" == line["prompt"]


async def test_an_address_of_another_client_is_not_taken_over(texting: Texting) -> None:
    """V2P-73: it is what somebody else signs in with."""
    [row] = await texting.rows(
        "SELECT email FROM contact WHERE practice_id = :practice_id AND id = CAST(:id AS uuid)", id=texting.world.olive.id
    )
    await answer(texting, "hi", "Jordan", "Lee", row.email)

    thread = await texting.thread_of(UNKNOWN)
    [contact] = thread["family"]["contacts"]
    assert contact["email"] is None
    assert any("Olive Hart already uses here" in message["body"] for message in thread["messages"] if message["kind"] == "system")


async def test_somebody_on_file_is_never_asked(texting: Texting) -> None:
    """V2P-30, V2P-31"""
    await texting.receive("hi", from_=OLIVE)

    assert [] == await texting.sent_to(OLIVE)
