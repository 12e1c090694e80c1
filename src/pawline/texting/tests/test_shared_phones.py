"""A text from a phone that several people have: nobody knows who of them wrote it, so it is nobody's own."""

from datetime import UTC, datetime

from pawline.moderation.tests.scene import block, report, reports, resolve, shown
from pawline.threads.tests.scene import delete
from tests.texting_scene import OLIVE, Texting, share_number
from tests.world import Json

FAMILY = "Hart family via +1 415-555-0117"


async def test_nobody_of_the_family_can_delete_it(texting: Texting) -> None:
    """C20, AL-45: the server says whose it is not, to all of them, and refuses whoever stands first."""
    message = await _shared_text(texting)
    world = texting.world

    answers = [await delete(person, world.thread_id, message) for person in (world.olive, world.omar)]

    assert [403, 403] == [answer.status_code for answer in answers]
    for person in (world.olive, world.omar, world.nora):
        [seen] = (await person.thread(world.thread_id))["messages"]
        assert (FAMILY, True, None) == (seen["author_name"], seen["is_from_shared_number"], seen["deleted_at"])


async def test_a_text_from_ones_own_phone_stays_ones_own(texting: Texting) -> None:
    """C20, AL-45, PA-16: also after somebody else got the number."""
    await texting.receive("Only me", from_=OLIVE)
    await share_number(texting, texting.world.omar)
    await texting.receive("It is us", from_=OLIVE)
    own, shared = (await texting.world.olive.thread(texting.world.thread_id))["messages"]

    assert [False, True] == [own["is_from_shared_number"], shared["is_from_shared_number"]]
    assert 200 == (await delete(texting.world.olive, texting.world.thread_id, own)).status_code


async def test_live_frames_and_changes_say_so_as_well(texting: Texting) -> None:
    """C20, I4: a screen that only follows knows as much as one that loads anew."""
    message = await _shared_text(texting)

    changes = (await texting.world.olive.get(f"/threads/{texting.world.thread_id}/changes", after=0)).json()
    [listed] = (await texting.world.olive.get("/pets")).json()["threads"]

    assert [True, True] == [each["is_from_shared_number"] for each in (changes["messages"][0], listed["last_message"])]
    assert message["id"] == listed["last_message"]["id"]


async def test_no_block_of_a_person_hides_it(texting: Texting) -> None:
    """C15, C20: Nora blocks Olive for what Olive wrote herself; a text of the family's phone may be Omar's."""
    await texting.world.olive.post_text(texting.world.thread_id, "From Olive")
    texting.set_time(datetime.now(UTC))
    await block(texting.world.nora, texting.world.olive)
    await texting.world.olive.post_text(texting.world.thread_id, "Unheard")

    await _shared_text(texting)

    seen = await shown(texting.world.nora, texting.world.thread_id)
    assert ["From Olive", "It is us"] == [body for body in seen if "auto-reply" not in body]


async def test_from_it_alone_nobody_can_be_blocked(texting: Texting) -> None:
    """C20, AL-44: who stands first for the number has written nothing that anybody knows of."""
    message = await _shared_text(texting)

    refused = await texting.world.nora.send("POST", f"/people/{message['author_id']}/block")

    assert 404 == refused.status_code


async def test_it_is_reported_also_by_whoever_stands_first_and_the_phone_is_blocked(texting: Texting) -> None:
    """C20, AL-43: Olive did not write it. What an administrator blocks is the number, and nobody's app."""
    world = texting.world
    message = await _shared_text(texting)
    assert 200 == (await report(world.olive, world, message)).status_code
    [found] = (await reports(world.ada))["reports"]

    assert 200 == (await resolve(world.ada, found["id"], "blocked")).status_code

    [held] = (await world.ada.get("/practice-blocks")).json()["blocks"]
    assert (None, OLIVE) == (held["contact_id"], held["contact_number"])
    assert "Mine" == (await world.olive.post_text(world.thread_id, "Mine"))["body"]


async def test_two_families_with_one_number_are_several_people_too(texting: Texting) -> None:
    """C20: whichever of their threads it ends up in."""
    await share_number(texting, texting.world.kim)
    await texting.receive("Who am I?", from_=OLIVE)

    [message] = (await texting.thread_of(OLIVE))["messages"]

    assert message["is_from_shared_number"]
    assert message["author_name"].endswith(" family via +1 415-555-0117")


async def _shared_text(texting: Texting) -> Json:
    """As Olive sees it, who is the family's first contact."""
    await share_number(texting, texting.world.omar)
    await texting.receive("It is us", from_=OLIVE)
    return (await texting.world.olive.thread(texting.world.thread_id))["messages"][-1]
