"""The clinic's logo in e-mails to its families: inside the mail, and not somewhere that tells who has opened it."""

from email.message import EmailMessage

from pawline.notifications.tests.scene import Scene
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
