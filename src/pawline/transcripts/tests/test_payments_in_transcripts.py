"""What a transcript says of payments."""

from pawline.payments.tests.scene import act, ask, checkout, pay
from pawline.transcripts.tests.test_transcripts import download, path_to, words_of
from tests.world import World


async def test_a_transcript_says_what_was_asked_and_what_became_of_it(world: World) -> None:
    """PA-18: amount and state stand with the words, in the reader's copy."""
    await ask(world.nora, world.thread_id, body="Blood panel")
    paid = await ask(world.nora, world.thread_id, body="Dental cleaning")
    await pay(await checkout(world.olive, world, paid), is_told=False)
    await act(world.olive, world, paid, verb="check")
    words = words_of((await download(world.nora, await path_to(world))).content)

    assert "Blood panel Payment request: $45.00 · not paid yet" in words
    assert "Dental cleaning Payment request: $45.00 · paid " in words
