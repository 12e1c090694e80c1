"""E-mails to the team when the questions to a stranger end and nobody could be told otherwise."""

from uuid import UUID

from pawline.inbox.tests.scene import inbox
from pawline.notifications.questions_ended_mails import HEADLINE, QuestionsEndedMails
from pawline.notifications.refusals import RefusedAddress, mark_refused
from pawline.notifications.tests.push_service import BrowserKeys
from pawline.notifications.tests.refusing_server import NO_SUCH_USER
from pawline.notifications.tests.scene import Scene
from pawline.platform import clock
from pawline.practices.presence import note_present
from tests.texting_scene import UNKNOWN, Texting, set_texting
from tests.world import Caller, Json

ANSWERS = ("hi", "Jordan", "Lee", "jordan@example.org")
TEAM = ["ada", "helen", "nora", "vane"]


async def all_answered(scene: Scene) -> Texting:
    texting = await set_texting(scene.world)
    for body in ANSWERS:
        await texting.receive(body)
    return texting


async def look(scene: Scene) -> None:
    while await QuestionsEndedMails(scene.settings, scene.world.product.database).tell_now():
        pass


async def told(scene: Scene, texting: Texting) -> list[str]:
    """Who got an e-mail about the stranger, as often as they got one."""
    thread_id = (await texting.thread_of(UNKNOWN))["thread_id"]
    return sorted(mail.to.split("@")[0] for mail in scene.mailbox.list_mails() if thread_id in mail.text)


async def seen(scene: Scene, person: Caller) -> None:
    async with scene.world.product.database.transaction() as uow:
        await note_present(uow, {(UUID(scene.world.practice_id), UUID(person.id))}, clock.now())


async def test_a_stranger_who_was_promised_an_answer_does_not_wait_for_nobody(scene: Scene) -> None:
    """V2P-66: the clinic's senior staff and up, once; not basic staff nor Hal of the other clinic."""
    texting = await all_answered(scene)
    for _ in range(2):
        await look(scene)
        texting.advance(seconds=10)
    await texting.receive("Hello?")
    await look(scene)
    mail = next(mail for mail in scene.mailbox.list_mails() if mail.subject == HEADLINE)

    assert TEAM == await told(scene, texting)
    assert "jordan@example.org" not in mail.text
    assert f"/staff/threads/{(await texting.thread_of(UNKNOWN))['thread_id']}" in mail.text


async def test_before_the_last_answer_nobody_is_written_to(scene: Scene) -> None:
    """V2P-66: questions that are open have not ended."""
    texting = await set_texting(scene.world)
    await texting.receive("hi")
    await look(scene)

    assert [] == await told(scene, texting)


async def test_whoever_is_there_needs_no_email_until_they_go(scene: Scene) -> None:
    """C12: Nora has the inbox open; she leaves a minute later, and nobody has answered."""
    texting = await all_answered(scene)
    await seen(scene, scene.world.nora)
    await look(scene)
    at_first = await told(scene, texting)
    texting.advance(seconds=76)
    await look(scene)

    assert ([], TEAM) == (at_first, await told(scene, texting))


async def test_a_browser_that_rings_is_enough_and_one_that_is_silent_is_not(scene: Scene) -> None:
    """C12: Vane's browser is silent while the clinic is off duty."""
    world = scene.world
    await scene.run("DELETE FROM push_subscription")
    keys: Json = BrowserKeys().subscription(f"https://push.example.org/{world.vane.id}")
    assert 200 == (await world.vane.send("PUT", "/team-browser", keys)).status_code
    texting = await all_answered(scene)
    await look(scene)
    at_first = await told(scene, texting)
    assert (await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": "off_duty"})).is_success
    await look(scene)

    assert ([], TEAM) == (at_first, await told(scene, texting))


async def test_a_screen_at_which_nobody_looks_up_tells_nobody(scene: Scene) -> None:
    """V2P-66: Nora's inbox stays open on an empty desk and Vane's browser rings there; after ten minutes an e-mail goes out."""
    world = scene.world
    keys: Json = BrowserKeys().subscription(f"https://push.example.org/{world.vane.id}")
    assert 200 == (await world.vane.send("PUT", "/team-browser", keys)).status_code
    texting = await all_answered(scene)
    written: list[list[str]] = []
    for seconds in (0, 9 * 60, 61):
        texting.advance(seconds=seconds)
        await seen(scene, world.nora)
        await look(scene)
        written.append(await told(scene, texting))
    texting.advance(seconds=60)
    await look(scene)

    assert [[], [], TEAM] == written
    assert TEAM == await told(scene, texting), "once"


async def test_what_one_of_the_team_has_read_is_known(scene: Scene) -> None:
    """C12: Vane has looked at it, so nobody is written to, however long it stays open after that."""
    texting = await all_answered(scene)
    await seen(scene, scene.world.nora)
    await look(scene)
    thread_id = (await texting.thread_of(UNKNOWN))["thread_id"]
    last = (await scene.world.vane.thread(thread_id))["messages"][-1]
    await scene.world.vane.read_up_to(thread_id, last["seq"])
    for seconds in (76, 15 * 60):
        texting.advance(seconds=seconds)
        await look(scene)

    assert [] == await told(scene, texting)


async def test_what_is_answered_before_the_mail_leaves_needs_none(scene: Scene) -> None:
    """V2P-66: somebody was there after all."""
    texting = await all_answered(scene)
    await texting.reply(UNKNOWN, "Welcome, Jordan")
    await look(scene)

    assert [] == await told(scene, texting)


async def test_with_no_address_that_takes_mail_the_queue_still_shows_who_waits(scene: Scene) -> None:
    """V2P-66, F-28: to everybody who would have got one, as unread and as waiting since the stranger's last answer."""
    world = scene.world
    async with world.product.database.transaction() as uow:
        for name in TEAM:
            await mark_refused(uow, UUID(world.practice_id), RefusedAddress(f"{name}@northside.example", NO_SUCH_USER))
    texting = await all_answered(scene)
    await look(scene)
    thread_id = (await texting.thread_of(UNKNOWN))["thread_id"]
    longest = [(await inbox(world.callers[name], state="waiting"))["rows"] for name in TEAM]

    assert [] == await told(scene, texting)
    assert [[thread_id]] * len(TEAM) == [[row["thread_id"] for row in rows] for rows in longest]
    assert all(rows[0]["unread"] and rows[0]["waiting_since"] for rows in longest)
