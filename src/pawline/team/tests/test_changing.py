"""Changing a staff member: who may, what it does to what they see, and that a practice keeps an owner."""

import asyncio
from uuid import uuid4

import pytest

from pawline.inbox.tests.test_handing_off import act, begin, lines, open_one
from pawline.team.tests.scene import ask_to_change, change, end_access, may_sign_in, member, owners
from tests.world import World


async def test_administrators_change_those_not_above_them_and_only_owners_give_roles(world: World) -> None:
    """PPB-35, V2P+5 and 2.6: names and titles by administrators, roles by the practice owner, nothing by anybody below."""
    renamed = await change(world, world.nora, by=world.ada, name="Nora  Ames-Bell", job_title="Head nurse")
    promoted = await change(world, world.toby, role="senior")
    refused = {
        "above": await ask_to_change(world, world.helen, by=world.ada, job_title="Retired"),
        "role": await ask_to_change(world, world.nora, by=world.ada, role="basic"),
        "own role": await ask_to_change(world, world.ada, by=world.ada, role="practice_owner"),
        "senior": await ask_to_change(world, world.toby, by=world.nora, name="Tobias"),
        "basic": await ask_to_change(world, world.nora, by=world.toby, name="Nobody"),
        "owner of a pet": await ask_to_change(world, world.nora, by=world.olive, name="Nobody"),
        "another practice": await ask_to_change(world, world.nora, by=world.rita, name="Nobody"),
    }

    assert ("Nora Ames-Bell", "Head nurse", "senior") == (renamed["name"], renamed["job_title"], renamed["role"])
    assert "senior" == promoted["role"]
    assert [403, 403, 403, 403, 403, 404, 404] == [answer.status_code for answer in refused.values()]
    assert "Nora Ames-Bell" == (await world.nora.get("/session")).json()["person"]["name"]
    assert ["Helen Marsh", "practice_owner"] == [(await member(world, world.helen))[key] for key in ("name", "role")]


async def test_nobody_invites_somebody_above_themselves(world: World) -> None:
    """PPB-35 and 2.6: only a practice owner makes another one."""

    async def invite(by: str, role: str) -> int:
        body = {"name": "Nia Bell", "email": f"{uuid4().hex}@northside.example", "role": role, "clinic_ids": [world.clinic_id]}
        answer = await world.callers[by].send("POST", "/team", body, headers={"Idempotency-Key": str(uuid4())})
        return answer.status_code

    invitations = [("ada", "practice_owner"), ("nora", "basic"), ("ada", "administrator"), ("helen", "practice_owner")]
    assert [403, 403, 201, 201] == [await invite(by, role) for by, role in invitations]


async def test_two_who_change_the_same_do_not_overwrite_each_other(world: World) -> None:
    revision = (await member(world, world.nora))["revision"]
    answers = await asyncio.gather(
        *(
            by.send("PATCH", f"/team/{world.nora.id}", {"revision": revision, "job_title": title})
            for by, title in ((world.ada, "Nurse"), (world.helen, "Head nurse"))
        )
    )
    [stored] = [answer.json() for answer in answers if answer.status_code == 200]
    [refused] = [answer.json() for answer in answers if answer.status_code != 200]
    again = await world.ada.send("PATCH", f"/team/{world.nora.id}", {"revision": revision, "job_title": stored["job_title"]})

    assert "member_changed" == refused["code"]
    assert (200, stored) == (again.status_code, again.json())


async def test_a_role_that_is_taken_closes_every_door_at_once(world: World) -> None:
    """PPB-26, PPB-27, I10: an open screen is told to look again, and gets no frame by the old role."""
    async with world.nora.live() as screen, world.vane.live() as other:
        await change(world, world.nora, role="basic")
        await screen.next("resync")
        await world.olive.post_text(world.thread_id, "Pixel is limping")
        await other.next("changes")
        with pytest.raises(TimeoutError):
            await screen.next("changes", within_seconds=0.3)
    paths = ("/inbox", f"/threads/{world.thread_id}", f"/threads/{world.thread_id}/messages")
    found = await world.nora.get("/search/messages", q="limping")

    assert [403, 404, 404] == [(await world.nora.get(path)).status_code for path in paths]
    assert (200, False) == (found.status_code, "limping" in found.text)


