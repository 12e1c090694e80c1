"""By a clinic's link or poster into the app: who becomes whom, and what they find there."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from pawline.families.numbers import add_number
from pawline.joining.secrets import sign_up_code
from pawline.joining.tests.conftest import (
    Entry,
    code_of,
    join_by_mail,
    join_by_text,
    mailed_code,
    texted_code,
)
from pawline.platform import clock
from pawline.sign_in.tests.conftest import Postman, olives_email
from pawline.threads.tests.scene import upload_photo
from tests.texting_scene import OLIVE, UNKNOWN, Texting
from tests.world import Caller, Json, World

PET = {"name": "Biscuit", "species": "Dog", "breed": "Beagle", "born_on": "2020-02-29"}


def new_email() -> str:
    return f"june-{uuid4().hex}@example.com"


async def connections(world: World, family_id: str) -> list[tuple[str, str, str]]:
    statement = text(
        "SELECT p.name, c.state, c.via FROM connection c JOIN pet p ON p.practice_id = c.practice_id AND p.id = c.pet_id "
        "WHERE c.practice_id = :practice_id AND c.family_id = :family_id ORDER BY p.name"
    )
    async with world.product.database.transaction() as uow:
        rows = await uow.execute(statement, {"practice_id": UUID(world.practice_id), "family_id": UUID(family_id)})
        return [(row.name, row.state, row.via) for row in rows]


def as_caller(world: World, http: httpx.AsyncClient, session: dict[str, object]) -> Caller:
    """Whoever has just joined with this browser."""
    http.headers.update({"X-Pawline-App": "owner", "X-CSRF-Token": str(session["csrf_token"])})
    caller = Caller("", "", "owner", "", world.product)
    vars(caller)["http"] = http
    return caller


async def test_a_new_owner_gets_a_family_a_pet_and_an_accepted_connection(entry: Entry, world: World, postman: Postman) -> None:
    """AL-18, PA-26: by the clinic's poster, at once; nobody at the practice has to agree."""
    joined = await join_by_mail(entry, postman, new_email())
    connected = await entry.connect(new_pets=[PET], via="qr")
    home = await entry.home()

    assert (201, "June Park", "Park family") == (
        joined.status_code,
        joined.json()["person"]["name"],
        joined.json()["family"]["name"],
    )
    assert 201 == connected.status_code, connected.text
    assert [("Biscuit", connected.json()["thread_id"])] == [(pet["name"], pet["threads"][0]["thread_id"]) for pet in home["pets"]]
    assert [("Biscuit", "accepted", "qr")] == await connections(world, joined.json()["family"]["id"])
    assert "June Park" in (await world.nora.get("/families", q="Park")).text


async def test_the_link_leads_to_the_app_and_says_whose_it_is(entry: Entry, world: World) -> None:
    """PA-26: the link and the poster's QR code are one code, which tells how somebody came."""
    links = (await world.ada.get(f"/clinics/{world.clinic_id}/link")).json()
    again = (await world.ada.get(f"/clinics/{world.clinic_id}/link")).json()
    plain, poster = [await entry.http.get(links[name]) for name in ("url", "poster_url")]
    place = (await entry.http.get(f"/join/{entry.code.upper()}")).json()

    assert links == again
    assert (f"/owner/join#code={entry.code}", f"/owner/join#code={entry.code}&via=qr") == (
        plain.headers["location"],
        poster.headers["location"],
    )
    assert ("Northside Veterinary", "Hill Street", False) == (place["practice_name"], place["clinic"]["name"], place["can_text"])


async def test_a_code_that_was_replaced_or_never_was_lets_nobody_in(entry: Entry, world: World, postman: Postman) -> None:
    """AL-21: and what is asked with one leaves nothing behind."""
    await join_by_mail(entry, postman, new_email())
    renewed = await world.ada.send("POST", f"/clinics/{world.clinic_id}/link", headers={"Idempotency-Key": str(uuid4())})
    forged = Entry(entry.http, "0" * 20)
    refusals = [
        answer
        for each in (entry, forged)
        for answer in (
            await each.http.get(f"/join/{each.code}"),
            await each.start(email=new_email()),
            await each.connect(new_pets=[PET]),
        )
    ]

    assert 201 == renewed.status_code
    assert entry.code not in renewed.json()["url"]
    assert {(404, "This code is not valid any more. Ask the practice for a new one.")} == {
        (answer.status_code, answer.json()["detail"]) for answer in refusals
    }
    assert 200 == (await entry.http.get(f"/join/{await code_of(world)}")).status_code


