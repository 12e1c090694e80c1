"""An owner invites a vet for one pet; nothing can be written before somebody there accepts."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from pawline.platform import clock
from pawline.sign_in.tests.conftest import Postman
from pawline.vets.invitations import MOST_MAILS
from pawline.vets.tests.conftest import accept, invite, token_in, use
from pawline.vets.tests.scene import end, standing
from tests.world import Json, World

PASSWORD = "nine brown dogs sleep"


async def link_for(world: World, pet_id: str) -> str:
    answer = await invite(world.olive, pet_id)
    assert 201 == answer.status_code, answer.text
    return token_in(answer.json()["link"])


async def state_of(world: World, pet_id: str) -> Json:
    found = (await world.olive.get("/vet-invitations")).json()["invitations"]
    return next(each for each in found if each["pet_id"] == pet_id)


async def words_of(http: httpx.AsyncClient, token: str) -> str:
    answer = await http.post("/vet-invitation", json={"token": token})
    assert 404 == answer.status_code, answer.text
    return answer.json()["detail"]


def founding(token: str, **values: Any) -> Json:
    place = {"practice": "Lakeside Vets", "clinic": "Pier", "country": "us", "timezone": "America/Chicago"}
    return {"token": token, **place, "name": "Lena Park", "email": "lena@lakeside.example", "password": PASSWORD, **values}


async def test_a_practice_accepts_by_mail_and_the_owner_writes_there(
    world: World, postman: Postman, browser: httpx.AsyncClient, biscuit: str
) -> None:
    """AL-12, AL-13, AL-15, AL-16: the vet reads who asks about which animal; until then the server takes no message."""
    email = f"vet-{uuid4().hex}@riverside.example"
    invited = (await invite(world.olive, biscuit, email=email.upper())).json()
    token = token_in((await postman.letters(email))[0].mail.text)
    place = (await browser.post("/vet-invitation", json={"token": token})).json()
    before = await world.olive.get("/session/owner/others")
    accepted = await accept(world.rita, token, world.riverside_clinic_id)
    [riverside] = (await world.olive.get("/session/owner/others")).json()["practices"]
    [pet] = riverside["home"]["pets"]
    switched = await world.olive.send("POST", "/session/owner/switch", {"contact_id": riverside["contact_id"]})
    use(world.olive, switched.json())
    await world.olive.send("POST", "/app-terms", {"version": (await world.olive.get("/app-terms")).json()["version"]})
    await world.olive.post_text(accepted.json()["thread_id"], "Hello Riverside", pet_ids=[pet["id"]])

    assert (email, None, "invited") == (invited["email"], invited["link"], invited["state"])
    assert ("Olive Hart", "Biscuit", "dog", "Beagle") == tuple(
        place[name] for name in ("invited_by", "pet_name", "species", "breed")
    )
    assert "Northside" not in str(place)
    assert [] == before.json()["practices"]
    assert 201 == accepted.status_code, accepted.text
    assert ("Biscuit", "accepted") == (pet["name"], pet["threads"][0]["state"])
    assert "Hello Riverside" in (await world.rita.get(f"/threads/{accepted.json()['thread_id']}")).text


async def test_a_vet_new_to_pawline_starts_a_practice_with_the_link(
    world: World, browser: httpx.AsyncClient, biscuit: str
) -> None:
    """AL-14, AL-15: one link makes one practice, however often it is pressed."""
    token = await link_for(world, biscuit)
    weak = await browser.post("/vet-invitation/practice", json=founding(token, password="short"))
    nowhere = await browser.post("/vet-invitation/practice", json=founding(token, timezone="Moon/Base"))
    answers = await asyncio.gather(*(browser.post("/vet-invitation/practice", json=founding(token)) for _ in range(3)))
    [started] = [answer for answer in answers if answer.status_code == 201]
    [lakeside] = (await world.olive.get("/session/owner/others")).json()["practices"]
    invitation = await state_of(world, biscuit)
    signed_in = await browser.post("/session/staff", json={"email": "lena@lakeside.example", "password": PASSWORD})

    assert [422, 422] == [weak.status_code, nowhere.status_code]
    assert [201, 404, 404] == sorted(answer.status_code for answer in answers)
    assert ("practice_owner", "Lakeside Vets") == (started.json()["person"]["role"], started.json()["practice"]["name"])
    assert ("Lakeside Vets", ["Biscuit"]) == (
        lakeside["practice_name"],
        [pet["name"] for pet in lakeside["home"]["pets"]],
    )
    assert ("accepted", "Lakeside Vets") == (invitation["state"], invitation["accepted_by"])
    assert 201 == signed_in.status_code


async def test_each_link_that_does_not_work_says_why(world: World, browser: httpx.AsyncClient, biscuit: str) -> None:
    """AL-17, AL-21: forged, declined, withdrawn, used and expired, each in its own words; and nobody is connected."""
    declined = await link_for(world, biscuit)
    said_no = [(await browser.post("/vet-invitation/decline", json={"token": declined})).status_code for _ in range(2)]
    states = [(await state_of(world, biscuit))["state"]]
    withdrawn = await invite(world.olive, biscuit)
    twice = await invite(world.olive, biscuit)
    path = f"/vet-invitations/{withdrawn.json()['id']}"
    strangers = [(await world.callers[name].send("DELETE", path)).status_code for name in ("kim", "rolf", "nora", "stranger")]
    await world.omar.send("DELETE", path)
    states.append((await state_of(world, biscuit))["state"])
    used = await link_for(world, biscuit)
    await accept(world.rita, used, world.riverside_clinic_id)
    states.append((await state_of(world, biscuit))["state"])
    expired = await link_for(world, world.pixel_id)
    words = [await words_of(browser, token) for token in ("0" * 64, declined, token_in(withdrawn.json()["link"]), used)]
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(days=30, seconds=1))
    words.append(await words_of(browser, expired))
    clock.set_clock(None)

    assert [204, 404] == said_no
    assert 409 == twice.status_code
    assert [404] * 4 == strangers
    assert ["declined", "revoked", "accepted"] == states
    assert [
        "This link is not complete, or it is not an invitation of ours. Open it again from where you got it.",
        "This invitation was declined. If that was a mistake, ask Olive Hart for a new one.",
        "Olive Hart has withdrawn this invitation.",
        "This invitation was accepted already. If that was you, sign in: the pet is among your families.",
        "This invitation has expired. Ask Olive Hart for a new one.",
    ] == words


async def test_accepting_takes_a_clinic_of_ones_own_and_the_role_for_it(world: World, biscuit: str) -> None:
    """AL-16: nobody accepts for a clinic at which they do not work."""
    token = await link_for(world, biscuit)
    at_others = [await accept(world.rita, token, world.clinic_id), await accept(world.hal, token, world.clinic_id)]
    too_low = await accept(world.toby, token, world.clinic_id)
    owner = await accept(world.olive, token, world.clinic_id)
    here = await accept(world.nora, token, world.clinic_id)
    home = (await world.olive.get("/pets")).json()

    assert [404, 404, 403, 404] == [answer.status_code for answer in (*at_others, too_low, owner)]
    assert (201, world.family_id) == (here.status_code, here.json()["family_id"])
    assert {"Pixel", "Biscuit"} == {pet["name"] for pet in home["pets"] if pet["threads"][0]["state"] == "accepted"}


async def test_an_old_invitation_does_not_undo_that_the_family_ended_it(world: World) -> None:
    """AL-17: for that clinic it is withdrawn; another one may still accept it, and so may this one if it is sent anew."""
    token = await link_for(world, world.pixel_id)
    ended = [await end(who, world) for who in (world.olive, world.nora)]
    late = await accept(world.nora, token, world.clinic_id)
    stands = await standing(world.nora, world)
    elsewhere = await accept(world.hal, token, world.other_clinic_id)
    anew = await accept(world.nora, await link_for(world, world.pixel_id), world.clinic_id)

    assert [204, 204] == [answer.status_code for answer in ended]
    assert (404, "Olive Hart has withdrawn this invitation.") == (late.status_code, late.json()["detail"])
    assert ("revoked", "Olive Hart") == (stands["state"], stands["ended_by"])
    assert (201, 201) == (elsewhere.status_code, anew.status_code)


async def test_what_the_team_ended_is_begun_anew_by_an_invitation(world: World) -> None:
    """AL-16, AL-17: only the family's own end speaks against what the family has sent."""
    token = await link_for(world, world.pixel_id)
    await end(world.nora, world)

    assert 201 == (await accept(world.nora, token, world.clinic_id)).status_code


