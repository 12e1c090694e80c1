"""Addresses of the team that take no e-mail: who sees it, who is told, and who hears of what would have been told there."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.bounces import take_bounce
from pawline.notifications.hand_off_mails import HandOffMails
from pawline.notifications.refusals import RefusedAddress, mark_refused
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.staff_refusal_mails import StaffRefusalMails
from pawline.notifications.staff_refusals import TOLD_TASK, TRY_TASK
from pawline.notifications.tests.refusing_server import NO_SUCH_USER, RefusingServer, refusing_server
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_bounces import MAILBOX, bounce_of
from pawline.sign_in.staff import issue_password_link
from tests.world import Caller, Json

TOBY, VANE, HELEN = "toby@northside.example", "vane@northside.example", "helen@northside.example"


@pytest.fixture
async def server() -> AsyncGenerator[RefusingServer]:
    async with refusing_server() as found:
        yield found


async def have_passwords(scene: Scene) -> None:
    """Who manages the team has signed in at some time."""
    await scene.run("UPDATE staff_member SET password_hash = 'x' WHERE practice_id = :practice_id AND password_hash IS NULL")


async def mark(scene: Scene, *addresses: str) -> None:
    async with scene.world.product.database.transaction() as uow:
        for address in addresses:
            await mark_refused(uow, UUID(scene.world.practice_id), RefusedAddress(address, NO_SUCH_USER))


async def hand_to(scene: Scene, caller: Caller) -> Json:
    world = scene.world
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    seen = await open_one(world.nora, world.thread_id)
    return await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=caller.id)


async def look(scene: Scene, server: RefusingServer | None = None, *, seconds: float = 0, **settings: str) -> None:
    scene.set_time(seconds)
    smtp_url = server.smtp_url if server else scene.settings.smtp_url
    mails = HandOffMails(replace(scene.settings, smtp_url=smtp_url, **settings), scene.world.product.database)
    # With the server that refuses only once: what comes of it is for the mailbox.
    while await mails.tell_now() and server is None:
        pass


async def jobs_of(scene: Scene, task: str) -> list[Json]:
    statement = text(
        "SELECT args FROM procrastinate_jobs WHERE task_name = :task AND args->>'practice_id' = :practice_id ORDER BY id"
    )
    async with scene.world.product.database.transaction() as uow:
        return list((await uow.execute(statement, {"task": task, "practice_id": scene.world.practice_id})).scalars())


async def of_team(scene: Scene, caller: Caller) -> Json:
    team = (await scene.world.helen.get("/team")).json()["staff"]
    return next(each for each in team if each["id"] == caller.id)


async def test_a_refused_hand_off_is_told_to_the_next(scene: Scene, server: RefusingServer) -> None:
    """F-28, C16: those who manage the team hear that it reached nobody, once; whom it was for is marked for all to see."""
    world = scene.world
    server.answers[VANE] = NO_SUCH_USER
    await hand_to(scene, world.vane)
    await look(scene, server, seconds=1)
    refused = list(server.asked)
    await look(scene, seconds=3)
    await look(scene, seconds=5)
    told = {mail.to: mail for mail in scene.mails_about_thread()}
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()["people"]
    callable_ = (await world.nora.get(f"/threads/{world.thread_id}/team")).json()["members"]
    marked = await of_team(scene, world.vane)

    assert [VANE] == refused
    assert 2 == len(scene.mails_about_thread())
    assert {"ada@northside.example", HELEN} == set(told)
    assert "Nora Ames handed Dr Sam Vane a conversation" == told[HELEN].subject
    assert "e-mails there come back" in told[HELEN].text
    assert [world.vane.id] == [each["staff_id"] for each in choices if each["is_mail_refused"]]
    assert [world.vane.id] == [each["staff_id"] for each in callable_ if each["is_mail_refused"]]
    assert NO_SUCH_USER == marked["mail_words"]


async def test_who_stands_in(scene: Scene) -> None:
    """F-28: with the managers' addresses refused too, everybody else of the clinic; nobody where it is read, or was taken."""
    world = scene.world
    await mark(scene, VANE, HELEN, "ada@northside.example")
    handed = await hand_to(scene, world.vane)
    await look(scene, seconds=1)
    first = [mail.to for mail in scene.mails_about_thread()]
    again = await act(world.nora, world.thread_id, "hand-off", seen=handed, staff_id=world.vane.id)
    await act(world.vane, world.thread_id, "take", seen=again)
    await look(scene, seconds=3)

    assert ["nora@northside.example"] == first
    assert ["nora@northside.example"] == [mail.to for mail in scene.mails_about_thread()]