async def test_only_administrators_of_the_clinic_see_and_renew_its_link(entry: Entry, world: World) -> None:
    path = f"/clinics/{world.clinic_id}/link"
    asked = {
        name: (
            (await world.callers[name].get(path)).status_code,
            (await world.callers[name].send("POST", path, headers={"Idempotency-Key": str(uuid4())})).status_code,
        )
        for name in ("nora", "toby", "rita", "olive", "stranger")
    }

    assert {"nora": (403, 403), "toby": (403, 403), "rita": (404, 404), "olive": (404, 404), "stranger": (404, 404)} == asked
    assert 200 == (await entry.http.get(f"/join/{entry.code}")).status_code


async def test_a_guest_who_texted_finds_the_same_thread_with_all_of_it(entry: Entry, world: World, texting: Texting) -> None:
    """PA-16, PA-17, PA-18: the number is proven, the chat goes on in the app, and carries a photo there."""
    await texting.receive("Pixel ate a sock", from_=UNKNOWN)
    before = await texting.thread_of(UNKNOWN)
    joined = await join_by_text(entry, texting, UNKNOWN)
    connected = (await entry.connect(new_pets=[PET])).json()
    june = as_caller(world, entry.http, joined.json())
    thread = await june.thread(connected["thread_id"])
    terms = (await june.get("/app-terms")).json()
    await june.send("POST", "/app-terms", {"version": terms["version"]})
    photo = await upload_photo(june, thread["thread_id"])
    posted = await june.post_text(thread["thread_id"], "This sock", attachment_ids=[photo["id"]])

    assert before["thread_id"] == connected["thread_id"]
    assert "Pixel ate a sock" in [message["body"] for message in thread["messages"]]
    assert thread["must_agree"]
    assert ("June Park", "Park") == (joined.json()["person"]["name"], joined.json()["family"]["name"])
    assert [photo["id"]] == [each["id"] for each in posted["attachments"]]
    [contact] = await texting.rows(
        "SELECT c.is_guest, c.app_joined_at FROM contact c JOIN contact_number k ON k.practice_id = c.practice_id AND "
        "k.contact_id = c.id WHERE c.practice_id = :practice_id AND k.number = :number",
        number=UNKNOWN,
    )
    assert not contact.is_guest
    assert contact.app_joined_at is not None
    [run] = await texting.rows("SELECT state FROM bot_run WHERE practice_id = :practice_id")
    assert "stopped_by_contact" == run.state


async def test_what_the_practice_has_on_file_stays_as_it_is(entry: Entry, world: World, postman: Postman) -> None:
    """Olive joins under another name, and her dog is there to be ticked; a second clinic would be connected in the same way."""
    joined = await join_by_mail(entry, postman, olives_email(world))
    [pixel] = (await entry.home())["pets"]
    connected = await entry.connect(pet_ids=[pixel["id"]], via="link")

    assert (world.olive.id, "Olive Hart", world.family_id) == (
        joined.json()["person"]["id"],
        joined.json()["person"]["name"],
        joined.json()["family"]["id"],
    )
    assert world.thread_id == connected.json()["thread_id"]
    assert [("Pixel", "accepted", "staff")] == await connections(world, world.family_id)


