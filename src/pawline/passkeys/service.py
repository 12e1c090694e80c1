"""Passkeys: a contact makes them while signed in, signs in with them from then on, and takes them away again."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from pawline.passkeys.challenges import browser_of, make_challenge, take_challenge
from pawline.passkeys.claims import ALGORITHMS, REFUSED, Assertion, MadeCredential, StoredKey
from pawline.passkeys.models import Passkey
from pawline.passkeys.site import site_of
from pawline.passkeys.views import NewPasskeyView, Passkeys, PasskeyView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.base64url import write_base64url
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound, SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.settings import Settings
from pawline.sign_in.contacts import start_contact_session
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.sessions import Browser
from pawline.sign_in.step_up import note_proof

MOST_PASSKEYS = 20

# tenancy: the credential is what says which contact of which practice signs in.
_BY_CREDENTIAL = text("""
SELECT k.practice_id, k.id, k.contact_id, k.public_key, k.sign_count
FROM passkey k
JOIN contact c ON c.practice_id = k.practice_id AND c.id = k.contact_id AND c.role IN ('primary', 'secondary')
WHERE k.credential_id = :credential_id
FOR UPDATE OF k
""")
_USED = text("""
UPDATE passkey SET sign_count = :sign_count, last_used_at = :now WHERE practice_id = :practice_id AND id = :id
""")
_WHO = text("""
SELECT p.name, c.email, y.name AS practice_name
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN practice y ON y.id = c.practice_id
WHERE c.practice_id = :practice_id AND c.id = :contact_id
FOR NO KEY UPDATE OF c
""")


async def passkeys_of(uow: UnitOfWork, actor: Actor) -> Passkeys:
    """Newest first."""
    statement = (
        select(Passkey.id, Passkey.device, Passkey.created_at, Passkey.last_used_at)
        .where(Passkey.practice_id == actor.practice_id, Passkey.contact_id == actor.person_id)
        .order_by(Passkey.created_at.desc(), Passkey.id.desc())
    )
    return Passkeys([PasskeyView(*row) for row in await uow.execute(statement)])


async def begin_passkey(desk: SignInDesk, actor: Actor, *, browser: Browser) -> NewPasskeyView:
    challenge = await make_challenge(desk.database, desk.settings, holder=_session_of(actor), address=browser.address)
    async with desk.database.transaction() as uow:
        who = await _who(uow, actor)
        statement = select(Passkey.credential_id).where(
            Passkey.practice_id == actor.practice_id, Passkey.contact_id == actor.person_id
        )
        known = (await uow.execute(statement)).scalars().all()
    return NewPasskeyView(
        challenge=write_base64url(challenge),
        site=site_of(desk.settings),
        user_id=write_base64url(actor.person_id.bytes),
        # One may be known to several practices, and the phone lists passkeys by this name.
        user_name=f"{who.email or who.name}, {who.practice_name}",
        algorithms=list(ALGORITHMS),
        known=[write_base64url(credential_id) for credential_id in known],
    )


async def add_passkey(desk: SignInDesk, actor: Actor, made: MadeCredential, *, browser: Browser) -> PasskeyView:
    """
    Raises:
        SignInFailed: it was not made for this site, this session and this moment.
        Conflict: it is known already, or there are more than anybody has devices.
    """
    from pawline.passkeys.proofs import prove_made  # noqa: PLC0415 - brings 5 MiB of libraries

    challenge = await take_challenge(desk.database, desk.settings, holder=_session_of(actor), client_data=made.client_data)
    key = prove_made(desk.settings, made, challenge=challenge)
    view = PasskeyView(new_id(), browser.device[:300], clock.now(), None)
    async with desk.database.transaction() as uow:
        await _who(uow, actor)
        await _require_few(uow, actor)
        statement = insert(Passkey).values(
            practice_id=actor.practice_id,
            id=view.id,
            contact_id=actor.person_id,
            credential_id=made.credential_id,
            public_key=key.public_key,
            sign_count=key.sign_count,
            device=view.device,
            created_at=view.created_at,
        )
        added = await uow.execute(statement.on_conflict_do_nothing(index_elements=["credential_id"]).returning(Passkey.id))
        if added.one_or_none() is None:
            raise Conflict("This passkey is in use already.")
    return view


async def remove_passkey(uow: UnitOfWork, actor: Actor, passkey_id: UUID) -> None:
    """It opens nothing from now on. Who is signed in with it stays so: sessions end in the list of devices."""
    statement = delete(Passkey).where(
        Passkey.practice_id == actor.practice_id, Passkey.contact_id == actor.person_id, Passkey.id == passkey_id
    )
    if (await uow.execute(statement.returning(Passkey.id))).one_or_none() is None:
        raise NotFound


async def sign_in_with_passkey(desk: SignInDesk, assertion: Assertion, *, holder: str, browser: Browser) -> str:
    """The secret of a new session, as the contact for whom the passkey was made.

    Raises:
        SignInFailed: which of the many reasons is not said.
        TooManyRequests: locked for a while.
    """
    attempt = Try(account=f"passkey {assertion.credential_id.hex()}", address=browser.address)
    await desk.lockout.count(attempt)
    challenge = await take_challenge(desk.database, desk.settings, holder=browser_of(holder), client_data=assertion.client_data)
    async with desk.database.transaction() as uow:
        found = await _use(uow, desk.settings, assertion, challenge=challenge)
        secret = await start_contact_session(uow, found.practice_id, found.contact_id, browser=browser)
    await desk.lockout.forgive(attempt)
    return secret


async def prove_with_passkey(desk: SignInDesk, actor: Actor, assertion: Assertion, *, holder: str, browser: Browser) -> None:
    """Show in the session that one has that it is still oneself.

    Raises:
        SignInFailed: it is somebody else's passkey, or as above.
    """
    attempt = Try(account=f"passkey {assertion.credential_id.hex()}", address=browser.address)
    await desk.lockout.count(attempt)
    challenge = await take_challenge(desk.database, desk.settings, holder=browser_of(holder), client_data=assertion.client_data)
    async with desk.database.transaction() as uow:
        found = await _use(uow, desk.settings, assertion, challenge=challenge)
        if (found.practice_id, found.contact_id) != (actor.practice_id, actor.person_id):
            raise SignInFailed(REFUSED)
        await note_proof(uow, actor)
    await desk.lockout.forgive(attempt)


async def _use(uow: UnitOfWork, settings: Settings, assertion: Assertion, *, challenge: bytes) -> Any:
    from pawline.passkeys.proofs import prove_use  # noqa: PLC0415 - brings 5 MiB of libraries

    found = await _by_credential(uow, assertion)
    stored = StoredKey(found.public_key, found.sign_count)
    sign_count = prove_use(settings, assertion, stored, challenge=challenge)
    used = {"practice_id": found.practice_id, "id": found.id, "sign_count": sign_count, "now": clock.now()}
    await uow.execute(_USED, used)
    return found


async def _by_credential(uow: UnitOfWork, assertion: Assertion) -> Any:
    """Held until the commit, so that of two uses at once the second sees the first one's count."""
    found = (await uow.execute(_BY_CREDENTIAL, {"credential_id": assertion.credential_id})).one_or_none()
    if found is None or assertion.user_handle != found.contact_id.bytes:
        raise SignInFailed(REFUSED)
    return found


async def _who(uow: UnitOfWork, actor: Actor) -> Any:
    """Holds the contact, so that their passkeys are counted one after the other."""
    return (await uow.execute(_WHO, {"practice_id": actor.practice_id, "contact_id": actor.person_id})).one()


async def _require_few(uow: UnitOfWork, actor: Actor) -> None:
    statement = select(func.count()).where(Passkey.practice_id == actor.practice_id, Passkey.contact_id == actor.person_id)
    if (await uow.execute(statement)).scalar_one() >= MOST_PASSKEYS:
        raise Conflict(f"You have {MOST_PASSKEYS} passkeys. Remove one that you do not use any more first.")


def _session_of(actor: Actor) -> str:
    return f"session {actor.session_id}"
