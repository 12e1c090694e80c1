"""Bounces that come back later, as mail servers of several makers write them; the mail server they answer to is a real one."""

import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import event, text

from pawline.joining.mails import JoiningMails
from pawline.notifications.bounce_addresses import bounce_address
from pawline.notifications.bounces import BounceOutcome, count_bounce_now, take_bounce
from pawline.notifications.delivery_reports import read_report
from pawline.notifications.refusals import is_about_the_address
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.tests.refusing_server import RefusingServer, refusing_server
from pawline.notifications.tests.scene import Scene
from pawline.notifications.unread_mails import UnreadMails
from pawline.platform.settings import Settings
from pawline.sign_in.contacts import start_mailed_session
from pawline.sign_in.sessions import Browser
from tests.product import Product
from tests.world import Json

BOUNCES = Path(__file__).parent / "bounces"
MAILBOX = "bounces@clinic.example"


@pytest.fixture
async def server() -> AsyncGenerator[RefusingServer]:
    async with refusing_server() as found:
        yield found


def bounce_of(name: str, *, bounce: str, to: str) -> bytes:
    return (BOUNCES / f"{name}.eml").read_text().replace("{bounce}", bounce).replace("{to}", to).encode()


def with_bounces(scene: Scene, server: RefusingServer) -> Settings:
    return replace(scene.settings, smtp_url=server.smtp_url, mail_bounces=MAILBOX)


async def told_by_mail(scene: Scene, server: RefusingServer, *, seconds: float) -> str:
    """Nora writes, and Olive gets an e-mail. Returns where its bounces go to."""
    await scene.write(seconds=seconds)
    scene.set_time(seconds + 200)
    mails = UnreadMails(with_bounces(scene, server), scene.world.product.database)
    while await mails.tell_now():
        pass
    return server.returns[scene.address_of("olive")][-1]


async def take(scene: Scene, name: str, *, bounce: str, to: str = "") -> BounceOutcome:
    settings = replace(scene.settings, mail_bounces=MAILBOX)
    content = bounce_of(name, bounce=bounce, to=to or scene.address_of("olive"))
    return await take_bounce(settings, scene.world.product.database, content)


async def mail_of_olive(scene: Scene) -> Json:
    return (await scene.world.nora.get(f"/contacts/{scene.world.olive.id}/mail")).json()


