"""Card numbers that come by text: taken out, and answered where automatic texts may go."""

from datetime import timedelta

from pawline.texting.card_answers import NOT_AGAIN_WITHIN
from pawline.texting.wordings import CARD_REMOVED
from tests.leaks import tables_with
from tests.texting_scene import OLIVE, Texting

CARD, MASKED = "4242424242424242", "It is ••••\u00a04242, until 12/29"
WRITTEN = f"It is {CARD}, until 12/29"


async def answers(texting: Texting) -> list[str]:
    return [each for each in await texting.sent_to(OLIVE) if "card number" in each]


async def test_it_is_taken_out_and_answered(texting: Texting) -> None:
    """C14: before the text is stored anywhere; whoever sent it is told what to do instead."""
    await texting.receive(WRITTEN, from_=OLIVE)
    entries = await texting.entries(OLIVE)
    [answer] = await answers(texting)

    assert ("text", "Olive Hart", MASKED) in entries
    assert answer == CARD_REMOVED.format(practice="Northside Veterinary")
    assert [] == await tables_with(texting.world.product, CARD)


async def test_two_machines_come_to_an_end(texting: Texting) -> None:
    """C14 and D3: told once in an hour, however many come."""
    for _ in range(5):
        await texting.receive(WRITTEN, from_=OLIVE)
    within = len(await answers(texting))
    texting.set_time(texting.now + NOT_AGAIN_WITHIN + timedelta(minutes=1))
    await texting.receive(WRITTEN, from_=OLIVE)

    assert (1, 2) == (within, len(await answers(texting)))


async def test_the_same_text_brought_again_is_one_text_and_one_answer(texting: Texting) -> None:
    """I5: the carrier brings it twice."""
    for _ in range(2):
        await texting.receive(WRITTEN, from_=OLIVE, carrier_id="SMcard0001")

    assert 1 == len([each for each in await texting.entries(OLIVE) if each[2] == MASKED])
    assert 1 == len(await answers(texting))


async def test_nothing_goes_where_no_automatic_text_may(texting: Texting) -> None:
    """C14 and 2.4: behind a block of the carrier it is taken out all the same, and not answered."""
    await texting.receive("STOP", from_=OLIVE)
    await texting.receive(WRITTEN, from_=OLIVE)

    assert [] == await answers(texting)
    assert [] == await tables_with(texting.world.product, CARD)


async def test_what_the_team_texts_has_none(texting: Texting) -> None:
    """C14: neither the message nor what goes to the phone."""
    await texting.receive("How do I pay?", from_=OLIVE)
    message = (await texting.reply(OLIVE, f"Like last time with {CARD}?")).json()

    assert "Like last time with ••••\u00a04242?" == message["body"]
    assert message["body"] in await texting.sent_to(OLIVE)
    assert [] == await tables_with(texting.world.product, CARD)
