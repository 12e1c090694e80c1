"""E-mails about what a contact has not read: when, to whom, how often, and what they say."""

import asyncio
from contextlib import suppress
from uuid import UUID

from pawline.families.numbers import add_number
from pawline.notifications.claims import DAY_ENDS, TO_CALLED, TO_CONTACTS, TO_HANDED, TO_STAFF, TRANSCRIPTS
from pawline.notifications.telling import tell_people
from pawline.notifications.tests.scene import Scene
from pawline.notifications.unread_mails import UnreadMails
from pawline.threads.tests.scene import add_pet
from tests.texting_scene import OLIVE, set_texting

MINUTE = 60.0
HOUR = 3600.0


async def test_three_minutes(scene: Scene) -> None:
    """PPB-15, PPB-17, D11: not at 2:59; at 3:00 one e-mail to each contact who sees the thread, and to nobody else."""
    await scene.write()
    await scene.look(seconds=179)
    too_early = scene.told()
    await scene.look(seconds=180)
    await scene.look(seconds=190)

    assert [] == too_early
    assert ["olive", "omar"] == scene.told()
    assert {scene.address_of("olive"), scene.address_of("omar")} == {mail.to for mail in scene.mails_about_thread()}


async def test_who_has_read_is_not_told(scene: Scene) -> None:
    """PPB-16, PPB-17: reading within three minutes is judged for each person."""
    message = await scene.write()
    await scene.world.olive.read_up_to(scene.world.thread_id, message["seq"])
    await scene.look(seconds=180)

    assert ["omar"] == scene.told()


async def test_own_words_and_those_of_the_family(scene: Scene) -> None:
    """What Omar wrote is no news to him; Olive is told of it."""
    scene.set_time(0)
    await scene.world.omar.post_text(scene.world.thread_id, "She limps again")
    await scene.look(seconds=180)

    assert ["olive"] == scene.told()
    assert "Omar Hart wrote to Northside Veterinary about Pixel" == scene.mails_to("olive")[0].subject


async def test_one_for_each_burst(scene: Scene) -> None:
    """D11: what comes while they have not read is not told before an hour has passed; after reading, in three minutes again."""
    first = await scene.write()
    await scene.write("And her appetite?", seconds=170)
    await scene.look(seconds=180)
    await scene.write("Hello?", seconds=5 * MINUTE)
    await scene.look(seconds=9 * MINUTE)
    await scene.look(seconds=180 + HOUR - 1)
    within_the_hour = scene.told("olive")
    await scene.look(seconds=180 + HOUR)
    after_the_hour = scene.told("olive")
    await scene.world.omar.read_up_to(scene.world.thread_id, first["seq"] + 2)
    await scene.write("Bring her in", seconds=2 * HOUR)
    await scene.look(seconds=2 * HOUR + 180)

    assert ["olive"] == within_the_hour
    assert ["olive", "olive"] == after_the_hour
    assert ["omar", "omar", "omar"] == scene.told("omar")


async def test_three_minutes_after_reading(scene: Scene) -> None:
    """D11: a burst ends when they read; the next one counts from its own first message."""
    first = await scene.write()
    await scene.look(seconds=180)
    await scene.world.olive.read_up_to(scene.world.thread_id, first["seq"])
    await scene.write("Bring her in", seconds=200)
    await scene.look(seconds=379)
    before = scene.told("olive")
    await scene.look(seconds=380)

    assert ["olive"] == before
    assert ["olive", "olive"] == scene.told("olive")


async def test_what_is_no_message_to_them(scene: Scene) -> None:
    """I9: a note is told to nobody; C15: nor words of somebody they blocked, to them; nor what was deleted."""
    await scene.write("She bites", kind="note")
    deleted = await scene.write("Wrong family, sorry")
    await scene.world.nora.send("DELETE", f"/threads/{scene.world.thread_id}/messages/{deleted['id']}")
    await scene.look(seconds=180)
    nobody = scene.told()
    assert 200 == (await scene.world.olive.send("POST", f"/people/{scene.world.nora.id}/block")).status_code
    await scene.write("Bring her in", seconds=200)
    await scene.look(seconds=380)

    assert [] == nobody
    assert ["omar"] == scene.told()
    assert "She bites" not in scene.mails_to("omar")[0].text