@pytest.mark.parametrize(
    ("name", "said", "is_marked"),
    [
        ("postfix_no_such_user", "550 5.1.1 <o@x.org>: Recipient address rejected: User unknown in virtual mailbox table", True),
        ("postfix_no_such_domain", "5.4.4 Host or domain name not found. Name service error for", True),
        ("exchange_no_such_user", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", True),
        (
            "gmail_no_such_user",
            "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking",
            True,
        ),
        ("exim_no_such_user", "550 No such user here", True),
        ("opensmtpd_no_such_user", "5.1.1", True),
        ("exchange_expired", "550 4.4.7 QUEUE.Expired; message expired", False),
        ("gmail_full", "552 5.2.2 The recipient's inbox is out of storage space and inactive. Please direct", False),
        ("spam_policy", "550 Blocked: your server is on a list of spammers", False),
    ],
)
def test_what_mail_servers_say(name: str, said: str, *, is_marked: bool) -> None:
    """F-28: only what is said of the address itself marks it."""
    report = read_report(message_from_bytes(bounce_of(name, bounce="b@clinic.example", to="o@x.org")))

    assert report is not None
    assert report.failed is not None
    assert said == report.failed.as_said[: len(said)]
    assert "550-" not in report.failed.as_said
    assert is_marked == is_about_the_address(report.failed.code, report.failed.words)


async def test_a_bounce_marks_the_address(scene: Scene, server: RefusingServer) -> None:
    """F-28: with the words and the date, for the team to see; until staff let it be tried again, whatever comes twice."""
    world = scene.world
    first = await told_by_mail(scene, server, seconds=0)
    taken = [await take(scene, "exchange_no_such_user", bounce=first)]
    marked = await mail_of_olive(scene)
    await world.olive.read_up_to(world.thread_id, 1)
    asked = server.asked.count(scene.address_of("olive"))
    await scene.write("Hello?", seconds=2 * 3600)
    await UnreadMails(with_bounces(scene, server), world.product.database).tell_now()
    asked_while_marked = server.asked.count(scene.address_of("olive"))

    assert marked["words"].startswith("550 5.1.10 RESOLVER")
    assert marked["refused_at"] is not None
    assert asked == asked_while_marked

    await world.nora.send("POST", f"/contacts/{world.olive.id}/mail/try-again")
    taken.append(await take(scene, "postfix_no_such_user", bounce=first))
    unmarked = await mail_of_olive(scene)
    second = await told_by_mail(scene, server, seconds=5 * 3600)
    taken.append(await take(scene, "postfix_no_such_user", bounce=second.upper()))

    assert ["marked", "repeated", "marked"] == taken
    assert unmarked["refused_at"] is None
    assert (await mail_of_olive(scene))["words"].startswith("550 5.1.1 <")


async def test_what_marks_nothing(scene: Scene, server: RefusingServer) -> None:
    """What is late, about another matter, or no bounce at all; and each is counted."""
    bounce = await told_by_mail(scene, server, seconds=0)
    outcomes = {
        "postfix_delayed": "not_failed",
        "exchange_expired": "another_matter",
        "gmail_full": "another_matter",
        "on_holiday": "no_report",
        "read_receipt": "no_report",
        "forwarded_report": "no_report",
    }

    assert outcomes == {name: await take(scene, name, bounce=bounce) for name in outcomes}
    assert (await mail_of_olive(scene))["refused_at"] is None

    queued = text(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'count_bounce' AND args ->> 'outcome' = 'not_failed'"
    )
    async with scene.world.product.database.transaction() as uow:
        assert 1 <= (await uow.execute(queued)).scalar_one()  # tenancy: of all practices
    before = REGISTRY.get_sample_value("pawline_mail_bounces_total", {"outcome": "not_failed"}) or 0
    await count_bounce_now("not_failed")
    assert before + 1 == REGISTRY.get_sample_value("pawline_mail_bounces_total", {"outcome": "not_failed"})


async def test_nobody_marks_an_address_by_forging(scene: Scene, server: RefusingServer) -> None:
    """A token is good for the address it was made for, at the practice it was made for, for two weeks."""
    world, olive = scene.world, scene.address_of("olive")
    bounce = await told_by_mail(scene, server, seconds=0)
    settings = replace(scene.settings, mail_bounces=MAILBOX)
    another_secret = bounce_address(replace(settings, secret="x" * 40), UUID(world.practice_id), olive)
    of_a_stranger = bounce_address(settings, UUID(world.practice_id), "stranger@example.com")
    elsewhere = bounce_address(settings, uuid4(), olive)
    token = bounce.partition("+")[2].partition("@")[0]
    altered = bounce.replace(token, token[:-1] + ("a" if token[-1] != "a" else "q"))
    forged = [
        MAILBOX,
        "bounces+abc@clinic.example",
        f"bounces+{'z' * 45}@clinic.example",
        another_secret,
        of_a_stranger,
        elsewhere,
    ]

    assert ["not_ours"] * 7 == [await take(scene, "postfix_no_such_user", bounce=str(each)) for each in [*forged, altered]]

    scene.set_time(15 * 24 * 3600)
    assert "too_old" == await take(scene, "postfix_no_such_user", bounce=bounce)
    scene.set_time(300)
    await world.nora.send("PATCH", f"/contacts/{world.olive.id}", {"email": f"new-{olive}"})
    assert "not_ours" == await take(scene, "postfix_no_such_user", bounce=bounce)
    assert (await mail_of_olive(scene))["refused_at"] is None


async def test_many_tokens_cost_no_more_than_a_few(scene: Scene, server: RefusingServer) -> None:
    """The first four are looked at, and the people of a practice once."""
    world, settings, loaded = scene.world, replace(scene.settings, mail_bounces=MAILBOX), list[str]()
    ours = await told_by_mail(scene, server, seconds=0)
    others = [str(bounce_address(settings, UUID(world.practice_id), f"stranger{n}@example.com")) for n in range(4)]
    engine = world.product.database.engine.sync_engine

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        loaded.extend(["once"] if "SELECT id, email FROM contact" in statement else [])

    event.listen(engine, "before_cursor_execute", count)
    try:
        taken = [await take(scene, "postfix_no_such_user", bounce=", ".join([*others[:most], ours])) for most in (4, 3)]
    finally:
        event.remove(engine, "before_cursor_execute", count)

    assert ["not_ours", "marked"] == taken
    assert ["once"] * 2 == loaded


@pytest.mark.parametrize("way", ["staff ask for it", "an e-mail has arrived"])
async def test_what_was_sent_before_the_address_was_tried_again_marks_nothing(
    scene: Scene, server: RefusingServer, way: str
) -> None:
    """F-28: of two e-mails that came to nothing, the bounce of the first is late; one that leaves afterwards counts."""
    world = scene.world
    sent = [await told_by_mail(scene, server, seconds=0)]
    await world.olive.read_up_to(world.thread_id, 1)
    sent.append(await told_by_mail(scene, server, seconds=5 * 3600))
    taken = [await take(scene, "postfix_no_such_user", bounce=sent[1])]
    scene.set_time(6 * 3600)
    if way == "staff ask for it":
        await world.nora.send("POST", f"/contacts/{world.olive.id}/mail/try-again")
    else:
        async with world.product.database.transaction() as uow:
            browser = Browser("Olive's phone", "127.0.0.1")
            await start_mailed_session(uow, UUID(world.practice_id), UUID(world.olive.id), browser=browser)
    taken.append(await take(scene, "postfix_no_such_user", bounce=sent[0]))
    unmarked = await mail_of_olive(scene)
    await world.olive.read_up_to(world.thread_id, 2)
    taken.append(await take(scene, "postfix_no_such_user", bounce=await told_by_mail(scene, server, seconds=7 * 3600)))

    assert ["marked", "too_old", "marked"] == taken
    assert unmarked["refused_at"] is None


async def test_what_nobody_can_read_is_no_report(scene: Scene) -> None:
    """A mail server that was asked to come again would come with it for days."""
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1000))

    assert "no_report" == await take_bounce(scene.settings, scene.world.product.database, parts.encode())


