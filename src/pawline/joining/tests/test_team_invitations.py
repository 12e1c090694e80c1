"""The team invites somebody of a family to the app."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from pawline.joining.invitations import MOST_A_DAY
from pawline.joining.tests.test_invitations import contacts, email, mailed_token, words_of
from pawline.platform import clock
from pawline.sign_in.tests.conftest import Postman, olives_email
from tests.world import Caller, Json, World

__all__ = ["email"]


async def invite(caller: Caller, family_id: str, **values: Any) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4())}
    return await caller.send("POST", f"/families/{family_id}/invitations", values, headers=headers)


async def listed(caller: Caller, family_id: str) -> Json:
    answer = await caller.get(f"/families/{family_id}/invitations")
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def accept(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/invitation/accept", json={"token": token})


async def let_expire(world: World, invitation_id: str, *, is_over: bool) -> None:
    statement = text("UPDATE family_invitation SET expires_at = :at WHERE practice_id = :practice_id AND id = :id")
    at = clock.now() + timedelta(days=-1 if is_over else 14)
    async with world.product.database.transaction() as uow:
        await uow.execute(statement, {"practice_id": UUID(world.practice_id), "id": UUID(invitation_id), "at": at})


async def test_a_contact_is_invited_as_who_they_are(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    """By the e-mail that the team typed, which is on file from then on. Who invited stays known."""
    invited = (await invite(world.nora, world.family_id, email=email.upper(), contact_id=world.omar.id)).json()
    before = await listed(world.vane, world.family_id)
    place = (await browsers[0].post("/invitation", json={"token": await mailed_token(postman, email)})).json()
    joined = await accept(browsers[0], await mailed_token(postman, email))
    after = await listed(world.nora, world.family_id)
    again = await invite(world.nora, world.family_id, email=email, contact_id=world.omar.id)

    assert [invited] == before["invitations"]
    assert (world.omar.id, "Omar Hart", email, "Nora Ames") == tuple(
        invited[name] for name in ("contact_id", "name", "email", "invited_by")
    )
    assert {world.olive.id, world.omar.id} == set(before["not_in_app"])
    assert ("Nora Ames", "Omar Hart", True) == tuple(place[name] for name in ("invited_by", "name", "is_proven"))
    assert world.omar.id == joined.json()["person"]["id"]
    assert {"invitations": [], "not_in_app": [world.olive.id]} == after
    assert (409, "Omar Hart uses the app already.") == (again.status_code, again.json()["detail"])
    assert email in [contact["email"] for contact in (await world.nora.thread(world.thread_id))["family"]["contacts"]]


async def test_a_contact_who_was_never_in_the_app_is_invited_in_the_language_of_the_family(
    world: World, postman: Postman, email: str
) -> None:
    reads_spanish = text("UPDATE contact SET language = 'es', app_joined_at = now() WHERE practice_id = :of AND id = :id")
    async with world.product.database.transaction() as uow:
        await uow.execute(reads_spanish, {"of": UUID(world.practice_id), "id": UUID(world.olive.id)})
    await invite(world.nora, world.family_id, email=email, contact_id=world.omar.id)

    assert "Nora Ames le invita a Northside Veterinary" == (await postman.letters(email))[0].mail.subject


async def test_somebody_new_to_the_family_is_added_by_it(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    nameless = await invite(world.nora, world.family_id, email=email)
    await invite(world.nora, world.family_id, email=email, name="June Hart")
    joined = await accept(browsers[0], await mailed_token(postman, email))

    assert 422 == nameless.status_code
    assert ("June Hart", world.family_id) == (joined.json()["person"]["name"], joined.json()["family"]["id"])
    assert ("June Hart", "secondary") in await contacts(world)


async def test_a_newer_invitation_takes_the_place_of_the_old_one(
    browsers: list[httpx.AsyncClient], world: World, postman: Postman, email: str
) -> None:
    """Withdrawn and expired ones lead nowhere, in words that name whom to ask."""
    other = f"second-{email}"
    await invite(world.nora, world.family_id, email=email, contact_id=world.omar.id)
    older_token = await mailed_token(postman, email)  # what is withdrawn before its mail has left gets none
    newer = (await invite(world.vane, world.family_id, email=other, contact_id=world.omar.id)).json()
    tokens = [older_token, await mailed_token(postman, other)]
    replaced = await words_of(browsers[0], tokens[0])
    pending = (await listed(world.nora, world.family_id))["invitations"]
    await let_expire(world, newer["id"], is_over=True)
    expired, over = await words_of(browsers[0], tokens[1]), (await listed(world.nora, world.family_id))["invitations"]
    await let_expire(world, newer["id"], is_over=False)
    path = f"/families/{world.family_id}/invitations/{newer['id']}"
    withdrawn = [(await world.nora.send("DELETE", path)).status_code for _ in range(2)]

    assert "This invitation was withdrawn. Ask Nora Ames if you think it should not have been." == replaced
    assert "This invitation has expired. Ask Dr Sam Vane for a new one." == expired
    assert ([newer["id"]], []) == ([each["id"] for each in pending], over)
    assert [204, 404] == withdrawn
    assert "withdrawn" in await words_of(browsers[0], tokens[1])


async def test_who_cannot_be_invited_is_refused_in_words(world: World, email: str) -> None:
    kims = f"kim-{world.practice_id.replace('-', '')}@example.com"
    by_email = await invite(world.nora, world.family_id, email=olives_email(world), name="Somebody")
    refusals = [
        await invite(world.nora, world.family_id, email=email, contact_id=world.otto.id),
        await invite(world.nora, world.family_id, email=kims, name="Kim Sato"),
    ]
    elsewhere = await invite(world.nora, world.family_id, email=email, contact_id=world.kim.id)
    many = [(await invite(world.nora, world.family_id, email=email, name="June")).status_code for _ in range(MOST_A_DAY)]

    assert (201, world.olive.id) == (by_email.status_code, by_email.json()["contact_id"])
    assert [409, 409] == [answer.status_code for answer in refusals]
    assert ["is not meant to use the app", "belongs to another family"] == [
        words for answer, words in zip(refusals, ("is not meant to use the app", "belongs to another family"), strict=True)
        if words in answer.json()["detail"]
    ]  # fmt: skip
    assert 404 == elsewhere.status_code
    assert [201] * (MOST_A_DAY - 1) + [409] == many


@pytest.mark.parametrize("name", ["hal", "toby", "rita", "olive", "kim", "rolf", "stranger"])
async def test_outsiders_neither_see_nor_send_nor_withdraw(world: World, email: str, name: str) -> None:
    """Hal works at the other clinic, Toby's role is too low, Rita is Riverside's: as for a family that never was."""
    pending = (await invite(world.nora, world.family_id, email=email, name="June Hart")).json()
    outsider = world.callers[name]
    answers = [
        [
            await outsider.get(f"/families/{family_id}/invitations"),
            await invite(outsider, family_id, email=email, name="June Hart"),
            await outsider.send("DELETE", f"/families/{family_id}/invitations/{invitation_id}"),
        ]
        for family_id, invitation_id in ((world.family_id, pending["id"]), (str(uuid4()), str(uuid4())))
    ]

    assert {403 if name == "toby" else 404} == {answer.status_code for answer in answers[0]}
    assert [answer.text for answer in answers[1]] == [answer.text for answer in answers[0]]
    assert [pending] == (await listed(world.nora, world.family_id))["invitations"]