async def test_a_bounce_of_a_hand_off(scene: Scene, server: RefusingServer) -> None:
    """F-28: what comes back hours later marks the colleague, tells each manager once, and makes somebody else hear of it."""
    world = scene.world
    await have_passwords(scene)
    await hand_to(scene, world.toby)
    await look(scene, server, seconds=1, mail_bounces=MAILBOX)
    bounce = server.returns[TOBY][-1]
    scene.set_time(3600)
    content = bounce_of("exchange_no_such_user", bounce=bounce, to=TOBY)
    settings = replace(scene.settings, mail_bounces=MAILBOX)
    taken = [await take_bounce(settings, world.product.database, content) for _ in range(2)]
    await look(scene, seconds=3602)
    jobs = await jobs_of(scene, TOLD_TASK)
    mails = StaffRefusalMails(scene.settings, world.product.database)
    for job in jobs:
        await mails.tell_of_refused_address_now(**job)
    about_toby = [mail for mail in scene.mailbox.list_mails() if mail.subject == "E-mails to Toby Reyes come back"]

    assert ["marked", "repeated"] == taken
    assert {"ada@northside.example", HELEN} == {mail.to for mail in scene.mails_about_thread()}
    assert sorted([world.ada.id, world.helen.id]) == sorted(job["to_id"] for job in jobs)
    assert sorted(["ada@northside.example", HELEN]) == sorted(mail.to for mail in about_toby[:2])
    assert "Recipient not found" in about_toby[0].text


async def test_trying_again(scene: Scene, server: RefusingServer) -> None:
    """F-28: whoever manages the team lifts the mark, and an e-mail goes there at once; what comes back marks it anew."""
    world = scene.world
    await have_passwords(scene)
    await mark(scene, VANE, HELEN)
    path = f"/team/{world.vane.id}/mail/try-again"
    lifted = (await world.ada.send("POST", path)).json()
    await world.ada.send("POST", path)
    above = await world.ada.send("POST", f"/team/{world.helen.id}/mail/try-again")
    [job] = await jobs_of(scene, TRY_TASK)
    server.answers[VANE] = NO_SUCH_USER
    await StaffRefusalMails(replace(scene.settings, smtp_url=server.smtp_url), world.product.database).try_staff_address_now(
        **job
    )

    assert lifted["mail_refused_at"] is None
    assert [VANE] == server.asked
    assert NO_SUCH_USER == (await of_team(scene, world.vane))["mail_words"]
    assert 403 == above.status_code
    assert [403, 403] == [(await each.send("POST", path)).status_code for each in (world.nora, world.toby)]
    assert 404 == (await world.rita.send("POST", path)).status_code


async def test_a_link_that_arrives_shows_that_the_address_works(scene: Scene, server: RefusingServer) -> None:
    """F-28: a password link goes to a marked address too; who chooses a password with it is not marked any more."""
    world = scene.world
    server.answers[TOBY] = NO_SUCH_USER
    await world.ada.send("POST", f"/team/{world.toby.id}/password-link")
    [job] = await jobs_of(scene, "send_password_mail")
    await SignInMails(replace(scene.settings, smtp_url=server.smtp_url), world.product.database).send_password_mail_now(**job)
    marked = await of_team(scene, world.toby)
    async with world.product.database.transaction() as uow:
        key = {"practice_id": UUID(world.practice_id), "staff_id": UUID(world.toby.id)}
        url = await issue_password_link(uow, world.product.settings, **key)
    body = {"token": url.partition("token=")[2], "password": "a long enough password"}
    chosen = await world.stranger.post("/session/password", json=body)

    assert marked["mail_refused_at"] is not None
    assert chosen.is_success, chosen.text
    assert (await of_team(scene, world.toby))["mail_refused_at"] is None
