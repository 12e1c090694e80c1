"""A staff member's e-mail address becomes another one: once it was confirmed from there, and for nobody who may not."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from pawline.platform import clock
from pawline.sign_in.tests.conftest import (
    PASSWORD,
    Letter,
    Member,
    Postman,
    add_member,
    browser,
    member,
    newcomer,
    no_tries_yet,
    post_office,
    postman,
    quick_passwords,
)
from pawline.team.addresses import ADDRESS_LINK_LASTS
from pawline.team.sweeping import KEPT_FOR, sweep_team
from pawline.team.tests.scene import end_access
from tests.world import Caller, Json, World

__all__ = ["browser", "member", "newcomer", "no_tries_yet", "post_office", "postman", "quick_passwords"]


def new_address() -> str:
    return f"nia-{uuid4().hex}@northside.example"


async def ask(by: Caller, staff_id: UUID, email: str) -> httpx.Response:
    return await by.send("PUT", f"/team/{staff_id}/address", {"email": email})


async def confirm(browser: httpx.AsyncClient, token: str) -> httpx.Response:
    return await browser.post("/staff-address", json={"token": token})


async def sign_in(browser: httpx.AsyncClient, email: str) -> httpx.Response:
    """As somebody in a browser that nobody uses."""
    browser.cookies.clear()
    return await browser.post("/session/staff", json={"email": email, "password": PASSWORD})


async def shown(world: World, staff_id: UUID, *, by: Caller | None = None) -> Json:
    team = (await (by or world.ada).get("/team")).json()
    [found] = [each for each in [*team["staff"], *team["former"]] if each["id"] == str(staff_id)]
    return found


async def own(caller: httpx.AsyncClient, session: Json, method: str, *, body: Json = None, path: str = "") -> httpx.Response:
    headers = {"X-CSRF-Token": session["csrf_token"], "X-Pawline-App": "staff"}
    return await caller.request(method, f"/own-profile{path}", json=body, headers=headers)


async def test_an_administrator_changes_an_address_which_counts_once_confirmed(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    """PPB-35: until then the old one counts and the new one waits, seen by whoever manages the team; the old one is told."""
    signed_in = await sign_in(browser, member.email)
    email = new_address()
    asked = await ask(world.ada, member.id, email.upper())
    [letter] = await postman.letters(email)
    waiting = [await sign_in(browser, each) for each in (email, member.email)]
    still = await shown(world, member.id)
    opened = await browser.get(f"{world.product.url}/staff/address")
    untouched = await shown(world, member.id)
    confirmed = await confirm(browser, letter.token)
    again = await confirm(browser, letter.token)
    [told] = await postman.letters(member.email)
    after = [await sign_in(browser, each) for each in (email, member.email)]
    changed = await shown(world, member.id)

    assert (200, member.email, email) == (asked.status_code, asked.json()["email"], asked.json()["new_email"])
    assert [401, 201] == [answer.status_code for answer in waiting]
    assert still == untouched
    assert (member.email, email) == (still["email"], still["new_email"])
    assert 200 == opened.status_code
    assert (200, {"email": email, "practice_name": "Northside Veterinary"}) == (confirmed.status_code, confirmed.json())
    assert (409, "address_link_gone") == (again.status_code, again.json()["code"])
    assert "Ada" in told.mail.text
    assert email in told.mail.text
    assert [201, 401] == [answer.status_code for answer in after]
    assert (email, None, None) == (changed["email"], changed["new_email"], changed["new_email_until"])
    assert 201 == signed_in.status_code


async def test_sessions_stay_and_links_to_the_old_address_die(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    async with httpx.AsyncClient(base_url=world.product.api, verify=False) as other:  # noqa: S501 - the tests' own certificate
        await sign_in(other, member.email)
        await world.ada.send("POST", f"/team/{member.id}/password-link")
        [password_letter] = await postman.letters(member.email)
        email = new_address()
        await ask(world.ada, member.id, email)
        [letter] = await postman.letters(email)
        await confirm(browser, letter.token)
        session = (await other.get("/session")).json()
    used = await browser.post("/session/password", json={"token": password_letter.token, "password": PASSWORD})

    assert str(member.id) == session["person"]["id"]
    assert 401 == used.status_code


async def test_an_address_that_took_no_mail_once_takes_it_when_confirmed(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    """The link came by e-mail, so the mailbox works again."""
    email = new_address()
    await ask(world.ada, member.id, email)
    [letter] = await postman.letters(email)
    async with world.product.database.transaction() as uow:
        await uow.execute(_REFUSED, {"practice_id": UUID(world.practice_id), "staff_id": member.id, "email": email})
    await confirm(browser, letter.token)

    assert (email, None) == ((found := await shown(world, member.id))["email"], found["mail_refused_at"])


async def test_a_leaver_changes_nobodys_address_any_more(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    email = new_address()
    asked = await ask(world.ada, member.id, email)
    [letter] = await postman.letters(email)
    await end_access(world, world.ada)
    refused = await confirm(browser, letter.token)

    assert (200, 409) == (asked.status_code, refused.status_code)
    assert member.email == (await shown(world, member.id, by=world.helen))["email"]


async def test_whoever_was_invited_is_so_at_the_new_address(
    browser: httpx.AsyncClient, world: World, postman: Postman, newcomer: Member
) -> None:
    """A typing error in an invitation: the link that went astray leads nowhere, and another one goes to them."""
    email = new_address()
    await ask(world.ada, newcomer.id, email)
    [letter] = await postman.letters(email)
    await confirm(browser, letter.token)
    [invitation, _] = await postman.letters(email, count=2)
    astray = await browser.post("/session/password", json={"token": newcomer.link_token, "password": PASSWORD})
    entered = await browser.post("/session/password", json={"token": invitation.token, "password": PASSWORD})

    assert [401, 201] == [astray.status_code, entered.status_code]


async def test_who_may_change_whose_address(world: World, member: Member) -> None:
    """2.6: as who may end whose access, for whoever has the address can choose the password. Oneself only with the password."""
    asked = {
        "above": await ask(world.ada, UUID(world.helen.id), new_address()),
        "oneself": await ask(world.ada, UUID(world.ada.id), new_address()),
        "senior": await ask(world.nora, member.id, new_address()),
        "basic": await ask(world.toby, member.id, new_address()),
        "owner of a pet": await ask(world.olive, member.id, new_address()),
        "another practice": await ask(world.rita, member.id, new_address()),
    }
    await ask(world.helen, member.id, new_address())
    withdrawn = [
        (await by.send("DELETE", f"/team/{member.id}/address")).status_code
        for by in (world.nora, world.toby, world.olive, world.rita, world.ada, world.ada)
    ]

    assert [403, 403, 403, 403, 404, 404] == [answer.status_code for answer in asked.values()]
    assert [403, 403, 404, 404, 200, 200] == withdrawn
    assert (await shown(world, member.id))["new_email"] is None


async def test_addresses_that_cannot_be(world: World, member: Member, newcomer: Member) -> None:
    """What another practice knows of an address nobody learns here: it is a different account there."""
    former = await add_member(world, new_address())
    async with world.product.database.transaction() as uow:
        gone = text("UPDATE staff_member SET left_at = now() WHERE practice_id = :practice_id AND id = :id")
        await uow.execute(gone, {"practice_id": UUID(world.practice_id), "id": former.id})
    of_rita = (await world.rita.get("/own-profile")).json()["email"]
    colleague = await add_member(world, new_address())
    answers = [
        await ask(world.ada, member.id, email)
        for email in ("nia", member.email, colleague.email, former.email, of_rita, new_address())
    ]

    assert [422, 422, 422, 422, 200, 200] == [answer.status_code for answer in answers]
    said = [answer.json()["errors"][0]["message"] for answer in answers[1:4]]
    taken = "is of somebody else who works at your practice, or did; use another one"
    assert ["is the present one already", taken, taken] == said


async def test_an_address_that_somebody_else_gets_meanwhile(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    email = new_address()
    await ask(world.ada, member.id, email)
    [letter] = await postman.letters(email)
    await add_member(world, email)
    refused = await confirm(browser, letter.token)

    assert (422, ["email"]) == (refused.status_code, [error["field"] for error in refused.json()["errors"]])
    assert member.email == (await shown(world, member.id))["email"]


async def test_links_that_lead_nowhere(browser: httpx.AsyncClient, world: World, postman: Postman, member: Member) -> None:
    """Withdrawn, replaced by a later one, too old, of somebody who left, and made up: all alike."""
    emails = [new_address() for _ in range(4)]

    async def letter_for(email: str) -> Letter:
        assert 200 == (await ask(world.ada, member.id, email)).status_code
        return (await postman.letters(email))[0]

    withdrawn = await letter_for(emails[0])
    await world.ada.send("DELETE", f"/team/{member.id}/address")
    replaced, latest = [await letter_for(email) for email in emails[1:3]]
    answers = [await confirm(browser, letter.token) for letter in (withdrawn, replaced)]
    now = clock.now()
    clock.set_clock(lambda: now + ADDRESS_LINK_LASTS + timedelta(seconds=1))
    answers.append(await confirm(browser, latest.token))
    clock.set_clock(None)
    of_leaver = await letter_for(emails[3])
    await end_access(world, Caller(str(member.id), "Nia Bell", "staff", "", world.product), by=world.ada)
    answers += [await confirm(browser, token) for token in (of_leaver.token, "f" * 64, "", "\x00")]

    assert [(409, "address_link_gone")] * 7 == [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert member.email == (await shown(world, member.id))["email"]


async def test_a_link_is_used_once_however_often_it_is_pressed(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    email = new_address()
    await ask(world.ada, member.id, email)
    [letter] = await postman.letters(email)
    answers = await asyncio.gather(*(confirm(browser, letter.token) for _ in range(3)))

    assert [200, 409, 409] == sorted(answer.status_code for answer in answers)


async def test_ones_own_address_takes_ones_password(
    browser: httpx.AsyncClient, world: World, postman: Postman, member: Member
) -> None:
    """An open screen is not enough. What is asked for can be withdrawn, and tried only so often."""
    session = (await sign_in(browser, member.email)).json()
    email = new_address()
    wrong = await own(browser, session, "PUT", body={"email": email, "password": "eight brown dogs"}, path="/address")
    asked = await own(browser, session, "PUT", body={"email": email, "password": PASSWORD}, path="/address")
    [letter] = await postman.letters(email)
    withdrawn = await own(browser, session, "DELETE", path="/address")
    gone = await confirm(browser, letter.token)
    await own(browser, session, "PUT", body={"email": email, "password": PASSWORD}, path="/address")
    [latest, _] = await postman.letters(email, count=2)
    confirmed = await confirm(browser, latest.token)
    profile = await own(browser, session, "GET")
    [told] = await postman.letters(member.email)
    body = {"email": email, "password": "no"}
    tries = [(await own(browser, session, "PUT", body=body, path="/address")).status_code for _ in range(9)]

    assert (422, ["password"]) == (wrong.status_code, [error["field"] for error in wrong.json()["errors"]])
    assert (200, email) == (asked.status_code, asked.json()["new_email"])
    assert (200, None, 409) == (withdrawn.status_code, withdrawn.json()["new_email"], gone.status_code)
    assert (200, email) == (confirmed.status_code, profile.json()["email"])
    assert "You asked for it" in told.mail.text
    assert 429 == tries[-1]


async def test_everybody_corrects_their_own_name_and_title(world: World) -> None:
    """V2P+5: basic staff too; nobody is taken unawares by what an administrator changed at the same moment."""
    before = (await world.toby.get("/own-profile")).json()
    change = {"revision": before["revision"], "name": " Tobias  Reed ", "job_title": "Kennel hand"}
    changed = await world.toby.send("PATCH", "/own-profile", change)
    again = await world.toby.send("PATCH", "/own-profile", change)
    late = await world.toby.send("PATCH", "/own-profile", {**change, "name": "Toby"})
    empty = await world.toby.send("PATCH", "/own-profile", {"revision": changed.json()["revision"], "name": " "})
    more = await world.toby.send("PATCH", "/own-profile", {"revision": changed.json()["revision"], "role": "senior"})
    of_olive = [(await world.olive.get("/own-profile")).status_code, (await world.stranger.get("/own-profile")).status_code]

    assert ("Tobias Reed", "Kennel hand") == (changed.json()["name"], changed.json()["job_title"])
    assert (200, changed.json()) == (again.status_code, again.json())
    assert [(409, "member_changed"), (422, "invalid")] == [(each.status_code, each.json()["code"]) for each in (late, empty)]
    assert 400 <= more.status_code < 500
    assert "Tobias Reed" == (await world.toby.get("/session")).json()["person"]["name"]
    assert [404, 404] == of_olive


async def test_what_nobody_confirmed_is_not_kept_for_ever(world: World, member: Member) -> None:
    await ask(world.ada, member.id, new_address())
    now = clock.now()
    clock.set_clock(lambda: now + ADDRESS_LINK_LASTS + KEPT_FOR + timedelta(seconds=1))
    await sweep_team(world.product.database)
    clock.set_clock(None)

    assert (await shown(world, member.id))["new_email"] is None


_REFUSED = text("INSERT INTO staff_mail_refusal VALUES (:practice_id, :staff_id, :email, now(), 'No such mailbox')")
