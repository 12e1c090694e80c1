"""The practice's labels, and putting them on conversations."""

from pawline.inbox.tests.triage_scene import add_label, label_names, path_of, queue, triage
from tests.world import World


async def test_administrators_keep_the_list_and_all_staff_put_labels_on(world: World) -> None:
    """V2P+7: a label is the practice's own word to narrow the queue to. Table 2.6: settings are for administrators."""
    await world.olive.post_text(world.thread_id, "Pixel's tablets are empty")
    refused = await add_label(world.nora, "Refill")
    label = (await add_label(world.ada, "  Refill ", "purple")).json()
    await add_label(world.ada, "billing")
    path = await path_of(world.nora, world.thread_id)
    async with world.vane.live() as colleague:
        labelled = await triage(world.nora, "PUT", f"{path}/labels/{label['id']}")
        frame = await colleague.next("changes")
        again = await triage(world.vane, "PUT", f"{path}/labels/{label['id']}")

    assert 403 == refused.status_code
    assert ["billing", "Refill"] == await label_names(world.nora)
    assert [label["id"]] == labelled["triage"]["label_ids"] == frame["conversations"][0]["triage"]["label_ids"]
    assert labelled["revision"] == again["revision"], "putting it on again changes nothing"
    assert ["Hart"] == await queue(world.nora, label_id=label["id"])

    taken = await triage(world.nora, "DELETE", f"{path}/labels/{label['id']}")
    assert None is taken["triage"]
    assert [] == await queue(world.nora, label_id=label["id"])


async def test_a_label_is_renamed_and_deleted_with_the_number_of_those_who_lose_it(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel's tablets are empty")
    label, other = [(await add_label(world.ada, name)).json() for name in ("Refill", "Billing")]
    path = await path_of(world.nora, world.thread_id)
    await triage(world.nora, "PUT", f"{path}/labels/{label['id']}")
    async with world.nora.live() as screen:
        renamed = await world.ada.send("PATCH", f"/labels/{label['id']}", {"name": "Refills", "colour": "red"})
        await screen.next("labels")
    taken = await world.ada.send("PATCH", f"/labels/{other['id']}", {"name": "REFILLS", "colour": "red"})
    use = (await world.ada.get(f"/labels/{label['id']}/use")).json()
    deleted = await world.ada.send("DELETE", f"/labels/{label['id']}")

    assert ("Refills", "red") == (renamed.json()["name"], renamed.json()["colour"])
    assert (409, "label_exists") == (taken.status_code, taken.json()["code"])
    assert (1, 1) == (use["conversations"], deleted.json()["conversations"])
    assert ["Billing"] == await label_names(world.nora)
    assert None is (await world.nora.thread(world.thread_id))["conversations"][0]["triage"]
    assert 404 == (await world.ada.send("DELETE", f"/labels/{label['id']}")).status_code


async def test_labels_are_of_their_practice(world: World) -> None:
    """I10: another practice's label is none, and families have no list of them."""
    label = (await add_label(world.ada, "Refill")).json()
    await world.rolf.post_text(world.riverside_thread_id, "Hello")
    path = await path_of(world.rita, world.riverside_thread_id)

    assert [] == await label_names(world.rita)
    assert 404 == (await world.rita.send("PUT", f"{path}/labels/{label['id']}")).status_code
    assert 404 == (await world.olive.get("/labels")).status_code