async def test_whoever_shares_a_number_says_who_they_are(entry: Entry, world: World, texting: Texting) -> None:
    """C20: the code is proven first, then the names are shown; nobody else can be chosen."""
    async with texting.desk.database.transaction() as uow:
        for person in (world.omar, world.otto):
            await add_number(uow, texting.practice_id, UUID(person.id), number=OLIVE)
    attempt_id = (await entry.start(number=OLIVE)).json()["attempt_id"]
    code = await texted_code(texting, OLIVE)
    wrong = await entry.verify(attempt_id, f"{(int(code) + 1) % 1_000_000:06d}")
    asked = await entry.verify(attempt_id, code)
    others = [await entry.verify(attempt_id, code, contact_id=person.id) for person in (world.otto, world.kim)]
    omar = await entry.verify(attempt_id, code, contact_id=world.omar.id)

    assert "Omar" not in wrong.text
    assert (409, "choose_contact") == (asked.status_code, asked.json()["code"])
    assert {f"{each.id} {each.name}" for each in (world.olive, world.omar)} == {
        error["message"] for error in asked.json()["errors"]
    }
    assert [409, 409] == [answer.status_code for answer in others]
    assert (201, world.omar.id) == (omar.status_code, omar.json()["person"]["id"])
    assert 401 == (await entry.verify(attempt_id, code, contact_id=world.olive.id)).status_code


async def test_whom_the_practice_keeps_out_of_the_app_is_sent_to_it(entry: Entry, world: World, postman: Postman) -> None:
    email = f"otto-{UUID(world.practice_id).hex}@example.com"
    refused = await join_by_mail(entry, postman, email)

    assert (403, "not_for_the_app") == (refused.status_code, refused.json()["code"])
    assert "Northside Veterinary knows you" in refused.json()["detail"]


async def test_two_who_prove_one_new_address_at_the_same_moment_are_one_family(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman
) -> None:
    email, code = new_email(), await code_of(world)
    entries = [Entry(http, code) for http in browsers[:3]]
    attempts = [(await each.start(email=email)).json()["attempt_id"] for each in entries]
    await postman.letters(email, count=3)
    codes = [sign_up_code(world.product.settings, UUID(attempt)) for attempt in attempts]
    answers = await asyncio.gather(
        *(each.verify(attempt, typed) for each, attempt, typed in zip(entries, attempts, codes, strict=True))
    )

    assert [201] * 3 == [answer.status_code for answer in answers]
    assert 1 == len({answer.json()["family"]["id"] for answer in answers})
    assert 1 == len({answer.json()["person"]["id"] for answer in answers})


async def test_a_code_is_good_once_for_fifteen_minutes_and_five_tries(entry: Entry, postman: Postman) -> None:
    email = new_email()
    attempt_id = (await entry.start(email=email)).json()["attempt_id"]
    code = await mailed_code(postman, email)
    wrong = [(await entry.verify(attempt_id, f"{(int(code) + step) % 1_000_000:06d}")).status_code for step in range(1, 6)]
    late_attempt = (await entry.start(email=email)).json()["attempt_id"]
    late_code = await mailed_code(postman, email, count=2)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=15, seconds=1))

    assert [401] * 5 == wrong
    assert 401 == (await entry.verify(attempt_id, code)).status_code
    assert 401 == (await entry.verify(late_attempt, late_code)).status_code
    assert 401 == (await entry.verify(str(uuid4()), code)).status_code


async def test_nobody_connects_pets_of_others_or_at_other_practices(entry: Entry, world: World) -> None:
    path = f"/join/{entry.code}/pets"
    wish = {"pet_ids": [world.pixel_id]}

    async def ask(name: str, wish: Json) -> int:
        headers = {"Idempotency-Key": str(uuid4())}
        return (await world.callers[name].send("POST", path, wish, headers=headers)).status_code

    assert [422, 404, 404, 404] == [await ask(name, wish) for name in ("kim", "rolf", "nora", "stranger")]
    assert [422, 422, 201] == [await ask("olive", each) for each in ({}, {"new_pets": [{**PET, "born_on": "2999-01-01"}]}, wish)]


async def test_a_connection_that_was_ended_comes_back_by_the_code(entry: Entry, world: World) -> None:
    """AL-18: the clinic hands the code out itself."""
    async with world.product.database.transaction() as uow:
        ended = text("UPDATE connection SET state = 'revoked' WHERE practice_id = :id")
        await uow.execute(ended, {"id": UUID(world.practice_id)})
    headers = {"Idempotency-Key": str(uuid4())}
    wish = {"pet_ids": [world.pixel_id], "via": "qr"}
    answer = await world.olive.send("POST", f"/join/{entry.code}/pets", wish, headers=headers)

    assert world.thread_id == answer.json()["thread_id"]
    assert [("Pixel", "accepted", "qr")] == await connections(world, world.family_id)