async def test_a_role_that_is_given_opens_the_inbox_on_the_open_screen(world: World) -> None:
    """PPB-22 to PPB-24: without signing in again."""
    async with world.toby.live() as screen:
        await change(world, world.toby, role="senior")
        await screen.next("resync")
        posted = await world.olive.post_text(world.thread_id, "Pixel is limping")
        frame = await screen.next("changes")

    assert [posted["id"]] == [each["id"] for each in frame["messages"]]
    assert 200 == (await world.toby.get("/inbox")).status_code


async def test_conversations_go_back_to_the_queue_with_the_inbox(world: World) -> None:
    """C16: nobody waits for somebody who cannot read it any more, and the team reads why."""
    seen = await begin(world)
    await act(world.nora, world.thread_id, "take", seen=seen)
    await change(world, world.nora, role="basic")

    assert (await open_one(world.vane, world.thread_id))["assignment"]["staff_id"] is None
    assert "Nora Ames no longer has the inbox, so this conversation is back in the queue" in await lines(
        world.vane, world.thread_id
    )


async def test_clinics_change_what_is_seen_and_only_those_of_the_actor(world: World) -> None:
    """2.6: an administrator puts nobody at a clinic that is not theirs, and takes nobody from it."""
    seen = await begin(world)
    await act(world.vane, world.thread_id, "take", seen=seen)
    refused = [
        await ask_to_change(world, world.vane, by=world.ada, clinic_ids=[world.clinic_id, world.other_clinic_id]),
        await ask_to_change(world, world.hal, by=world.ada, clinic_ids=[world.clinic_id]),
        await ask_to_change(world, world.vane, by=world.helen, clinic_ids=[world.riverside_clinic_id]),
        await ask_to_change(world, world.vane, by=world.helen, clinic_ids=[]),
    ]
    moved = await change(world, world.vane, clinic_ids=[world.other_clinic_id])

    assert ["clinic_ids"] * 3 == [answer.json()["errors"][0]["field"] for answer in refused[:3]]
    assert refused[3].status_code in (400, 422)
    assert [world.other_clinic_id] == moved["clinic_ids"]
    assert 404 == (await world.vane.get(f"/threads/{world.thread_id}")).status_code
    assert (await open_one(world.nora, world.thread_id))["assignment"]["staff_id"] is None


async def test_the_last_practice_owner_stays_one(world: World) -> None:
    """2.6: and one who was invited and never came does not count."""
    await may_sign_in(world, world.helen)
    await change(world, world.ada, role="practice_owner")
    alone = await ask_to_change(world, world.helen, by=world.helen, role="administrator")
    await may_sign_in(world, world.ada)
    demoted = await change(world, world.helen, by=world.helen, role="administrator")

    assert (409, "last_practice_owner") == (alone.status_code, alone.json()["code"])
    assert "administrator" == demoted["role"]
    assert ["Ada Lind"] == await owners(world)


@pytest.mark.parametrize("each_of_them", ["the other", "themselves"])
async def test_two_owners_who_demote_at_once_leave_one(world: World, each_of_them: str) -> None:
    await change(world, world.ada, role="practice_owner")
    await may_sign_in(world, world.helen, world.ada)
    revisions = {who.id: (await member(world, who))["revision"] for who in (world.helen, world.ada)}
    pairs = [(world.helen, world.ada), (world.ada, world.helen)]
    if each_of_them == "themselves":
        pairs = [(by, by) for by, _ in pairs]
    answers = await asyncio.gather(
        *(by.send("PATCH", f"/team/{who.id}", {"revision": revisions[who.id], "role": "senior"}) for by, who in pairs)
    )

    assert 1 == sum(answer.status_code == 200 for answer in answers)
    assert 1 == len(await owners(world))


async def test_two_owners_who_end_each_others_access_leave_one(world: World) -> None:
    await change(world, world.ada, role="practice_owner")
    await may_sign_in(world, world.helen, world.ada)
    pairs = ((world.helen, world.ada), (world.ada, world.helen))
    answers = await asyncio.gather(*(by.send("POST", f"/team/{who.id}/end-access") for by, who in pairs))

    assert 1 == sum(answer.status_code == 200 for answer in answers)
    assert 1 == len(await owners(world))


async def test_whoever_left_is_not_changed(world: World) -> None:
    await end_access(world, world.nora)
    answer = await ask_to_change(world, world.nora, by=world.helen, job_title="Nurse")

    assert 404 == answer.status_code
