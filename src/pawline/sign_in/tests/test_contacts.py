import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from pawline.platform import clock
from pawline.sign_in.contacts import MOST_TRIES
from pawline.sign_in.lockout import MOST_BY_ACCOUNT, MOST_BY_ADDRESS
from pawline.sign_in.tests.conftest import Letter, Postman, ask_for_code, olives_email
from tests.world import TLS, World


async def use_code(browser: httpx.AsyncClient, attempt_id: str, code: str) -> httpx.Response:
    return await browser.post("/session/owner/verify", json={"attempt_id": attempt_id, "code": code})


async def use_link(browser: httpx.AsyncClient, token: str) -> httpx.Response:
    return await browser.post("/session/owner/link", json={"token": token})


async def olives_letter(browser: httpx.AsyncClient, world: World, postman: Postman) -> tuple[str, Letter]:
    attempt_id = await ask_for_code(browser, olives_email(world).upper())
    return attempt_id, (await postman.letters(olives_email(world)))[0]


async def olives_language(world: World) -> str:
    async with world.product.database.transaction() as uow:
        found = await uow.execute(text("SELECT language FROM contact WHERE id = :id"), {"id": UUID(world.olive.id)})
        return found.scalar_one()


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def test_the_mailed_code_signs_in_once(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    answers = await asyncio.gather(*(use_code(browser, attempt_id, f" {letter.code} ") for _ in range(4)))
    session = (await browser.get("/session")).json()

    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in answers)
    assert (world.olive.id, "contact", world.family_id) == (
        session["person"]["id"],
        session["person"]["kind"],
        session["family"]["id"],
    )
    assert 401 == (await use_link(browser, letter.token)).status_code


