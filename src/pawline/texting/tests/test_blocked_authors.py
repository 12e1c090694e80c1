"""Whoever blocked somebody of the team in the app gets no texts of theirs either."""

from pawline.moderation.tests.scene import block, unblock
from tests.texting_scene import NIGHT, OLIVE, Texting, share_number

REFUSED = "Olive Hart does not take messages from you. A colleague can write."


async def test_the_blocked_author_is_told_and_a_colleague_can_write(texting: Texting) -> None:
    """C15, AL-44: nothing of the refused text is kept, and Olive can change her mind."""
    await _olive_blocks_nora(texting)

    refused = await texting.reply(OLIVE, "Are you there?")

    assert (409, REFUSED) == (refused.status_code, refused.json()["detail"])
    assert [] == await texting.sent_to(OLIVE)
    assert "Are you there?" not in [body for _, _, body in await texting.entries(OLIVE)]
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.world.vane.post_text(thread["thread_id"], "It is Dr Vane", text_conversation_id=conversation["id"])
    await unblock(texting.world.olive, texting.world.nora)
    assert 201 == (await texting.reply(OLIVE, "Me again")).status_code
    assert ["It is Dr Vane", "Me again"] == await texting.sent_to(OLIVE)


async def test_a_phone_that_two_have_is_silent_only_if_both_want_it(texting: Texting) -> None:
    """C15, C20: block is person to person, and others still get the messages."""
    await share_number(texting, texting.world.omar)
    await _olive_blocks_nora(texting)
    assert 201 == (await texting.reply(OLIVE, "To Omar")).status_code

    await block(texting.world.omar, texting.world.nora)
    refused = await texting.reply(OLIVE, "To nobody")

    both = "Olive Hart and Omar Hart do not take messages from you. A colleague can write."
    assert (409, both) == (refused.status_code, refused.json()["detail"])
    assert ["To Omar"] == await texting.sent_to(OLIVE)


async def test_what_the_clinic_says_by_itself_goes_out(texting: Texting) -> None:
    """C15, V2P-49: no block ever keeps the after-hours number from anybody."""
    await _olive_blocks_nora(texting)
    texting.set_time(NIGHT)

    await texting.receive("Pixel ate a sock", from_=OLIVE)

    [away] = await texting.sent_to(OLIVE)
    assert away.startswith("This is an auto-reply.")


async def _olive_blocks_nora(texting: Texting) -> None:
    """In a conversation by text that is open; in the app she has read something of Nora's."""
    await texting.world.nora.post_text(texting.world.thread_id, "Hello in the app")
    await texting.receive("hi", from_=OLIVE)
    await block(texting.world.olive, texting.world.nora)
