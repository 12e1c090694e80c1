"""Handing off never carries a thread over to another clinic: its words and notes stay where the family wrote them."""

import json

from pawline.inbox.tests.test_handing_off import act, open_one
from tests.world import World

SECRET = "She cannot pay before Friday"


async def test_the_other_clinic_sees_nothing_of_a_thread_whatever_is_handed_off(world: World) -> None:
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


async def test_a_hand_off_to_another_clinic_is_refused(world: World) -> None:
    """PA-20: nothing is granted by trying."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    seen = await open_one(world.nora, world.thread_id)
    path = f"/threads/{world.thread_id}/conversations/{seen['id']}/hand-off"
    body = {"seen_revision": seen["revision"], "clinic_id": world.other_clinic_id, "note": SECRET}
    refused = await world.nora.send("POST", path, body, headers={"Idempotency-Key": world.other_clinic_id})
    to_hal = {**body, "clinic_id": None, "staff_id": world.hal.id}
    also = await world.nora.send("POST", path, to_hal, headers={"Idempotency-Key": world.family_id})

    assert [422, 422] == [refused.status_code, also.status_code]
    assert 404 == (await world.hal.get(f"/threads/{world.thread_id}")).status_code
