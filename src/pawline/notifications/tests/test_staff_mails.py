"""E-mails to the staff of today's appointments: who gets one, when, how often, and what it says."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pawline.families.numbers import add_number
from pawline.notifications.staff_mails import StaffMails
from pawline.notifications.tests.scene import NO_SERVER, Scene
from pawline.platform import clock
from pawline.reach.tests.scene import hand_over, next_midnight, set_zone, take_back, zone_before_midnight
from pawline.schedule.tests.scene import book, cancel, in_days
from tests.texting_scene import OLIVE, set_texting
from tests.world import Json

MINUTE = 60.0


async def begin(scene: Scene, *names: str, **values: object) -> list[Json]:
    """Each of them has an appointment with Pixel today; what other tests left behind is told first."""
    booked = [
        await book(scene.world, **{"on_date": in_days(0), "at": "12:00", "staff_id": scene.world.callers[name].id, **values})
        for name in names
    ]
    await scene.look_for_staff(seconds=0)
    return booked


async def by_day(scene: Scene) -> str:
    """Noon at the clinic, whenever the tests run: basic staff are told nothing once their day is over. Returns which day."""
    zone = f"Etc/GMT{clock.now().hour - 12:+d}"
    await set_zone(scene.world, zone)
    return clock.now().astimezone(ZoneInfo(zone)).date().isoformat()


async def test_at_once_to_all_who_are_scheduled(scene: Scene) -> None:
    """PPB-29, PPB-30, PPB-31, PPB-32, D12: also those who have the inbox; once for two appointments; and nobody else."""
    await begin(scene, "toby", "nora", "nora")
    await begin(scene, "vane", on_date=in_days(1))
    await begin(scene, "ada", family_id=scene.world.other_family_id, pet_id=await pet_of_kim(scene))
    await cancel(scene.world, (await begin(scene, "helen"))[0])
    await scene.world.olive.post_text(scene.world.thread_id, "On my way")
    await scene.look_for_staff(seconds=0)

    assert ["nora", "toby"] == scene.told()


async def pet_of_kim(scene: Scene) -> str:
    return (await scene.world.nora.thread(scene.world.other_thread_id))["family"]["pets"][0]["id"]


async def test_what_the_team_writes_is_no_news(scene: Scene) -> None:
    """PPB-30, I9: neither messages nor notes of the team."""
    await begin(scene, "toby")
    await scene.world.nora.post_text(scene.world.thread_id, "See you at twelve")
    await scene.world.nora.post_text(scene.world.thread_id, "Bites", kind="note")
    await scene.look_for_staff(seconds=0)

    assert [] == scene.told()


async def test_a_text_counts_too(scene: Scene) -> None:
    """PPB-30: in the app or by text."""
    texting = await set_texting(scene.world)
    async with scene.world.product.database.transaction() as uow:
        await add_number(uow, UUID(scene.world.practice_id), UUID(scene.world.olive.id), number=OLIVE)
    scene.begun_at = texting.now
    await begin(scene, "toby")
    await texting.receive("Is she ready?", from_=OLIVE)
    await scene.look_for_staff(seconds=0)

    assert ["toby"] == scene.told()


async def test_each_message_is_told_at_once(scene: Scene) -> None:
    """PPB-30, PPB-31: any time, so also two minutes after the last e-mail; one for what one look finds, and none twice."""
    await begin(scene, "toby", on_date=await by_day(scene))
    await scene.world.olive.post_text(scene.world.thread_id, "On my way")
    await scene.look_for_staff(seconds=1)
    scene.set_time(2 * MINUTE)
    await scene.world.omar.post_text(scene.world.thread_id, "She is bleeding")
    await scene.world.olive.post_text(scene.world.thread_id, "Very much")
    await scene.look_for_staff(seconds=2 * MINUTE)
    at_once = scene.told()
    await scene.look_for_staff(seconds=2 * MINUTE + 2)
    await scene.look_for_staff(seconds=15 * MINUTE)

    assert ["toby", "toby"] == at_once
    assert ["toby", "toby"] == scene.told()


async def test_what_was_read_needs_none(scene: Scene) -> None:
    """PPB-31: whoever has the thread open is told of nothing but what they have not read."""
    await begin(scene, "toby", "nora")
    first = await scene.world.olive.post_text(scene.world.thread_id, "Is she ready?")
    await scene.world.toby.read_up_to(scene.world.thread_id, first["seq"])
    await scene.look_for_staff(seconds=1)
    soon = scene.told()
    await scene.world.omar.post_text(scene.world.thread_id, "Can I come?")
    await scene.look_for_staff(seconds=2)

    assert ["nora"] == soon
    assert ["nora", "nora", "toby"] == scene.told()


async def test_an_appointment_given_after_the_family_wrote(scene: Scene) -> None:
    """PPB-30, D12: whoever gets it later that day is told then of what they have not read; whoever gets another day is not."""
    today = await by_day(scene)
    tomorrow = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    await scene.look_for_staff(seconds=0)
    await scene.world.olive.post_text(scene.world.thread_id, "She is bleeding")
    await scene.look_for_staff(seconds=MINUTE)
    nobody = scene.told()
    scene.set_time(30 * MINUTE)
    await begin_at(scene, 30 * MINUTE, "vane", on_date=tomorrow)
    await begin_at(scene, 30 * MINUTE, "toby", on_date=today)
    given = scene.told()
    await begin_at(scene, 31 * MINUTE, "toby", on_date=today)

    assert ([], ["toby"]) == (nobody, given)
    assert ["toby"] == scene.told()


async def begin_at(scene: Scene, seconds: float, name: str, **values: object) -> None:
    scene.set_time(seconds)
    values = {"on_date": in_days(0), "at": "12:00", "staff_id": scene.world.callers[name].id, **values}
    await book(scene.world, **values)
    await scene.look_for_staff(seconds=seconds + 2)


async def test_what_was_handed_to_basic_staff(scene: Scene) -> None:
    """C16, PPB-29: as long as it is theirs they are told of what the family answers; not of what it wrote before."""
    await scene.look_for_staff(seconds=0)
    await scene.world.olive.post_text(scene.world.thread_id, "Is she ready?")
    scene.set_time(1)
    await hand_over(scene.world)
    await scene.look_for_staff(seconds=1)
    before = scene.told()
    await scene.world.omar.post_text(scene.world.thread_id, "Can I come?")
    await scene.look_for_staff(seconds=2)
    told = scene.told()
    await scene.world.olive.post_text(scene.world.thread_id, "At six?")
    await without_server(scene).tell_now()
    await take_back(scene.world)
    await scene.world.olive.post_text(scene.world.thread_id, "Hello?")
    await scene.look_for_staff(seconds=MINUTE)

    assert ([], ["toby"]) == (before, told)
    assert ["toby"] == scene.told()


async def test_an_hour_without_a_mail_server(scene: Scene) -> None:
    """PPB-30: of all that was written meanwhile each is told afterwards, once."""
    await begin(scene, "toby", on_date=await by_day(scene))
    for minutes, words in enumerate(["On my way", "She is bleeding", "Very much"]):
        scene.set_time(20 * minutes * MINUTE)
        await scene.world.olive.post_text(scene.world.thread_id, words)
        await without_server(scene).tell_now()
    await scene.look_for_staff(seconds=60 * MINUTE)
    await scene.look_for_staff(seconds=70 * MINUTE)

    assert ["toby"] * 3 == scene.told()


async def test_what_was_read_or_lost_meanwhile(scene: Scene) -> None:
    """PPB-34: while the mail server is away one reads it, another loses the appointment, a third does not work here any more."""
    _, of_vane, _ = await begin(scene, "toby", "vane", "nora")
    message = await scene.world.olive.post_text(scene.world.thread_id, "Is she ready?")
    await without_server(scene).tell_now()
    await scene.world.toby.read_up_to(scene.world.thread_id, message["seq"])
    await cancel(scene.world, of_vane)
    await scene.run("DELETE FROM staff_clinic WHERE practice_id = :practice_id AND staff_id = :id", id=UUID(scene.world.nora.id))
    await scene.look_for_staff(seconds=MINUTE)

    assert [] == scene.told()


async def test_a_mail_server_that_is_away(scene: Scene) -> None:
    """It goes out when the server is back, once, also if several workers look at the same moment."""
    await begin(scene, "toby", on_date=await by_day(scene))
    await scene.world.olive.post_text(scene.world.thread_id, "Is she ready?")
    await without_server(scene).tell_now()
    nothing = scene.told()
    scene.set_time(5 * MINUTE)
    workers = [StaffMails(scene.settings, scene.world.product.database) for _ in range(6)]
    await asyncio.gather(*(worker.tell_now() for worker in workers))

    assert [] == nothing
    assert ["toby"] == scene.told()


async def test_after_midnight(scene: Scene) -> None:
    """PPB-33: basic staff are not told of what they may not open any more; others still are. The next day tells nobody."""
    zone = zone_before_midnight()
    await set_zone(scene.world, zone)
    today = clock.now().astimezone(ZoneInfo(zone)).date().isoformat()
    await begin(scene, "toby", "nora", on_date=today)
    await scene.world.olive.post_text(scene.world.thread_id, "Is she ready?")
    await without_server(scene).tell_now()
    after = seconds_until(scene, next_midnight(zone)) + 1
    await scene.look_for_staff(seconds=after + 10 * MINUTE)
    late = scene.told()
    scene.set_time(after + 30 * MINUTE)
    await scene.world.omar.post_text(scene.world.thread_id, "Good morning")
    await scene.look_for_staff(seconds=after + 31 * MINUTE)

    assert ["nora"] == late
    assert ["nora"] == scene.told()


async def test_what_it_says(scene: Scene) -> None:
    """PPB-30, D12: who wrote and where to answer; the words only where the clinic allows it."""
    await begin(scene, "toby", on_date=await by_day(scene))
    await scene.world.olive.post_text(scene.world.thread_id, "Her <b>blood</b> test", pet_ids=[scene.world.pixel_id])
    await scene.look_for_staff(seconds=1)
    [mail] = scene.mails_about_thread()
    await scene.world.ada.send("PATCH", f"/clinics/{scene.world.clinic_id}", {"mails_show_words": True})
    scene.set_time(11 * MINUTE)
    await scene.world.olive.post_text(scene.world.thread_id, "All <b>well</b>")
    await scene.look_for_staff(seconds=11 * MINUTE)
    newest = scene.as_sent(scene.mails_about_thread()[0]).get_body(("html",))

    assert "Olive Hart wrote about Pixel" == mail.subject
    assert f"{scene.world.product.url}/staff/threads/{scene.world.thread_id}" in mail.text
    assert "Northside Veterinary" in mail.text
    assert "blood" not in scene.as_sent(mail).as_string()
    assert newest is not None
    assert "All &lt;b&gt;well" in newest.get_content()


def seconds_until(scene: Scene, moment: datetime) -> float:
    return (moment - scene.begun_at) / timedelta(seconds=1)


def without_server(scene: Scene) -> StaffMails:
    return StaffMails(replace(scene.settings, smtp_url=NO_SERVER), scene.world.product.database)