async def test_the_mailed_link_signs_in_once(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    answers = await asyncio.gather(*(use_link(browser, letter.token) for _ in range(4)))

    assert [201, 401, 401, 401] == sorted(answer.status_code for answer in answers)
    assert 401 == (await use_code(browser, attempt_id, letter.code)).status_code


async def test_who_asks_in_spanish_is_written_to_in_spanish(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    """The code as much as whatever is mailed later, for the language is kept from the moment of the sign-in."""
    browser.headers["Accept-Language"] = "es-ES,es;q=0.9,en;q=0.8"
    attempt_id, letter = await olives_letter(browser, world, postman)
    before = await olives_language(world)
    assert 201 == (await use_code(browser, attempt_id, letter.code)).status_code

    assert "Inicie sesión en Northside Veterinary" == letter.mail.subject
    assert "su código para iniciar sesión" in letter.mail.text
    assert letter.token  # the link stands in it as well
    assert ("en", "es") == (before, await olives_language(world))


async def test_looking_at_the_link_does_not_use_it_up(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    """Mail programs open links to check them; only a button's POST signs in."""
    _, letter = await olives_letter(browser, world, postman)
    async with httpx.AsyncClient(verify=TLS) as program:
        assert 200 == (await program.get(letter.link)).status_code
        assert not program.cookies
    assert 405 == (await browser.get("/session/owner/link", params={"token": letter.token})).status_code

    assert 201 == (await use_link(browser, letter.token)).status_code


async def test_code_and_link_last_fifteen_minutes(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=15, seconds=1))

    assert 401 == (await use_code(browser, attempt_id, letter.code)).status_code
    assert 401 == (await use_link(browser, letter.token)).status_code


async def test_a_code_is_bound_to_its_attempt(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    other_attempt = await ask_for_code(browser, olives_email(world))
    newer = (await postman.letters(olives_email(world), count=2))[0]

    assert 401 == (await use_code(browser, other_attempt, letter.code)).status_code
    assert 401 == (await use_code(browser, str(uuid4()), letter.code)).status_code
    assert letter.code != newer.code
    assert 201 == (await use_code(browser, attempt_id, letter.code)).status_code


async def test_after_five_wrong_codes_the_right_one_is_refused(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    wrong = await asyncio.gather(*(use_code(browser, attempt_id, another(letter.code)) for _ in range(MOST_TRIES)))

    assert {401} == {answer.status_code for answer in wrong}
    assert 401 == (await use_code(browser, attempt_id, letter.code)).status_code


async def test_four_wrong_codes_are_forgiven(browser: httpx.AsyncClient, world: World, postman: Postman) -> None:
    attempt_id, letter = await olives_letter(browser, world, postman)
    for code in (another(letter.code), "", "000000000000", letter.code[:-1]):
        assert 401 == (await use_code(browser, attempt_id, code)).status_code

    assert 201 == (await use_code(browser, attempt_id, letter.code)).status_code


async def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    """Otto of the family has no app of his own; his address is answered like one that nobody has."""
    ottos, nobodys = f"otto-{UUID(world.practice_id).hex}@example.com", f"{uuid4().hex}@example.com"
    answers = [
        await browser.post("/session/owner/code", json={"email": email}) for email in (ottos, nobodys, olives_email(world))
    ]
    await postman.letters(olives_email(world))

    assert {202} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text.replace(answer.json()["attempt_id"], "") for answer in answers})
    assert [[], []] == [postman.letters_to(email) for email in (ottos, nobodys)]


async def test_one_address_at_two_practices_gets_a_code_of_each(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    email = olives_email(world)
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE contact SET email = :email WHERE id = :id"), {"email": email, "id": UUID(world.rolf.id)})
    attempt_id = await ask_for_code(browser, email)
    letters = {letter.mail.subject: letter for letter in await postman.letters(email, count=2)}

    assert {"Sign in to Northside Veterinary", "Sign in to Riverside Vets"} == set(letters)
    at_riverside = await use_code(browser, attempt_id, letters["Sign in to Riverside Vets"].code)
    at_northside = await use_link(browser, letters["Sign in to Northside Veterinary"].token)
    assert [world.rolf.id, world.olive.id] == [answer.json()["person"]["id"] for answer in (at_riverside, at_northside)]


async def test_an_address_is_mailed_a_few_times_only(browser: httpx.AsyncClient, world: World) -> None:
    tries = [await browser.post("/session/owner/code", json={"email": olives_email(world)}) for _ in range(MOST_BY_ACCOUNT + 1)]

    assert [202] * MOST_BY_ACCOUNT + [429] == [answer.status_code for answer in tries]
    assert int(tries[-1].headers["Retry-After"]) > 0


async def test_one_computer_cannot_try_many_accounts(browser: httpx.AsyncClient, world: World) -> None:
    tries = [await use_code(browser, str(uuid4()), "123456") for _ in range(MOST_BY_ADDRESS + 2)]

    assert [401] * MOST_BY_ADDRESS + [429] * 2 == [answer.status_code for answer in tries]


async def test_links_come_from_the_settings_whatever_the_request_says(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    headers = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    response = await browser.post("/session/owner/code", json={"email": olives_email(world)}, headers=headers)
    letter = (await postman.letters(olives_email(world)))[0]

    assert 202 == response.status_code
    assert letter.link.startswith(f"{world.product.url}/owner/sign-in#token=")
    assert "evil" not in letter.mail.text
    assert letter.code not in letter.mail.subject


async def test_the_first_sign_in_is_when_a_contact_joined_the_app(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    async def joined_at() -> object:
        async with world.product.database.transaction() as uow:
            query = text("SELECT app_joined_at FROM contact WHERE practice_id = :practice_id AND id = :id")
            return (await uow.execute(query, {"practice_id": world.practice_id, "id": world.olive.id})).scalar_one()

    before = await joined_at()
    attempt_id, letter = await olives_letter(browser, world, postman)
    await use_code(browser, attempt_id, letter.code)
    first = await joined_at()
    _, letter = await olives_letter(browser, world, postman)
    await use_link(browser, letter.token)

    assert before is None
    assert first is not None
    assert first == await joined_at()


async def test_signing_in_counts_against_nobody_else_at_the_address(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    """By code and by link: twenty owners in the waiting room once locked out the twenty-first, and the team."""
    failures = text("SELECT count(*) FROM sign_in_failure")
    email, left = olives_email(world), list[int]()
    for use in (use_code, use_link):
        attempt_id = await ask_for_code(browser, email)
        letter = (await postman.letters(email))[0]
        postman.throw_away()
        given = (attempt_id, letter.code) if use is use_code else (letter.token,)
        assert 201 == (await use(browser, *given)).status_code
        async with world.product.database.transaction() as uow:
            left.append((await uow.execute(failures)).scalar_one())

    assert [1, 2] == left  # what stays is how often a code was asked for by e-mail address
