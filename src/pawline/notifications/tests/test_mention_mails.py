"""E-mails to those whom a colleague calls in a note."""

from dataclasses import replace

from pawline.notifications.mention_mails import MentionMails
from pawline.notifications.tests.scene import NO_SERVER, Scene
from pawline.threads.tests.test_mentions import call
from pawline.threads.tests.test_merging import merge

SECRET = "@Dr Sam Vane she cannot pay before Friday"


async def look(scene: Scene, *, seconds: float, smtp_url: str = "") -> None:
    scene.set_time(seconds)
    settings = replace(scene.settings, smtp_url=smtp_url or scene.settings.smtp_url)
    while await MentionMails(settings, scene.world.product.database).tell_now():
        pass


async def test_whom_a_note_calls_gets_an_email_unless_they_have_seen_it(scene: Scene) -> None:
    """2.6: once, after half a minute, with a link and without the words; not who has read the note by then, nor the family."""
    world = scene.world
    scene.set_time(0)
    note = await call(world.nora, world.thread_id, world.vane, world.ada, body=SECRET)
    await look(scene, seconds=20)
    too_early = scene.mails_about_thread()
    await world.ada.read_up_to(world.thread_id, note["seq"])
    await look(scene, seconds=31)
    await look(scene, seconds=60)
    [mail] = scene.mails_about_thread()

    assert [] == too_early
    assert ("vane@northside.example", "Nora Ames mentioned you in a note") == (mail.to, mail.subject)
    assert f"/staff/threads/{world.thread_id}" in mail.text
    assert "Friday" not in mail.text


async def test_a_note_that_is_deleted_before_it_was_told_is_told_to_nobody(scene: Scene) -> None:
    """2.6: what nobody can read any more needs no e-mail."""
    world = scene.world
    scene.set_time(0)
    note = await call(world.nora, world.thread_id, world.vane)
    await world.nora.send("DELETE", f"/threads/{world.thread_id}/messages/{note['id']}")
    await look(scene, seconds=40)

    assert [] == scene.mails_about_thread()


async def test_two_threads_that_become_one_neither_lose_nor_double_an_email(scene: Scene) -> None:
    """2.6: one went out before, one waits for a mail server that is away; its link leads to the thread that stays."""
    world = scene.world
    scene.set_time(0)
    await call(world.nora, world.other_thread_id, world.ada)
    for seconds in (31, 3000):
        await look(scene, seconds=seconds, smtp_url=NO_SERVER)
    await call(world.nora, world.other_thread_id, world.vane)
    await look(scene, seconds=3029, smtp_url=NO_SERVER)
    await look(scene, seconds=3031)
    before = [mail.to for mail in scene.mailbox.list_mails() if world.other_thread_id in mail.text]
    assert 200 == await merge(world.ada, world)
    for seconds in (3040, 3700):
        await look(scene, seconds=seconds)

    assert ["vane@northside.example"] == before
    assert ["ada@northside.example"] == [mail.to for mail in scene.mails_about_thread()]
