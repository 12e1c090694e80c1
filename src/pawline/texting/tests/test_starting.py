"""Staff start a text conversation, and the first text of it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from tests.texting_scene import NIGHT, OLIVE, UNKNOWN, Texting

WELCOME = (
    "Northside Veterinary will text you here about {subject}. Msg frequency varies. Msg & data rates may apply. "
    "Reply HELP for help, STOP to stop these texts."
)


async def start(texting: Texting, number: str = UNKNOWN, **values: Any) -> Any:
    names = {"first_name": "Jordan", "last_name": "Lee"}
    body = {"clinic_id": texting.world.clinic_id, "number": number, **names, **values}
    return await texting.world.nora.send("POST", "/texting/conversations", body)


async def join_the_app(texting: Texting) -> None:
    await texting.rows(
        "UPDATE contact SET app_joined_at = now() WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id",
        id=texting.world.olive.id,
    )


@pytest.mark.parametrize("spelling", ["(415) 555-0134", "415.555.0134", "+1 415 555 0134", "1-415-555-0134"])
async def test_a_typed_number_is_remembered_under_its_name(texting: Texting, spelling: str) -> None:
    """V2P-26, V2P-27, PA-8: in any spelling."""
    started = await start(texting, spelling)

    assert (200, True) == (started.status_code, started.json()["is_new"])
    thread = await texting.world.nora.thread(started.json()["thread_id"])
    assert ("Lee", "Jordan Lee") == (thread["family"]["name"], thread["family"]["contacts"][0]["name"])
    await texting.receive("Who is this?")
    assert "Jordan Lee" == (await texting.thread_of(UNKNOWN))["messages"][-1]["author_name"]


async def test_what_is_no_number_is_refused_in_words(texting: Texting) -> None:
    """V2P-27"""
    refused = await start(texting, "call me")

    assert 422 == refused.status_code
    assert ["number"] == [error["field"] for error in refused.json()["errors"]]


async def test_names_are_asked_for_in_america_and_not_in_britain(texting: Texting) -> None:
    """C8, PA-9: a chat without a name is a guest's."""
    assert 422 == (await start(texting, first_name="", last_name="")).status_code

    async with texting.desk.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET country = 'GB' WHERE practice_id = :practice_id AND id = CAST(:id AS uuid)"),
            {"practice_id": texting.practice_id, "id": texting.world.clinic_id},
        )
    started = await start(texting, "07700 900123", first_name="", last_name="")
    thread = await texting.world.nora.thread(started.json()["thread_id"])
    assert "Guest +44 7700 900123" == thread["family"]["name"]


async def test_two_of_the_team_at_the_same_moment_get_one_conversation(texting: Texting) -> None:
    """V2P-36, I1"""
    body = {"clinic_id": texting.world.clinic_id, "number": UNKNOWN, "first_name": "Jordan", "last_name": "Lee"}

    answers = await asyncio.gather(
        *(
            person.send("POST", "/texting/conversations", body)
            for person in (texting.world.nora, texting.world.vane)
            for _ in range(5)
        )
    )

    assert {200} == {answer.status_code for answer in answers}
    assert 1 == len({answer.json()["conversation_id"] for answer in answers})
    assert 1 == sum(answer.json()["is_new"] for answer in answers)


async def test_whoever_uses_the_app_is_written_to_there(texting: Texting) -> None:
    """PA-11, PA-12, PA-13, C9: by number, whatever the spelling; the app chat is offered instead."""
    await join_the_app(texting)

    refused = await start(texting, "415 555 0117")

    assert (409, "use_the_app") == (refused.status_code, refused.json()["code"])
    offered = {error["field"]: error["message"] for error in refused.json()["errors"]}
    assert {"family_id": texting.world.family_id, "clinic_id": texting.world.clinic_id} == offered
    assert [] == await texting.sent_to(OLIVE)


async def test_a_landline_by_numbering_plan_is_refused(texting: Texting) -> None:
    """D13"""
    refused = await start(texting, "+44 20 7946 0123")

    assert 422 == refused.status_code
    assert "landline" in refused.json()["detail"]


async def test_a_landline_that_a_carrier_told_us_of_is_refused(texting: Texting) -> None:
    """D13: unknown is allowed, and learned from the first result."""
    await texting.rows(
        "UPDATE contact_number SET is_landline = true WHERE practice_id = :practice_id AND number = :number RETURNING id",
        number=OLIVE,
    )

    assert 422 == (await start(texting, OLIVE)).status_code


