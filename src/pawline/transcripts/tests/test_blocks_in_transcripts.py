"""What a transcript says of people whom its reader does not want to hear from."""

from pawline.moderation.tests.scene import block
from pawline.transcripts.tests.test_transcripts import download, path_to, words_of
from tests.world import World


async def test_the_record_leaves_out_nobody(world: World) -> None:
    """V2P+2, C15: Nora has blocked Omar and reads in peace; for the medical record his words count all the same."""
    await world.omar.post_text(world.thread_id, "Her paw")
    await block(world.nora, world.omar)
    await world.omar.post_text(world.thread_id, "She ate a sock")
    shown = (await world.nora.thread(world.thread_id))["messages"]
    record = words_of((await download(world.nora, await path_to(world))).content)

    assert "She ate a sock" not in [each["body"] for each in shown]
    assert "She ate a sock" in record
