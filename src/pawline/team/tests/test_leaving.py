"""Ending somebody's access, and letting them back in."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from pawline.inbox.tests.test_handing_off import act, begin, lines, open_one
from pawline.platform.realtime import CLOSE_SIGNED_OUT
from pawline.reach.tests.scene import grants, hand_over
from pawline.schedule.tests.scene import book, day, in_days
from pawline.sign_in.staff import issue_password_link
from pawline.team.tests.scene import change, end_access, let_back_in, may_sign_in, member
from tests.texting_scene import OLIVE, Texting, set_texting
from tests.world import TLS, Caller, Json, World


async def rows(world: World, statement: str, **values: Any) -> list[Any]:
    async with world.product.database.transaction() as uow:
        return list((await uow.execute(text(statement), {"practice_id": UUID(world.practice_id), **values})).all())


async def write_text(texting: Texting, who: Caller, body: str) -> Json:
    """In Olive's text conversation; the carrier does not get it in these tests."""
    conversation = await texting.conversation_of(OLIVE)
    thread_id = (await texting.thread_of(OLIVE))["thread_id"]
    return await who.post_text(thread_id, body, text_conversation_id=conversation["id"])


async def delivery(texting: Texting, message: Json) -> Json:
    messages = (await texting.world.vane.thread(texting.world.thread_id))["messages"]
    [found] = [each["delivery"] for each in messages if each["id"] == message["id"]]
    return found


async def test_an_open_screen_is_signed_out_and_every_way_in_is_shut(world: World) -> None:
    """PPB-35, I10: session, socket, password link and browser to be told; the name stays on what they wrote."""
    await world.nora.post_text(world.thread_id, "Pixel may come")
    endpoint = {"endpoint": f"https://push.example.org/{uuid4().hex}", "keys": _KEYS}
    assert 200 == (await world.nora.send("PUT", "/team-browser", endpoint)).status_code
    async with world.product.database.transaction() as uow:
        settings, ids = world.product.settings, {"practice_id": UUID(world.practice_id), "staff_id": UUID(world.nora.id)}
        url = await issue_password_link(uow, settings, **ids)
    async with world.nora.live() as screen:
        left = await end_access(world, world.nora, by=world.ada)
        await screen.next("signed_out")
        await asyncio.wait_for(screen.connection.wait_closed(), 30)
    link = {"token": url.partition("#token=")[2], "password": "nine brown dogs sleep"}
    async with httpx.AsyncClient(base_url=world.product.api, verify=TLS) as browser:
        tried = (await browser.post("/session/password", json=link)).status_code
    statuses = [(await world.nora.get(path)).status_code for path in ("/inbox", f"/threads/{world.thread_id}")]

    assert CLOSE_SIGNED_OUT == screen.connection.close_code
    assert left["left_at"] is not None
    assert [404, 404] == statuses
    assert 401 == tried
    assert [] == await rows(
        world,
        "SELECT s.id FROM push_subscription s JOIN login_session l ON l.id = s.session_id "
        "WHERE s.practice_id = :practice_id AND l.person_id = :id",
        id=UUID(world.nora.id),
    )
    assert "Nora Ames" in [each["author_name"] for each in (await world.vane.thread(world.thread_id))["messages"]]
    assert 404 == (await world.ada.send("POST", f"/team/{world.nora.id}/password-link")).status_code


async def test_conversations_go_back_to_the_queue_and_grants_end(world: World) -> None:
    """PA-20, C16, V2P+9: the team reads why, and nothing more can be handed to whoever left."""
    seen = await begin(world)
    await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.toby.id)
    await hand_over(world)
    appointment = await book(world, staff_id=world.toby.id, on_date=in_days(0), at="12:00")
    await end_access(world, world.toby, by=world.ada)
    found = await open_one(world.nora, world.thread_id)
    body = {"seen_revision": found["revision"], "staff_id": world.toby.id}
    path = f"/threads/{world.thread_id}/conversations/{found['id']}/hand-off"
    refused = await world.nora.send("POST", path, body, headers={"Idempotency-Key": str(uuid4())})

    assert found["assignment"]["staff_id"] is None
    assert "Toby Reyes no longer works here, so this conversation is back in the queue" in await lines(
        world.nora, world.thread_id
    )
    assert all(each["ended_at"] for each in await grants(world))
    assert 422 == refused.status_code
    assert appointment["id"] in [each["id"] for each in (await day(world))["appointments"]]


async def test_a_hand_off_at_that_very_moment_leaves_no_conversation_with_nobody(world: World) -> None:
    """PA-20: whichever of the two comes first."""
    seen = await begin(world)
    path = f"/threads/{world.thread_id}/conversations/{seen['id']}/hand-off"
    body = {"seen_revision": seen["revision"], "staff_id": world.vane.id}
    headers = {"Idempotency-Key": str(uuid4())}
    handed, ended = await asyncio.gather(
        world.nora.send("POST", path, body, headers=headers),
        world.helen.send("POST", f"/team/{world.vane.id}/end-access"),
    )
    if ended.status_code == 409:  # it came between, and says so
        await end_access(world, world.vane)
    assignment = (await open_one(world.nora, world.thread_id))["assignment"]

    assert handed.status_code in (200, 422), handed.text
    assert assignment is None or assignment["staff_id"] is None