async def test_a_text_is_told_to_the_others(scene: Scene) -> None:
    """C13: who got the text gets no e-mail; the other contacts of the family do."""
    texting = await set_texting(scene.world)
    async with scene.world.product.database.transaction() as uow:
        await add_number(uow, UUID(scene.world.practice_id), UUID(scene.world.olive.id), number=OLIVE)
    scene.begun_at = texting.now
    await scene.look(seconds=0)
    await texting.receive("Is she well?", from_=OLIVE)
    answer = await texting.reply(OLIVE, "She is fine")
    assert 201 == answer.status_code, answer.text
    await scene.look(seconds=200)

    assert ["omar"] == scene.told()


async def test_a_mail_server_that_is_away(scene: Scene) -> None:
    """While it is away for an hour nothing is lost, and afterwards each gets the e-mail once."""
    await scene.write()
    away = scene.without_server()
    for minutes in range(3, 64):
        scene.set_time(minutes * MINUTE)
        await away.tell_now()
    nothing = scene.told()
    for minutes in range(64, 90):
        await scene.look(seconds=minutes * MINUTE)

    assert [] == nothing
    assert ["olive", "omar"] == scene.told()


async def test_read_while_the_mail_server_was_away(scene: Scene) -> None:
    """Looked at once more before it goes out; what came meanwhile is told in its own time."""
    message = await scene.write()
    scene.set_time(180)
    await scene.without_server().tell_now()
    await scene.world.olive.read_up_to(scene.world.thread_id, message["seq"])
    await scene.write("Bring her in", seconds=200)
    await scene.look(seconds=379)
    before = scene.told("olive")
    await scene.look(seconds=380)

    assert [] == before
    assert ["olive"] == scene.told("olive")
    assert [("skipped", False), ("sent", False)] == await scene.notices("olive")


async def test_several_workers(scene: Scene) -> None:
    """Eight that look at the same moment send one."""
    await scene.write()
    scene.set_time(180)
    workers = [UnreadMails(scene.settings, scene.world.product.database) for _ in range(8)]
    for _ in range(3):
        await asyncio.gather(*(worker.tell_now() for worker in workers))

    assert ["olive", "omar"] == scene.told()


async def test_a_worker_that_vanished(scene: Scene) -> None:
    """Its e-mail is sent by another, under the same name, and marked as one that may have arrived twice."""
    await scene.write()
    await scene.look(seconds=180)
    await scene.run("UPDATE unread_notice SET state = 'sending', next_attempt_at = queued_at WHERE practice_id = :practice_id")
    await scene.look(seconds=300)
    mails = scene.mails_to("olive")

    assert 2 == len(mails)
    assert 1 == len({scene.as_sent(mail)["Message-ID"] for mail in mails})
    assert scene.as_sent(mails[0])["Message-ID"].startswith("<unread-")
    assert [("sent", True)] == await scene.notices("olive")


def test_the_ids_of_mails() -> None:
    """They stay as they were: a mail reader tells by them that a second one is the first, also after an update."""
    kinds = (TO_CONTACTS, TO_STAFF, TO_HANDED, TRANSCRIPTS, TO_CALLED, DAY_ENDS)

    assert ["unread", "staff", "hand-off", "transcript", "mention", "day-end"] == [kind.mail_name for kind in kinds]


async def test_the_worker_looks_by_itself(scene: Scene) -> None:
    """It ends in order when it is stopped, and sends nothing twice when it is started again."""
    await scene.write()
    scene.set_time(180)
    for _ in range(2):
        worker = asyncio.create_task(tell_people(scene.settings, scene.world.product.database))
        async with asyncio.timeout(30):
            while scene.told() != ["olive", "omar"]:  # noqa: ASYNC110 - files tell nobody that they have come
                await asyncio.sleep(0.05)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker

    assert [("sent", False)] == await scene.notices("olive")
    assert ["olive", "omar"] == scene.told()