async def test_an_address_on_file_opens_nobody_elses_family(world: World, biscuit: str) -> None:
    """Rolf's address, which Northside noted for Olive by mistake or on her word, does not make her Rolf at Riverside."""
    rolf = (await world.rita.get(f"/contacts/{world.rolf.id}")).json()
    changed = await world.nora.send("PATCH", f"/contacts/{world.olive.id}", {"email": rolf["email"]})
    accepted = await accept(world.rita, await link_for(world, biscuit), world.riverside_clinic_id)
    [riverside] = (await world.olive.get("/session/owner/others")).json()["practices"]

    assert 200 == changed.status_code, changed.text
    assert 201 == accepted.status_code
    assert world.rolf.id != riverside["contact_id"]
    assert ["Biscuit"] == [pet["name"] for pet in riverside["home"]["pets"]]


async def test_who_reads_spanish_invites_in_spanish_and_in_english(world: World, postman: Postman, biscuit: str) -> None:
    """Nobody knows yet what the vet reads."""
    await world.olive.send("GET", "/session", headers={"X-Pawline-Version": "1", "Accept-Language": "es"})
    email = f"vet-{uuid4().hex}@riverside.example"
    await invite(world.olive, biscuit, email=email)
    mail = (await postman.letters(email))[0].mail

    assert "Olive Hart le pide que se conecte por Biscuit / asks you to connect about Biscuit" == mail.subject
    assert "Abra este enlace para ver la invitación" in mail.text
    assert "Open this link to see the invitation" in mail.text


async def test_a_mail_is_sent_again_only_so_often(world: World, postman: Postman, biscuit: str) -> None:
    email = f"vet-{uuid4().hex}@riverside.example"
    invitation_id = (await invite(world.olive, biscuit, email=email)).json()["id"]
    path = f"/vet-invitations/{invitation_id}/send-again"
    strangers = [(await world.callers[name].send("POST", path)).status_code for name in ("kim", "rolf", "nora")]
    again = [(await world.olive.send("POST", path)).status_code for _ in range(MOST_MAILS)]
    letters = await postman.letters(email, count=MOST_MAILS)

    assert [404] * 3 == strangers
    assert [202] * (MOST_MAILS - 1) + [409] == again
    assert 1 == len({token_in(letter.mail.text) for letter in letters})
    assert not (await state_of(world, biscuit))["can_send_again"]
