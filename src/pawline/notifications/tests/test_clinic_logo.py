"""The clinic's logo in e-mails: inside the mail, and not somewhere that tells who has opened it."""

from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import text

from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.notifications.hand_off_mails import HandOffMails
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.tests.scene import Scene
from pawline.notifications.tests.test_refusals import latest_code_of
from pawline.platform.files import FileStore
from tests.photos import make_jpeg


async def next_mail(scene: Scene, *, after: float) -> EmailMessage:
    await scene.write("How is her paw?", seconds=after)
    await scene.look(seconds=after + 180)
    return scene.as_sent(scene.mails_to("olive")[0])


def page_of(mail: EmailMessage) -> str:
    page = mail.get_body(("html",))
    assert page is not None
    return page.get_content()


def pictures_of(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if part.get_content_maintype() == "image"]


def logo_of(mail: EmailMessage) -> str | None:
    """Under which name, as the page shows it; None: without one."""
    names = [part["Content-ID"].strip("<>") for part in pictures_of(mail)]
    return names[0] if names and f'src="cid:{names[0]}"' in page_of(mail) else None


async def test_mails_to_the_team_and_those_that_let_people_in_show_it_too(scene: Scene) -> None:
    """AL-1 and 2.6: a hand-off, a link to choose a password and a code, of a practice with one logo; of several, none."""
    world, database = scene.world, scene.world.product.database
    await world.ada.http.put(f"/clinics/{world.clinic_id}/logo", content=make_jpeg(900, 300))
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    seen = await open_one(world.nora, world.thread_id)
    await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id)
    await HandOffMails(scene.settings, database).tell_now()
    handed = scene.as_sent(scene.mails_about_thread()[0])
    let_in = [await let_in_by_mail(scene)]
    await scene.run(
        "UPDATE clinic SET logo_id = gen_random_uuid() WHERE practice_id = :practice_id AND id <> :id",
        id=UUID(world.clinic_id),
    )
    let_in.append(await let_in_by_mail(scene))

    assert "logo@pawline" == logo_of(handed)
    assert [["logo@pawline"] * 2, [None] * 2] == let_in


async def let_in_by_mail(scene: Scene) -> list[str | None]:
    """The logos of a link to choose a password and of a code."""
    world, mails = scene.world, SignInMails(scene.settings, scene.world.product.database)
    await world.ada.send("POST", f"/team/{world.toby.id}/password-link")
    await world.stranger.post("/session/owner/code", json={"email": scene.address_of("olive")})
    latest = text("SELECT id FROM password_link WHERE practice_id = :practice_id ORDER BY id DESC LIMIT 1")
    async with world.product.database.transaction() as uow:
        link_id = (await uow.execute(latest, {"practice_id": UUID(world.practice_id)})).scalar_one()
    await mails.send_password_mail_now(world.practice_id, str(link_id))
    await mails.send_sign_in_mail_now(world.practice_id, await latest_code_of(scene, world.olive))
    return [logo_of(scene.as_sent(mail)) for mail in scene.mailbox.list_mails()[:2]]


async def test_it_is_shown_from_inside_the_mail(scene: Scene) -> None:
    world = scene.world
    plain = await next_mail(scene, after=0)
    url = (await world.ada.http.put(f"/clinics/{world.clinic_id}/logo", content=make_jpeg(900, 300))).json()["url"]
    with_logo = await next_mail(scene, after=7200)
    [picture] = pictures_of(with_logo)

    assert ([], False) == (pictures_of(plain), "<img" in page_of(plain))
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in page_of(with_logo)
    assert ("image/jpeg", True) == (picture.get_content_type(), picture.get_content().startswith(b"\xff\xd8\xff"))
    assert "http" not in page_of(with_logo).partition("<img")[2].partition(">")[0]
    await FileStore(scene.settings.files_url).delete(f"portraits/{url.rpartition('/')[2]}")
    assert [] == pictures_of(await next_mail(scene, after=14_400))
