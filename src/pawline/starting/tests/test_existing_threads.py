"""Writing in a thread that is there already asks the same reasons as starting a conversation."""

from pawline.starting.tests.test_chat import DISABLED, NOT_CHOSEN, NOT_IN_APP, TOO_OLD, change_contact, join_app, start
from pawline.threads.tests.scene import post
from tests.world import Json, World


async def bar(world: World) -> None:
    """Olive by the practice, Omar by the version of his app; Otto does not count."""
    await join_app(world, world.olive, world.omar, version=3)
    assert (await world.ada.send("PUT", f"/contacts/{world.olive.id}/disabled-chat")).is_success
    body: Json = {"min_client_version": 4}
    assert (await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", body)).is_success
    await change_contact(world, world.olive, "app_version = 4")


async def test_nothing_is_sent_in_the_app_to_a_family_that_is_barred_from_it(world: World) -> None:
    """V2P-44, V2P-45, V2P-47: in an open conversation too; each reason that applies, in the words of Choose User; notes go on."""
    await world.nora.post_text(world.thread_id, "Her results are here")
    await bar(world)
    refused = await post(world.nora, world.thread_id)
    view = await world.nora.thread(world.thread_id)
    note = await post(world.nora, world.thread_id, kind="note")

    assert (409, "chat_not_available") == (refused.status_code, refused.json()["code"])
    assert [TOO_OLD, DISABLED] == [error["message"] for error in refused.json()["errors"]]
    assert ([TOO_OLD, DISABLED], True) == ([each["words"] for each in view["chat_obstacles"]], view["is_chat_barred"])
    assert 201 == note.status_code
    assert [] == (await world.olive.thread(world.thread_id))["chat_obstacles"]


async def test_one_of_the_family_who_can_chat_is_enough(world: World) -> None:
    """V2P-46: enabling it again for one of them opens the thread at once."""
    await bar(world)
    await world.ada.send("DELETE", f"/contacts/{world.olive.id}/disabled-chat")
    sent = await post(world.nora, world.thread_id)
    view = await world.nora.thread(world.thread_id)

    assert (201, [], False) == (sent.status_code, view["chat_obstacles"], view["is_chat_barred"])


async def test_a_family_that_is_not_in_the_app_is_shown_as_such_and_still_told_by_email(world: World) -> None:
    """V2P-43: the thread says so; the message waits for them, and the e-mail about it leads them in."""
    view = await world.nora.thread(world.thread_id)
    sent = await post(world.nora, world.thread_id)

    assert ([NOT_IN_APP], False) == ([each["words"] for each in view["chat_obstacles"]], view["is_chat_barred"])
    assert 201 == sent.status_code


async def test_staff_are_refused_where_nobody_of_the_family_is_chosen(world: World) -> None:
    """V2P+12: to start, and to write in a conversation that is open; one who is chosen is enough."""
    await join_app(world, world.olive, world.omar)
    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"is_chat_for_chosen": True})
    refused = [await start(world, world.olive), await post(world.nora, world.thread_id)]
    view = await world.nora.thread(world.thread_id)
    note = await post(world.nora, world.thread_id, kind="note")
    await world.ada.send("PUT", f"/clinics/{world.clinic_id}/chosen-contacts/{world.omar.id}")
    sent = await post(world.nora, world.thread_id)

    assert [(409, "chat_not_available", [NOT_CHOSEN])] * 2 == [
        (each.status_code, each.json()["code"], [error["message"] for error in each.json()["errors"]]) for each in refused
    ]
    assert ([NOT_CHOSEN], True) == ([each["words"] for each in view["chat_obstacles"]], view["is_chat_barred"])
    assert (201, 201) == (note.status_code, sent.status_code)
