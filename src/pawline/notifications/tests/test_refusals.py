"""Addresses that a mail server refuses: marked for good, or tried again. The mail servers here are real ones."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from uuid import UUID, uuid4

import aiosmtplib
import pytest
from sqlalchemy import text

from pawline.joining.mails import JoiningMails
from pawline.notifications.refusals import refused_addresses
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.tests.refusing_server import LATER, NO_SUCH_USER, ON_A_LIST, RefusingServer, refusing_server
from pawline.notifications.tests.scene import Scene
from pawline.notifications.unread_mails import UnreadMails
from pawline.sign_in.contacts import code_and_token
from tests.world import Caller, Json


@pytest.fixture
async def server() -> AsyncGenerator[RefusingServer]:
    async with refusing_server() as found:
        yield found


async def look(scene: Scene, server: RefusingServer, *, seconds: float) -> None:
    """The worker looks, with this mail server, so long after the beginning."""
    scene.set_time(seconds)
    mails = UnreadMails(replace(scene.settings, smtp_url=server.smtp_url), scene.world.product.database)
    while await mails.tell_now():
        pass


def asked_for(scene: Scene, server: RefusingServer, name: str) -> int:
    return server.asked.count(scene.address_of(name))


async def mail_of(caller: Caller, contact_id: str) -> Json:
    response = await caller.get(f"/contacts/{contact_id}/mail")
    assert 200 == response.status_code, response.text
    return response.json()


async def test_refused_for_good(scene: Scene, server: RefusingServer) -> None:
    """The address is marked with the server's words and gets no more; others go on. Staff let it be tried again."""
    world = scene.world
    server.answers[scene.address_of("olive")] = NO_SUCH_USER
    before = await mail_of(world.nora, world.olive.id)
    first = await scene.write()
    await look(scene, server, seconds=200)
    marked = await mail_of(world.nora, world.olive.id)
    await world.omar.read_up_to(world.thread_id, first["seq"])
    await scene.write("Hello?", seconds=2 * 3600)
    await look(scene, server, seconds=3 * 3600)
    asked_while_marked = asked_for(scene, server, "olive")
    server.answers.clear()
    cleared = (await world.nora.send("POST", f"/contacts/{world.olive.id}/mail/try-again")).json()
    await scene.write("Anybody?", seconds=5 * 3600)
    await look(scene, server, seconds=6 * 3600)

    assert (None, None) == (before["refused_at"], before["words"])
    assert NO_SUCH_USER == marked["words"]
    assert marked["refused_at"] is not None
    assert 1 == asked_while_marked
    assert 2 <= asked_for(scene, server, "omar")
    assert cleared["refused_at"] is None
    assert 2 == asked_for(scene, server, "olive")


async def test_another_address_is_another_matter(scene: Scene, server: RefusingServer) -> None:
    world = scene.world
    server.answers[scene.address_of("olive")] = NO_SUCH_USER
    await scene.write()
    await look(scene, server, seconds=200)
    await world.nora.send("PATCH", f"/contacts/{world.olive.id}", {"email": f"new-{scene.address_of('olive')}"})

    assert (await mail_of(world.nora, world.olive.id))["refused_at"] is None


async def test_what_says_nothing_about_the_address(scene: Scene, server: RefusingServer) -> None:
    """F-28: neither what is only for now, nor a policy against our own server; what is only for now arrives later, once."""
    world = scene.world
    server.answers |= {scene.address_of("olive"): LATER, scene.address_of("omar"): ON_A_LIST}
    await scene.write()
    for seconds in range(200, 3600, 300):
        await look(scene, server, seconds=seconds)
    server.answers.clear()
    for seconds in (3900, 4200, 4500):
        await look(scene, server, seconds=seconds)

    assert [None, None] == [(await mail_of(world.nora, each))["refused_at"] for each in (world.olive.id, world.omar.id)]
    assert 3 < asked_for(scene, server, "olive")
    assert 1 == asked_for(scene, server, "omar")
    assert 1 == len(server.taken)


async def test_codes_still_go_out(scene: Scene, server: RefusingServer) -> None:
    """A refused code marks the address, and is not tried again and again; the next code is tried all the same."""
    world = scene.world
    server.answers[scene.address_of("olive")] = NO_SUCH_USER
    mails = SignInMails(replace(scene.settings, smtp_url=server.smtp_url), world.product.database)
    for _ in range(2):
        await world.stranger.post("/session/owner/code", json={"email": scene.address_of("olive")})
        await mails.send_sign_in_mail_now(world.practice_id, await latest_code_of(scene, world.olive))
        scene.set_time(120)

    assert NO_SUCH_USER == (await mail_of(world.nora, world.olive.id))["words"]
    assert 2 == asked_for(scene, server, "olive")

    token = code_and_token(scene.settings, UUID(await latest_code_of(scene, world.olive)))[1]
    assert 201 == (await world.stranger.post("/session/owner/link", json={"token": token})).status_code
    assert (await mail_of(world.nora, world.olive.id))["refused_at"] is None, "a mail has arrived"


async def test_invitations_go_out_too(scene: Scene, server: RefusingServer) -> None:
    """A refused one marks the contact with this address, and is not tried again."""
    world, address = scene.world, scene.address_of("omar")
    server.answers[address] = NO_SUCH_USER
    draft = {"name": "Omar Hart", "email": address}
    invited = await world.olive.send("POST", "/family/invitations", draft, headers={"Idempotency-Key": str(uuid4())})
    mails = JoiningMails(replace(scene.settings, smtp_url=server.smtp_url), world.product.database)
    await mails.send_invitation_mail_now(world.practice_id, invited.json()["id"])

    assert NO_SUCH_USER == (await mail_of(world.nora, world.omar.id))["words"]


@pytest.mark.parametrize(
    ("code", "words", "is_marked"),
    [
        (550, "5.1.1 No such user", True),
        (553, "5.1.10 Null MX", True),
        (550, "5.2.1 Mailbox disabled", True),
        (550, "No such user here", True),
        (552, "5.2.2 Mailbox full", False),
        (550, "5.7.1 Your server is on a list of spammers", False),
        (554, "5.7.1 Relay access denied", False),
        (550, "5.4.1 Recipient address rejected: Access denied", False),
        (550, "Relaying denied", False),
        (550, "Sender rejected", False),
        (550, "Mailbox quota exceeded", False),
        (554, "Transaction failed", False),
        (450, "4.1.1 Come again later", False),
    ],
)
def test_what_tells_of_the_address(code: int, words: str, is_marked: bool) -> None:
    refused = aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(code, words, "ida@example.com")])

    assert is_marked == bool(refused_addresses(refused))


async def latest_code_of(scene: Scene, caller: Caller) -> str:
    latest = text("SELECT id FROM sign_in_code WHERE practice_id = :practice_id AND contact_id = :id ORDER BY id DESC LIMIT 1")
    async with scene.world.product.database.transaction() as uow:
        values = {"practice_id": UUID(scene.world.practice_id), "id": UUID(caller.id)}
        return str((await uow.execute(latest, values)).scalar_one())


async def test_who_sees_it(scene: Scene) -> None:
    world = scene.world
    path = f"/contacts/{world.olive.id}/mail"
    strangers = [world.rita, world.hal, world.olive]

    assert [404] * 3 == [(await caller.get(path)).status_code for caller in strangers]
    assert [404] * 3 == [(await caller.send("POST", f"{path}/try-again")).status_code for caller in strangers]
    assert 403 == (await world.toby.get(path)).status_code
