"""A conversation as a PDF, downloaded or sent: what stands in it, who may have it, and to whom it goes."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import httpx
import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import text

from pawline.notifications.tests.scene import NO_SERVER, Scene
from pawline.notifications.transcript_mails import TranscriptMails
from pawline.platform import clock
from pawline.threads.tests.scene import delete, post_note, upload_photo
from pawline.threads.tests.test_merging import merge
from pawline.transcripts.gathering import PAGE
from tests.photos import make_jpeg
from tests.texting_scene import OLIVE, set_texting
from tests.world import Caller, Json, World


async def the_conversation(world: World) -> Json:
    return (await world.nora.thread(world.thread_id))["conversations"][0]


async def path_to(world: World) -> str:
    return f"/threads/{world.thread_id}/conversations/{(await the_conversation(world))['id']}"


async def download(caller: Caller, path: str, **query: Any) -> httpx.Response:
    return await caller.get(f"{path}/transcript.pdf", **query)


def words_of(content: bytes) -> str:
    """All pages in one line."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages: list[Any] = list(document)
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    finally:
        document.close()


def pictures_in(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        pages: list[Any] = list(document)
        return sum(1 for page in pages for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    finally:
        document.close()


async def talk(world: World) -> None:
    photo = await upload_photo(world.olive, world.thread_id)
    await world.olive.post_text(world.thread_id, "Her paw 🐾 today", pet_ids=[world.pixel_id], attachment_ids=[photo["id"]])
    wrong = await world.nora.post_text(world.thread_id, "Forty drops each hour")
    await world.nora.post_text(world.thread_id, "Four drops each hour")
    await post_note(world.nora, world.thread_id, "Olive worries a lot")
    await delete(world.nora, world.thread_id, wrong)


async def test_what_stands_in_it(world: World) -> None:
    """C14, V2P+2: authors, words, pets, small pictures and names of files; a deleted message only as such; no notes."""
    await talk(world)
    path = await path_to(world)
    answer = await download(world.nora, path)
    words = words_of(answer.content)
    file_name = (await world.nora.get(f"{path}/transcript")).json()["file_name"]

    assert re.fullmatch(r"Transcript Hart family \d{4}-\d\d-\d\d\.pdf", file_name)
    assert f'filename="{file_name}"' in answer.headers["content-disposition"]
    assert 200 == answer.status_code
    assert "application/pdf" == answer.headers["content-type"]
    assert "private, no-store" == answer.headers["cache-control"]
    assert "Her paw [paw prints] today" in words
    assert "Olive Hart App · about Pixel" in words
    assert "paw.jpg" in words
    assert 1 == pictures_in(answer.content)
    assert "Deleted by Nora" in words
    assert "Four drops each hour" in words
    assert "All times are those of" in words
    assert "Forty drops" not in words
    assert "worries" not in words


async def test_the_logo_stands_over_it(world: World) -> None:
    await talk(world)
    plain = await download(world.nora, await path_to(world))
    await world.ada.http.put(f"/clinics/{world.clinic_id}/logo", content=make_jpeg(900, 300))
    with_logo = await download(world.nora, await path_to(world))

    assert 1 == pictures_in(with_logo.content) - pictures_in(plain.content)
    assert words_of(plain.content) == words_of(with_logo.content)


async def test_notes_are_for_administrators(world: World) -> None:
    """Whoever is senior gets the family's copy; notes need an administrator, and say on the first page whom they are for."""
    await talk(world)
    path = await path_to(world)
    refused = await download(world.nora, path, with_notes=True)
    words = words_of((await download(world.ada, path, with_notes=True)).content)

    assert 403 == refused.status_code
    assert not (await world.nora.get(f"{path}/transcript")).json()["may_include_notes"]
    assert "Olive worries a lot" in words
    assert "for the practice alone" in words


async def test_what_became_of_texts(scene: Scene) -> None:
    """For the team alone, as in the app: the family's copy does not tell that somebody's phone takes no texts any more."""
    world = scene.world
    texting = await set_texting(world)
    await texting.receive("Is she ready?", from_=OLIVE)
    await texting.reply(OLIVE, "At five")
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    path = f"/threads/{thread['thread_id']}/conversations/{conversation['id']}"
    words = words_of((await download(world.nora, path)).content)
    scene.begun_at = texting.now
    await ask(world.nora, path, world.olive.id, key=str(uuid4()))
    await send_waiting(scene, seconds=1)
    of_family = words_of(attached_to(scene, "olive").get_content())

    assert "Olive Hart Text Is she ready?" in words
    assert "Text, not sent yet At five" in words
    assert "Text At five" in of_family
    assert "not sent yet" not in of_family


async def test_who_may_have_none(world: World) -> None:
    """The same predicate as for reading: outsiders, other clinics' staff, the family, basic staff."""
    await talk(world)
    path = await path_to(world)
    strangers = [world.rita, world.hal, world.kim, world.olive]

    assert [404] * 4 == [(await download(caller, path)).status_code for caller in strangers]
    assert [404] * 4 == [(await caller.get(f"{path}/transcript")).status_code for caller in strangers]
    assert 403 == (await download(world.toby, path)).status_code
    assert 404 == (await download(world.nora, f"/threads/{world.thread_id}/conversations/{uuid4()}")).status_code


async def test_a_long_one(world: World) -> None:
    """More than is read at once comes whole and in its order."""
    await world.olive.post_text(world.thread_id, "The first")
    count = PAGE + 30
    await repeat_message(world, count)
    words = words_of((await download(world.nora, await path_to(world))).content)
    places = [words.find(f"Day number {number}.") for number in range(count)]

    assert places == sorted(places)
    assert -1 not in places


async def ask(caller: Caller, path: str, contact_id: str, *, key: str) -> httpx.Response:
    headers = {"Idempotency-Key": key}
    return await caller.send("POST", f"{path}/transcript-mails", {"contact_id": contact_id}, headers=headers)


async def send_waiting(scene: Scene, *, seconds: float, smtp_url: str = "") -> None:
    scene.set_time(seconds)
    settings = replace(scene.settings, smtp_url=smtp_url or scene.settings.smtp_url)
    mails = TranscriptMails(settings, scene.world.product.database)
    while await mails.tell_now():
        pass


async def test_sent_to_a_contact(scene: Scene) -> None:
    """V2P+2: one e-mail to one press of the button, to the address on file, with what had been written by then."""
    world, key = scene.world, str(uuid4())
    await talk(world)
    path = await path_to(world)
    choices = (await world.nora.get(f"{path}/transcript")).json()
    answers = [await ask(world.nora, path, world.olive.id, key=key) for _ in range(2)]
    await world.nora.post_text(world.thread_id, "See you tomorrow")
    await send_waiting(scene, seconds=1)
    attached = attached_to(scene, "olive")
    words = words_of(attached.get_content())

    assert ["Olive Hart", "Omar Hart"] == [each["name"] for each in choices["recipients"]]
    assert [201, 201] == [answer.status_code for answer in answers]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert str(attached.get_filename()).startswith("Transcript Hart family 20")
    assert "Four drops each hour" in words
    assert "See you tomorrow" not in words
    assert "worries" not in words


def attached_to(scene: Scene, name: str) -> EmailMessage:
    """The transcript in the only e-mail to a contact."""
    [mail] = [mail for mail in scene.mailbox.list_mails() if mail.to == scene.address_of(name)]
    [attached] = list(scene.as_sent(mail).iter_attachments())
    assert isinstance(attached, EmailMessage)
    return attached


async def test_one_key_is_for_one_request(scene: Scene) -> None:
    """Whoever has it sent to another contact, or another conversation, with a key that was used hears that nothing goes out."""
    world, key = scene.world, str(uuid4())
    await talk(world)
    path = await path_to(world)
    await ask(world.nora, path, world.olive.id, key=key)
    other = await ask(world.nora, path, world.omar.id, key=key)
    await send_waiting(scene, seconds=1)

    assert 409 == other.status_code
    assert scene.address_of("omar") not in {mail.to for mail in scene.mailbox.list_mails()}


async def test_what_waits_when_two_threads_become_one(scene: Scene) -> None:
    """Both arrive, each with its own conversation as far as it had come, whatever number its messages have by now."""
    world = scene.world
    for body in ("Mochi sneezes", "She drinks a lot", "Her eyes run"):
        await world.kim.post_text(world.other_thread_id, body)
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    for thread_id, contact in ((world.thread_id, world.olive), (world.other_thread_id, world.kim)):
        scene.set_time(5)
        [conversation] = (await world.nora.thread(thread_id))["conversations"]
        asked = await ask(world.nora, f"/threads/{thread_id}/conversations/{conversation['id']}", contact.id, key=str(uuid4()))
        assert 201 == asked.status_code
        scene.set_time(10)
        await world.nora.post_text(thread_id, "See you tomorrow")
    assert 200 == await merge(world.ada, world)
    await send_waiting(scene, seconds=60)
    of_olive, of_kim = (words_of(attached_to(scene, name).get_content()) for name in ("olive", "kim"))

    assert "Pixel is limping" in of_olive
    assert "Her eyes run" in of_kim
    assert "Mochi sneezes" not in of_olive
    assert "See you tomorrow" not in of_olive + of_kim


async def test_in_the_language_of_its_reader(scene: Scene) -> None:
    await talk(scene.world)
    spanish = "UPDATE contact SET language = 'es' WHERE practice_id = :practice_id AND id = :id"
    await scene.run(spanish, id=UUID(scene.world.omar.id))
    await scene.run("UPDATE family SET name = 'Hart/Ruiz' WHERE practice_id = :practice_id AND name = 'Hart family'")
    # In the evening at Northside it is tomorrow in Greenwich already.
    scene.begun_at = datetime.combine(clock.now().date(), time(2), UTC)
    scene.set_time(0)
    await ask(scene.world.nora, await path_to(scene.world), scene.world.omar.id, key=str(uuid4()))
    await send_waiting(scene, seconds=1)
    [mail] = [mail for mail in scene.mailbox.list_mails() if mail.to == scene.address_of("omar")]
    attached = attached_to(scene, "omar")

    assert f"Transcripción Hart-Ruiz {clock.now() - timedelta(days=1):%Y-%m-%d}.pdf" == attached.get_filename()
    assert "Su conversación con" in mail.subject
    assert "Eliminado por Nora" in words_of(attached.get_content())


async def test_whom_it_goes_to(scene: Scene) -> None:
    """Nobody of another family, nobody who may not read it in the app, and no address that anybody typed."""
    world = scene.world
    await talk(world)
    path = await path_to(world)
    answers = [await ask(world.nora, path, each, key=str(uuid4())) for each in (world.kim.id, world.otto.id, str(uuid4()))]
    await ask(world.nora, path, world.omar.id, key=str(uuid4()))
    await scene.run("UPDATE contact SET role = 'other' WHERE practice_id = :practice_id AND id = :id", id=UUID(world.omar.id))
    await send_waiting(scene, seconds=1)

    assert [404, 409, 404] == [answer.status_code for answer in answers]
    assert 404 == (await ask(world.rita, path, world.olive.id, key=str(uuid4()))).status_code
    assert [] == [mail for mail in scene.mailbox.list_mails() if mail.to == scene.address_of("omar")]


async def test_a_mail_server_that_is_away(scene: Scene) -> None:
    """F-28: it arrives once when the server is back after an hour."""
    await talk(scene.world)
    await ask(scene.world.nora, await path_to(scene.world), scene.world.olive.id, key=str(uuid4()))
    for seconds in (1, 1800):
        await send_waiting(scene, seconds=seconds, smtp_url=NO_SERVER)
    for seconds in (3900, 4300, 8000):
        await send_waiting(scene, seconds=seconds)

    assert 1 == len([mail for mail in scene.mailbox.list_mails() if mail.to == scene.address_of("olive")])


async def repeat_message(world: World, count: int) -> None:
    """As if Olive had written for so many days."""
    copy = """
    INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash, author_id,
        author_name, author_kind, kind, channel, body, has_attachments, created_at)
    SELECT m.practice_id, gen_random_uuid(), m.thread_id, m.conversation_id, m.seq + n + 1, m.revision, gen_random_uuid(),
        m.request_hash, m.author_id, m.author_name, m.author_kind, m.kind, m.channel, 'Day number ' || n || '.', false,
        m.created_at
    FROM message m, generate_series(0, :count - 1) n
    WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.body = 'The first'"""
    rise = "UPDATE thread SET last_seq = last_seq + :count WHERE practice_id = :practice_id AND id = :thread_id"
    values = {"practice_id": UUID(world.practice_id), "thread_id": UUID(world.thread_id), "count": count}
    async with world.product.database.transaction() as uow:
        await uow.execute(text(copy), values)
        await uow.execute(text(rise), values)
