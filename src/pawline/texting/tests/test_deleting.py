"""A staff member takes back a text that they wrote."""

import re
from uuid import uuid4

from sqlalchemy import text

from pawline.texting.forgetting import FORGET_TEXT
from pawline.threads.tests.scene import delete
from tests.texting_scene import Texting
from tests.world import Json

PHONE = "+14155550134"


async def test_a_text_that_still_waits_is_withdrawn(texting: Texting) -> None:
    """AL-45, C14: the client never gets it, and whoever deleted it sees so at once, as everybody on the team does."""
    message = await _write(texting)
    answer = await delete(texting.world.nora, message["thread_id"], message)
    shown = await _shown(texting, message)

    assert ("cancelled", "message_deleted") == (shown["delivery"]["state"], shown["delivery"]["reason"])
    assert answer.json() == shown
    assert "Come at four" not in await texting.sent_to(PHONE)


async def test_a_text_that_went_out_is_deleted_here_only(texting: Texting) -> None:
    """C14: the copy on the phone remains."""
    message = await _write(texting)
    await texting.rows(
        "UPDATE delivery SET state = 'sent', accepted_at = now(), sent_at = now() "
        "WHERE practice_id = :practice_id AND message_id = CAST(:id AS uuid) RETURNING id",
        id=message["id"],
    )
    answer = await delete(texting.world.nora, message["thread_id"], message)
    shown = await _shown(texting, message)

    assert 200 == answer.status_code
    assert ("", "sent") == (shown["body"], shown["delivery"]["state"])


async def _write(texting: Texting) -> Json:
    await texting.receive("Is Pixel well?", from_=PHONE)
    message = (await texting.reply(PHONE, "Come at four")).json()
    return {**message, "thread_id": (await texting.thread_of(PHONE))["thread_id"]}


async def _shown(texting: Texting, message: Json) -> Json:
    """To Dr Vane."""
    entries = (await texting.world.vane.thread(message["thread_id"]))["messages"]
    return next(each for each in entries if each["id"] == message["id"])


async def test_what_the_carrier_brought_is_found_without_looking_through_all_of_it(texting: Texting) -> None:
    """C14: the sweep seals a hundred messages a minute, beside years of texts."""
    ids = {"practice_id": texting.practice_id, "message_id": uuid4()}
    async with texting.desk.database.transaction() as uow:
        await uow.execute(text("SET LOCAL enable_seqscan = off"))  # of a small table it is the best there is
        plan = "\n".join((await uow.execute(text(f"EXPLAIN {FORGET_TEXT.text}"), ids)).scalars())

    assert re.search(r"Index Cond: .*\bid = ", plan), plan
