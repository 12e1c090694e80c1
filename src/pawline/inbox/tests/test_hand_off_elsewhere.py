"""No hand-off shows a thread to another clinic: its words and notes stay where the family wrote them."""

import json
from uuid import UUID

from sqlalchemy import text

from pawline.inbox.tests.test_handing_off import act, ask, open_one
from tests.world import World

SECRET = "She cannot pay before Friday"


async def test_the_other_clinic_sees_nothing_of_a_thread_that_is_handed_off_within_its_own(world: World) -> None:
    """PA-20, I9 and I10: Hal of the other clinic cannot be chosen, nor can his clinic; each clinic has a thread of its own."""
    assert 404 == (await world.hal.get(f"/threads/{world.thread_id}")).status_code
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.nora.post_text(world.thread_id, SECRET, kind="note")
    seen = await open_one(world.nora, world.thread_id)
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    await act(world.nora, world.thread_id, "hand-off", seen=seen, clinic_id=world.clinic_id, note=SECRET)
    answers = [
        await world.hal.get(path)
        for path in (
            f"/threads/{world.thread_id}",
            f"/threads/{world.thread_id}/messages",
            f"/threads/{world.thread_id}/changes?after=0",
            f"/threads/{world.thread_id}/team",
            f"/threads/{world.thread_id}/hand-off-choices",
        )
    ]
    queue = await world.hal.get("/inbox?state=all")

    assert world.hal.id not in json.dumps(choices["people"])
    assert [world.clinic_id] == [clinic["clinic_id"] for clinic in choices["clinics"]]
    assert [404] * 5 == [answer.status_code for answer in answers]
    assert [] == queue.json()["rows"]


async def test_a_team_of_which_nobody_would_be_told_is_not_offered(world: World) -> None:
    """PA-20: the only one with the inbox can hand it to basic staff by name, and to no team; whoever asks reads why."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    before = (await world.helen.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    async with world.product.database.transaction() as uow:
        leaving = text(
            "UPDATE staff_member SET left_at = now() WHERE practice_id = :id AND role NOT IN ('basic', 'practice_owner')"
        )
        await uow.execute(leaving, {"id": UUID(world.practice_id)})
    choices = (await world.helen.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    seen = await open_one(world.helen, world.thread_id)
    refused = await ask(world.helen, world.thread_id, "hand-off", seen=seen, clinic_id=world.clinic_id)
    to_role = await ask(world.helen, world.thread_id, "hand-off", seen=seen, role="practice_owner")
    by_name = await act(world.helen, world.thread_id, "hand-off", seen=seen, staff_id=world.toby.id)

    assert [world.clinic_id] == [each["clinic_id"] for each in before["clinics"]]
    assert ([world.toby.id], [], []) == ([each["staff_id"] for each in choices["people"]], choices["clinics"], choices["roles"])
    assert (422, 422) == (refused.status_code, to_role.status_code)
    assert "nobody would be told" in refused.json()["detail"]
    assert world.toby.id == by_name["assignment"]["staff_id"]


async def test_a_hand_off_to_a_clinic_that_does_not_treat_the_family_is_refused(world: World) -> None:
    """PA-20: nothing is granted by trying, and no thread is made."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    seen = await open_one(world.nora, world.thread_id)
    path = f"/threads/{world.thread_id}/conversations/{seen['id']}/hand-off"
    body = {"seen_revision": seen["revision"], "clinic_id": world.other_clinic_id, "note": SECRET}
    refused = await world.nora.send("POST", path, body, headers={"Idempotency-Key": world.other_clinic_id})
    to_hal = {**body, "clinic_id": None, "staff_id": world.hal.id}
    also = await world.nora.send("POST", path, to_hal, headers={"Idempotency-Key": world.family_id})

    assert [] == (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()["elsewhere"]
    assert [] == (await world.hal.get("/inbox?state=all")).json()["rows"]
    assert [422, 422] == [refused.status_code, also.status_code]
    assert 404 == (await world.hal.get(f"/threads/{world.thread_id}")).status_code
