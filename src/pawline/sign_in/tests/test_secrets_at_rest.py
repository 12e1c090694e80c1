"""Who reads the database, or a backup of it, gets no secret that opens anything."""

import hashlib
from base64 import b64encode

import httpx
from argon2 import extract_parameters
from argon2.low_level import Type
from sqlalchemy import text

from pawline.sign_in.tests.conftest import PASSWORD, Member, Postman, ask_for_code, olives_email
from tests.product import Product
from tests.world import World


async def all_tables(product: Product) -> str:
    """Every row of every table, as text; binary columns are hexadecimal."""
    async with product.database.transaction() as uow:
        names = await uow.execute(text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"))
        statements = {name: text(f"SELECT t::text FROM {name} t") for name in names.scalars().all()}  # noqa: S608 - quoted names
        tables = {name: (await uow.execute(statement)).scalars().all() for name, statement in statements.items()}
    assert {"login_session", "sign_in_code", "password_link", "staff_member", "procrastinate_jobs", "person"} <= set(tables)
    return "\n".join(row for rows in tables.values() for row in rows)


async def test_no_secret_is_stored_as_it_is(browser: httpx.AsyncClient, world: World, member: Member, postman: Postman) -> None:
    await browser.post("/session/staff", json={"email": member.email, "password": PASSWORD})
    session = browser.cookies["pawline_staff"]
    await ask_for_code(browser, olives_email(world))
    letter = (await postman.letters(olives_email(world)))[0]
    stored = await all_tables(world.product)

    assert hashlib.sha256(session.encode()).hexdigest() in stored
    assert hashlib.sha256(letter.token.encode()).hexdigest() in stored
    for secret in (session, letter.token, member.link_token, PASSWORD):
        for form in (secret, secret.encode().hex(), b64encode(secret.encode()).decode()):
            assert form not in stored


async def test_six_digits_cannot_be_found_by_trying_all_of_them(
    browser: httpx.AsyncClient, world: World, postman: Postman
) -> None:
    attempt_id = await ask_for_code(browser, olives_email(world))
    code = (await postman.letters(olives_email(world)))[0].code
    stored = await all_tables(world.product)

    guesses = (code, f"{attempt_id}{code}", f"{code}{attempt_id}", f"{attempt_id}\x1f{code}")
    assert not any(hashlib.sha256(guess.encode()).hexdigest() in stored for guess in guesses)


async def test_passwords_are_hashed_as_argon2id_with_a_salt(world: World, member: Member) -> None:
    async with world.product.database.transaction() as uow:
        stored = (
            await uow.execute(text("SELECT password_hash FROM staff_member WHERE id = :id"), {"id": member.id})
        ).scalar_one()
    parameters = extract_parameters(stored)

    assert (Type.ID, 16) == (parameters.type, parameters.salt_len)