async def test_texts_that_wait_are_held_until_a_colleague_sends_them(world: World) -> None:
    """Nobody sends in the name of somebody who has left; what the carrier has is not touched."""
    texting = await set_texting(world)
    await texting.receive("Is she awake?", from_=OLIVE)
    at_the_carrier, waiting = [await write_text(texting, world.nora, body) for body in ("She is", "You can come at four")]
    colleagues = await write_text(texting, world.vane, "Bring her blanket")
    await rows(
        world,
        "UPDATE delivery SET state = 'attempting', leased_until = now() + interval '1 minute' "
        "WHERE practice_id = :practice_id AND message_id = :id RETURNING id",
        id=UUID(at_the_carrier["id"]),
    )
    await end_access(world, world.nora)
    held = await delivery(texting, waiting)
    others = [(await delivery(texting, each))["state"] for each in (at_the_carrier, colleagues)]
    path = f"/threads/{world.thread_id}/messages/{waiting['id']}/try-again"
    sent = await world.vane.send("POST", path)

    assert ("held", "author_left", True) == (held["state"], held["reason"], held["can_try_again"])
    assert "Held when Nora Ames's access ended. Send it again if it still holds." == held["words"]
    assert ["sending", "queued"] == others
    assert 204 == sent.status_code, sent.text
    assert "queued" == (await delivery(texting, waiting))["state"]


async def test_somebody_who_comes_back_is_the_same_person_and_chooses_a_new_password(world: World) -> None:
    """PPB-35: with the role they had, or one that a practice owner gives them; sessions of before stay ended."""
    await may_sign_in(world, world.nora)
    await end_access(world, world.nora, by=world.ada)
    former = (await world.ada.get("/team")).json()["former"]
    other_role = await world.ada.send("POST", f"/team/{world.nora.id}/let-back-in", {"role": "basic"})
    back = await let_back_in(world, world.nora, by=world.ada)
    again = await let_back_in(world, world.nora, by=world.ada)
    mails = "SELECT args FROM procrastinate_jobs WHERE task_name = 'send_password_mail' AND args->>'practice_id' = :id"
    jobs = await rows(world, mails, id=world.practice_id)

    assert [world.nora.id] == [each["id"] for each in former]
    assert 403 == other_role.status_code
    assert (world.nora.id, "senior", [world.clinic_id]) == (back["id"], back["role"], back["clinic_ids"])
    assert (False, None) == (back["has_password"], back["left_at"])
    assert back == again
    assert back["invited_until"] is not None
    assert 1 == len(jobs)
    assert 404 == (await world.nora.get("/inbox")).status_code
    assert (await member(world, world.nora))["left_at"] is None


async def test_who_may_end_whose_access(world: World) -> None:
    """PPB-35: not of somebody above oneself, not one's own, not of another practice."""
    tries = [("ada", "helen"), ("nora", "toby"), ("ada", "ada"), ("helen", "helen"), ("rita", "nora"), ("olive", "nora")]
    answers = [await world.callers[by].send("POST", f"/team/{world.callers[who].id}/end-access") for by, who in tries]
    left = await end_access(world, world.nora)

    assert [403, 403, 403, 403, 404, 404] == [answer.status_code for answer in answers]
    assert left == await end_access(world, world.nora)


async def test_an_administrator_decides_only_on_those_of_their_own_clinics(world: World) -> None:
    """2.6: neither ends the access of who works elsewhere too, nor puts anybody back where they do not work themselves."""
    await change(world, world.vane, clinic_ids=[world.clinic_id, world.other_clinic_id])
    ended = [await world.ada.send("POST", f"/team/{who.id}/end-access") for who in (world.hal, world.vane)]
    await end_access(world, world.hal)
    returned = await world.ada.send("POST", f"/team/{world.hal.id}/let-back-in", {})
    await change(world, world.ada, clinic_ids=[world.clinic_id, world.other_clinic_id])
    back = await let_back_in(world, world.hal, by=world.ada)

    assert [403, 403, 403] == [answer.status_code for answer in (*ended, returned)]
    assert "Hal Ortiz's clinics are not all yours. Ask a practice owner." == returned.json()["detail"]
    assert [world.other_clinic_id] == back["clinic_ids"]


async def test_whoever_comes_back_is_on_duty(world: World) -> None:
    """A time off duty without end would silence their new browsers, and nobody would know why."""
    assert 200 == (await world.nora.send("PUT", "/duty", {"is_off": True})).status_code
    await end_access(world, world.nora)
    await let_back_in(world, world.nora)
    off = "SELECT staff_id FROM off_duty WHERE practice_id = :practice_id AND staff_id = :id"

    assert [] == await rows(world, off, id=UUID(world.nora.id))


async def test_an_address_of_somebody_who_left_is_not_invited_anew(world: World) -> None:
    email = (await member(world, world.nora))["email"]
    await end_access(world, world.nora)
    body = {"name": "Nora Ames", "email": email.upper(), "role": "senior", "clinic_ids": [world.clinic_id]}
    answer = await world.ada.send("POST", "/team", body, headers={"Idempotency-Key": str(uuid4())})

    assert 409 == answer.status_code
    assert "Nora Ames used to work here" in answer.json()["detail"]


_KEYS = {
    "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
    "auth": "tBHItJI5svbpez7KI4CCXg",
}