async def test_every_mail_says_where_its_bounces_go(scene: Scene, server: RefusingServer) -> None:
    """Codes, invitations, and e-mails to the team; without the setting, the sender gets them."""
    world, settings = scene.world, with_bounces(scene, server)
    database, olive, omar = world.product.database, scene.address_of("olive"), scene.address_of("omar")
    await world.stranger.post("/session/owner/code", json={"email": olive})
    latest = text("SELECT id FROM sign_in_code WHERE practice_id = :practice_id ORDER BY id DESC LIMIT 1")
    async with database.transaction() as uow:
        code_id = str((await uow.execute(latest, {"practice_id": UUID(world.practice_id)})).scalar_one())
    await SignInMails(settings, database).send_sign_in_mail_now(world.practice_id, code_id)
    await SignInMails(replace(settings, mail_bounces=None), database).send_sign_in_mail_now(world.practice_id, code_id)
    draft = {"name": "Omar Hart", "email": omar}
    invited = await world.olive.send("POST", "/family/invitations", draft, headers={"Idempotency-Key": str(uuid4())})
    await JoiningMails(settings, database).send_invitation_mail_now(world.practice_id, invited.json()["id"])

    assert ["marked", "not_ours"] == [await take(scene, "gmail_no_such_user", bounce=each) for each in server.returns[olive]]
    assert ["marked"] == [await take(scene, "gmail_no_such_user", bounce=each, to=omar) for each in server.returns[omar]]
    assert all(len(each.partition("@")[0]) <= 64 for each in (*server.returns[olive], *server.returns[omar]))


async def test_from_a_mail_server(scene: Scene, server: RefusingServer, product: Product) -> None:
    """`pawline bounce` takes one message and ends well; while there is no database, the mail server is to come again."""
    bounce = await told_by_mail(scene, server, seconds=0)
    # What is sent back with it may be long, and the mail server writes all of it.
    content = bounce_of("postfix_no_such_user", bounce=bounce, to=scene.address_of("olive")) + b"x" * 3_000_000
    kept = {"PAWLINE_DATA": str(product.settings.data)}
    ended = [hand_over(content, **kept, **more) for more in ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, {})]

    assert [75, 0] == [each.returncode for each in ended], [each.stderr for each in ended]
    assert b'"outcome": "marked"' in ended[1].stderr
    assert (await mail_of_olive(scene))["refused_at"] is not None


def hand_over(content: bytes, **settings: str) -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PATH": os.defpath,
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        "PAWLINE_SMTP_URL": "smtp://127.0.0.1:9",
        "PAWLINE_MAIL_BOUNCES": MAILBOX,
        "PAWLINE_SECRET_FILE": f"{settings['PAWLINE_DATA']}/secret",
        **settings,
    }
    command = [sys.executable, "-m", "pawline", "bounce"]
    return subprocess.run(command, input=content, capture_output=True, timeout=300, check=False, env=environment)