async def test_its_link_leads_to_the_one_pet_it_is_about(scene: Scene) -> None:
    """D15: so that the answer is about that pet; where there are two, the answer takes up what was written last."""
    thread, misty = f"/owner/threads/{scene.world.thread_id}", await add_pet(scene.world, "Misty")
    message = await scene.write("Misty may eat again", pet_ids=[misty])
    await scene.look(seconds=180)
    one = scene.mails_to("olive")[0]
    await scene.world.olive.read_up_to(scene.world.thread_id, message["seq"])
    await scene.write("Misty is due", seconds=300, pet_ids=[misty])
    await scene.write("And Pixel", seconds=310, pet_ids=[scene.world.pixel_id])
    await scene.look(seconds=490)
    two = scene.mails_to("olive")[0]

    assert ("Nora Ames at Northside Veterinary wrote about Misty", True) == (one.subject, f"{thread}/pets/{misty}" in one.text)
    assert ("Nora Ames at Northside Veterinary wrote to you", False) == (two.subject, "/pets/" in two.text)
    assert thread in two.text


async def test_what_it_says(scene: Scene) -> None:
    """PPB-15, D11: sender and link; the words only where the clinic allows it. The emergency number stands in each."""
    information = {"emergency_number": "+1 315-555-0199", "street": "120 Hill Street", "city": "Syracuse"}
    await scene.world.ada.send("PATCH", f"/clinics/{scene.world.clinic_id}", information)
    await scene.write("Her blood test is back")
    await scene.look(seconds=180)
    mail = scene.mails_to("olive")[0]
    await scene.world.ada.send("PATCH", f"/clinics/{scene.world.clinic_id}", {"mails_show_words": True})
    await scene.world.olive.read_up_to(scene.world.thread_id, 1)
    await scene.write("All is <b>well</b>", seconds=400)
    await scene.look(seconds=600)

    assert "Nora Ames at Northside Veterinary wrote about Pixel" == mail.subject
    assert f"{scene.world.product.url}/owner/threads/{scene.world.thread_id}/pets/{scene.world.pixel_id}" in mail.text
    assert "(315) 555-0199" in mail.text
    assert "Northside Veterinary, Hill Street, 120 Hill Street, Syracuse" in mail.text
    assert "blood" not in scene.as_sent(mail).as_string()
    assert "All is <b>well</b>" in scene.mails_to("olive")[0].text
    html = scene.as_sent(scene.mails_to("olive")[0]).get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;well" in html.get_content()


async def test_each_in_their_own_language(scene: Scene) -> None:
    """Olive reads Spanish in the app, Omar English."""
    spanish = {"X-Pawline-Version": "1", "Accept-Language": "es"}
    assert 200 == (await scene.world.olive.send("GET", "/session", headers=spanish)).status_code
    await scene.write("Her blood test is back")
    await scene.look(seconds=180)
    to_olive, to_omar = scene.mails_to("olive")[0], scene.mails_to("omar")[0]
    html = scene.as_sent(to_olive).get_body(("html",))

    assert "Nora Ames, de Northside Veterinary, ha escrito sobre Pixel" == to_olive.subject
    assert "En una urgencia no escriba" in to_olive.text
    assert html is not None
    assert '<html lang="es">' in html.get_content()
    assert "Nora Ames at Northside Veterinary wrote about Pixel" == to_omar.subject


async def test_what_was_written_long_ago(scene: Scene) -> None:
    """A copy from a backup, or a worker that comes back after days, tells nobody of what is no news."""
    await scene.write()
    await scene.look(seconds=26 * HOUR)

    assert [] == scene.told()


async def test_families_that_become_one(scene: Scene) -> None:
    """What was told of a thread that is gone goes with it, and is in nobody's way."""
    world = scene.world
    await scene.write()
    await scene.look(seconds=180)
    merge = f"/families/{world.other_family_id}/merge"
    merged = await world.ada.send(
        "POST", merge, {"source_family_id": world.family_id}, headers={"Idempotency-Key": world.thread_id}
    )
    await world.nora.post_text(world.other_thread_id, "Both are well")
    await scene.look(seconds=400)

    assert merged.is_success, merged.text
    assert [("sent", False)] == await scene.notices("kim")
