"""E-mails to those to whom a colleague handed a conversation."""

from dataclasses import replace

from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.inbox.tests.two_clinics import thread_elsewhere
from pawline.notifications.hand_off_mails import HandOffMails
from pawline.notifications.tests.scene import NO_SERVER, Scene
from pawline.reach.tests.scene import next_midnight, set_zone, zone_before_midnight
from tests.world import Json

SECRET = "She cannot pay before Friday"


async def begin(scene: Scene) -> Json:
    await scene.world.olive.post_text(scene.world.thread_id, "Pixel is limping")
    return await open_one(scene.world.nora, scene.world.thread_id)


async def look(scene: Scene) -> None:
    mails = HandOffMails(scene.settings, scene.world.product.database)
    while await mails.tell_now():
        pass


async def test_a_hand_off_to_a_person_is_told_at_once(scene: Scene) -> None:
    """PA-20, C16: once to them alone, with a link to where they see it; the note only where e-mails may say words."""
    world = scene.world
    handed = await act(world.nora, world.thread_id, "hand-off", seen=await begin(scene), staff_id=world.vane.id, note=SECRET)
    await look(scene)
    await look(scene)
    [mail] = scene.mails_about_thread()
    await scene.run("UPDATE clinic SET mails_show_words = true WHERE practice_id = :practice_id")
    await act(world.vane, world.thread_id, "hand-off", seen=handed, staff_id=world.toby.id, note=SECRET)
    await look(scene)
    [to_toby, *_] = scene.mails_about_thread()

    assert ("vane@northside.example", "Nora Ames handed you a conversation") == (mail.to, mail.subject)
    assert f"/staff/threads/{world.thread_id}" in mail.text
    assert SECRET not in mail.text
    assert "toby@northside.example" == to_toby.to
    assert (True, True) == (f"/staff/day/{world.thread_id}" in to_toby.text, SECRET in to_toby.text)
    assert 2 == len(scene.mails_about_thread())


async def test_a_hand_off_to_a_team_is_told_to_each_of_it(scene: Scene) -> None:
    """PA-20: a role or everybody at the clinic; not the colleague who did it, nor basic staff, nor those of another clinic."""
    world = scene.world
    seen = await begin(scene)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, role="senior")
    await look(scene)
    await look(scene)
    to_role = [(mail.to, mail.subject) for mail in scene.mails_about_thread()]
    await act(world.ada, world.thread_id, "hand-off", seen=handed, clinic_id=world.clinic_id)
    await look(scene)
    to_all = scene.mails_about_thread()[: -len(to_role)]

    assert [("vane@northside.example", "Nora Ames handed senior staff a conversation")] == to_role
    assert ["helen@", "nora@", "vane@"] == sorted(mail.to.split("northside")[0] for mail in to_all)
    assert {"Ada Lind handed everybody at Hill Street a conversation"} == {mail.subject for mail in to_all}


async def test_after_midnight(scene: Scene) -> None:
    """PPB-26, PPB-33, I10: with the mail server away over midnight, basic staff get no family's name any more; others do."""
    world, zone = scene.world, zone_before_midnight()
    await set_zone(world, zone)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=await begin(scene), staff_id=world.toby.id)
    await HandOffMails(replace(scene.settings, smtp_url=NO_SERVER), world.product.database).tell_now()
    scene.set_time((next_midnight(zone) - scene.begun_at).total_seconds() + 1)
    await look(scene)
    to_toby = scene.mails_about_thread()
    await act(world.nora, world.thread_id, "hand-off", seen=handed, staff_id=world.vane.id)
    await look(scene)

    assert [] == to_toby
    assert ["vane@northside.example"] == [mail.to for mail in scene.mails_about_thread()]


async def test_what_is_settled_already_needs_no_mail(scene: Scene) -> None:
    """PA-20: taken before the worker looked, given back, to a role and taken, or taken by oneself."""
    world = scene.world
    seen = await begin(scene)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id)
    taken = await act(world.vane, world.thread_id, "take", seen=handed)
    handed = await act(world.vane, world.thread_id, "hand-off", seen=taken, staff_id=world.ada.id)
    back = await act(world.nora, world.thread_id, "give-back", seen=handed)
    to_role = await act(world.nora, world.thread_id, "hand-off", seen=back, role="administrator")
    await act(world.ada, world.thread_id, "take", seen=to_role)
    await look(scene)

    assert [] == scene.mails_about_thread()


async def test_a_hand_off_to_another_clinic_is_told_there(scene: Scene) -> None:
    """PA-20, C17: to those with the inbox there, with the way to their own thread; nobody hears of the one that it left."""
    world = scene.world
    elsewhere = await thread_elsewhere(world)
    seen = await begin(scene)
    await act(world.nora, world.thread_id, "hand-off", seen=seen, clinic_id=world.other_clinic_id, note=SECRET)
    await look(scene)
    mails = [mail for mail in scene.mailbox.list_mails() if f"/staff/threads/{elsewhere}" in mail.text]

    assert ["hal@northside.example", "helen@northside.example"] == sorted(mail.to for mail in mails)
    assert {"Nora Ames handed everybody at Harbour a conversation"} == {mail.subject for mail in mails}
    assert [] == scene.mails_about_thread()
