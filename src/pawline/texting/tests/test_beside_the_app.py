"""Texts and the app are one thread: what a text changes there, and what it never changes."""

from sqlalchemy import text

from pawline.carriers.interface import NumberKind
from pawline.texting.countries import COUNTRIES
from tests.texting_scene import OLIVE, Texting


async def test_a_text_shows_up_in_the_app_of_everybody_in_the_family(texting: Texting) -> None:
    """C13, PA-16, PA-17: a badge at once for Olive and Omar; nobody's reading is assumed, and no e-mail is queued."""
    await texting.receive("Pixel is limping", from_=OLIVE)

    await texting.reply(OLIVE, "Bring her in")

    for person in (texting.world.olive, texting.world.omar):
        thread = await person.thread(texting.world.thread_id)
        assert "Bring her in" == thread["messages"][-1]["body"]
        assert thread["messages"][-1]["seq"] in {message["seq"] for message in thread["unread"]}
    queued = await texting.rows(
        "SELECT id FROM procrastinate_jobs WHERE task_name LIKE '%mail%' AND args->>'practice_id' = CAST(:practice_id AS text)"
    )
    assert [] == queued


async def test_writing_by_text_reads_nothing(texting: Texting) -> None:
    """C20: the family's unread counts are not touched by a text."""
    await texting.world.nora.post_text(texting.world.thread_id, "Results are in")

    await texting.receive("Pixel is limping", from_=OLIVE)

    thread = await texting.world.olive.thread(texting.world.thread_id)
    unread = {message["seq"] for message in thread["unread"]}
    assert "Results are in" in {message["body"] for message in thread["messages"] if message["seq"] in unread}


async def test_the_emergency_number_is_there_whatever_happens_to_texts(texting: Texting) -> None:
    """I11, AL-41: after STOP, with the conversation ended and texting off."""
    async with texting.desk.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET emergency_number = '+1 212-555-0100' WHERE practice_id = :practice_id"),
            {"practice_id": texting.practice_id},
        )
    await texting.receive("hi", from_=OLIVE)
    await texting.receive("STOP", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.world.nora.send("POST", f"/threads/{thread['thread_id']}/conversations/{conversation['id']}/end")
    await texting.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id RETURNING id")

    seen = await texting.world.olive.thread(texting.world.thread_id)

    assert "+1 212-555-0100" == seen["clinic"]["emergency_number"]


def test_texting_costs_a_british_practice_nothing() -> None:
    """PA-14, C18: hosting an American number of one's own costs a fee once (V2P-12)."""
    assert {NumberKind.LOCAL: 0} == COUNTRIES["GB"].fees_cents
    assert 299_00 == COUNTRIES["US"].fees_cents[NumberKind.HOSTED]
