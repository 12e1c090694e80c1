"""App chat is switched off at a clinic, for all of its clients."""

from pawline.moderation.tests.scene import shown
from pawline.starting.tests.test_chat import join_app
from pawline.threads.tests.scene import post
from tests.world import Json, World

OFF = "App chat is switched off at this clinic. An administrator can switch it on in Settings"
NUMBERS: Json = {"phone": "+13155550100", "emergency_number": "+13155550199"}


async def switch_chat(world: World, *, on: bool) -> None:
    answer = await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"is_app_chat_enabled": on, **NUMBERS})
    assert answer.is_success, answer.text


async def test_nobody_writes_in_the_app_where_chat_is_off_and_all_that_was_written_stays(world: World) -> None:
    """V2P-18: neither family nor team, who are told why; notes go on, and so does all when it is on again."""
    await join_app(world, world.olive, world.omar)
    await world.olive.post_text(world.thread_id, "Before")
    await switch_chat(world, on=False)
    refused = [await post(person, world.thread_id) for person in (world.olive, world.nora)]
    view = await world.nora.thread(world.thread_id)
    silent = (await world.olive.get("/pets")).json()["silent_clinic_ids"]
    note = await post(world.nora, world.thread_id, kind="note")
    kept = await shown(world.olive, world.thread_id)
    await switch_chat(world, on=True)
    again = [await post(person, world.thread_id) for person in (world.olive, world.nora)]

    assert [(403, "chat_off"), (409, "chat_not_available")] == [(each.status_code, each.json()["code"]) for each in refused]
    assert (
        "Hill Street has switched off its chat in the app. You can still read what was written. "
        "Please call +13155550100. In an emergency call +13155550199." == refused[0].json()["detail"]
    )
    assert ([OFF], True) == ([each["words"] for each in view["chat_obstacles"]], view["is_chat_barred"])
    assert ([world.clinic_id], 201, ["Before"]) == (silent, note.status_code, kept)
    assert [201, 201] == [each.status_code for each in again]
    assert [] == (await world.olive.get("/pets")).json()["silent_clinic_ids"]


async def test_open_screens_ask_anew_when_chat_is_switched_and_no_other_practice_is_touched(world: World) -> None:
    """V2P-18: Olive's place to write goes at once; Rolf of Riverside, an outsider, writes on."""
    async with world.olive.live() as olive, world.nora.live() as nora:
        await switch_chat(world, on=False)
        await olive.next("resync")
        await nora.next("resync")

    assert world.riverside_id != world.practice_id
    assert 201 == (await post(world.rolf, world.riverside_thread_id)).status_code