async def test_the_first_text_says_how_to_stop_once(texting: Texting) -> None:
    """PA-23, PA-24: before it, and only in a conversation that the practice began."""
    await start(texting)
    assert [] == await texting.sent_to(UNKNOWN)

    for body in ("Hello Jordan", "Are you there?"):
        await texting.reply(UNKNOWN, body)

    assert [WELCOME.format(subject="your pet"), "Hello Jordan", "Are you there?"] == await texting.sent_to(UNKNOWN)


async def test_whoever_wrote_first_gets_no_welcome(texting: Texting) -> None:
    """PA-24"""
    await texting.receive("hi", from_=OLIVE)

    await texting.reply(OLIVE, "Hello Olive")

    assert ["Hello Olive"] == await texting.sent_to(OLIVE)


async def test_the_legal_ground_is_recorded(texting: Texting) -> None:
    """PA-22, C7: legitimate interest when the practice begins, inbound-initiated when the client does."""
    await start(texting)
    await texting.reply(UNKNOWN, "Hello Jordan")
    await texting.receive("hi", from_=OLIVE)

    grounds = await texting.rows(
        "SELECT contact_number, ground FROM consent_event WHERE practice_id = :practice_id AND action = 'ground' ORDER BY at"
    )
    assert [(UNKNOWN, "legitimate_interest"), (OLIVE, "inbound_initiated")] == [tuple(row) for row in grounds]


async def test_starting_at_night_overrides_the_hours(texting: Texting) -> None:
    """V2P-53: whoever answers is not told of business hours."""
    texting.set_time(NIGHT)
    await start(texting)
    await texting.reply(UNKNOWN, "Results are in")

    await texting.receive("Thanks")

    assert not any("auto-reply" in body for body in await texting.sent_to(UNKNOWN))


async def test_a_repeated_post_is_one_text(texting: Texting) -> None:
    """I6: same id, same content; another content is refused."""
    await texting.receive("hi", from_=OLIVE)
    client_id = "0b7f6f0e-7c0a-4b53-9d55-0c4f7d2f5a01"

    first = await texting.reply(OLIVE, "Hello Olive", client_id=client_id)
    again = await texting.reply(OLIVE, "Hello Olive", client_id=client_id)
    other = await texting.reply(OLIVE, "Goodbye Olive", client_id=client_id)

    assert (201, 200, 409) == (first.status_code, again.status_code, other.status_code)
    assert first.json()["id"] == again.json()["id"]
    assert ["Hello Olive"] == await texting.sent_to(OLIVE)


async def test_into_an_ended_conversation_nothing_is_texted(texting: Texting) -> None:
    await texting.receive("hi", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")

    refused = await texting.reply(OLIVE, "Hello?")

    assert (409, "conversation_ended") == (refused.status_code, refused.json()["code"])


async def test_while_texting_is_off_nothing_goes_out(texting: Texting) -> None:
    """V2P-7"""
    await texting.receive("hi", from_=OLIVE)
    await texting.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id RETURNING id")

    refused = await texting.reply(OLIVE, "Hello?")

    assert (409, "texting_off") == (refused.status_code, refused.json()["code"])


async def test_a_family_never_sees_what_is_for_the_team(texting: Texting) -> None:
    """I9, V2P-76, PA-16, PA-17: Olive reads the texts in her app, in the same thread, without lines and delivery states."""
    await texting.receive("Stop. Thank you", from_=OLIVE)
    await texting.reply(OLIVE, "Of course")

    seen = await texting.world.olive.thread(texting.world.thread_id)

    assert ["Stop. Thank you", "Of course"] == [message["body"] for message in seen["messages"]]
    assert [None, None] == [message["delivery"] for message in seen["messages"]]


async def test_outsiders_find_nothing(texting: Texting) -> None:
    """I10: Rita of Riverside is an outsider, and so is Hal of another clinic."""
    await texting.receive("hi", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    assert texting.world.riverside_id != texting.world.practice_id

    for person in (texting.world.rita, texting.world.hal):
        for method, path in (
            ("GET", f"/threads/{thread['thread_id']}/texting"),
            ("POST", f"/text-conversations/{conversation['id']}/opt-out"),
            ("GET", f"/contacts/{texting.world.olive.id}"),
        ):
            assert 404 == (await person.send(method, path)).status_code
