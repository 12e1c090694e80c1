"""One person, several practices: which contacts are the same human, and going from one to the other in one browser."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret
from pawline.sign_in.contacts import start_contact_session
from pawline.sign_in.models import LoginSession
from pawline.sign_in.sessions import Browser

# tenancy: what binds contacts of several practices together is the account, which only its own human's sessions lead to.
_ACCOUNT = text("SELECT l.account_id FROM contact_link l WHERE l.practice_id = :practice_id AND l.contact_id = :contact_id")
_ADD = text("""
INSERT INTO contact_link (practice_id, contact_id, account_id, linked_at)
VALUES (:practice_id, :contact_id, :account_id, :now)
ON CONFLICT DO NOTHING
""")
_MERGE = text("""
UPDATE contact_link l SET account_id = :account_id
WHERE l.account_id = :other_id AND NOT EXISTS (
    SELECT FROM contact_link mine JOIN contact_link theirs ON theirs.practice_id = mine.practice_id
    WHERE mine.account_id = :account_id AND theirs.account_id = :other_id)
""")
_OTHERS = text("""
SELECT c.practice_id, c.id AS contact_id, c.family_id, p.name, y.name AS practice_name,
    ARRAY(SELECT b.blocked_id FROM person_block b
          WHERE b.practice_id = c.practice_id AND b.blocker_id = c.id ORDER BY b.blocked_id) AS blocked_ids,
    ARRAY(SELECT b.since FROM person_block b
          WHERE b.practice_id = c.practice_id AND b.blocker_id = c.id ORDER BY b.blocked_id) AS blocked_since
FROM contact_link me
JOIN contact_link other ON other.account_id = me.account_id AND other.practice_id <> me.practice_id
JOIN contact c ON c.practice_id = other.practice_id AND c.id = other.contact_id AND c.role IN ('primary', 'secondary')
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN practice y ON y.id = c.practice_id
WHERE me.practice_id = :practice_id AND me.contact_id = :contact_id
ORDER BY y.name, c.id
""")
# tenancy: the new session's secret is what says at which practice the same person goes on.
_TAKE_ALONG = text("""
UPDATE push_subscription s SET practice_id = l.practice_id, session_id = l.id
FROM login_session l
WHERE s.practice_id = :practice_id AND s.session_id = :session_id AND l.token_hash = :token_hash AND (
    (l.practice_id = :practice_id AND l.person_id = :person_id)
    OR EXISTS (
        SELECT FROM contact_link me JOIN contact_link other ON other.account_id = me.account_id
        WHERE me.practice_id = :practice_id AND me.contact_id = :person_id
            AND other.practice_id = l.practice_id AND other.contact_id = l.person_id))
""")


@dataclass(frozen=True, slots=True)
class ContactKey:
    practice_id: UUID
    contact_id: UUID


@dataclass(frozen=True, slots=True)
class OtherContact:
    """The same person as a contact of another practice; ``actor`` acts there."""

    actor: Actor
    practice_name: str


async def link_contacts(uow: UnitOfWork, known: ContactKey, proven: ContactKey) -> None:
    """From now on both are one person.

    Nothing is linked inside one practice (there it is more likely another member of the family at the same tablet), nor to a
    person who is somebody else already at one of the practices.
    """
    if known.practice_id == proven.practice_id:
        return
    # Two links at the same moment could each make an account of their own; this happens a few times in a person's life.
    await uow.lock("linking contacts")
    mine, theirs = await _account_of(uow, known), await _account_of(uow, proven)
    account_id = mine or theirs or new_id()
    if mine and theirs:
        await uow.execute(_MERGE, {"account_id": mine, "other_id": theirs})
        return
    for key in (known, proven):
        values = {"practice_id": key.practice_id, "contact_id": key.contact_id, "account_id": account_id, "now": clock.now()}
        await uow.execute(_ADD, values)


async def others_of(uow: UnitOfWork, actor: Actor) -> list[OtherContact]:
    """The same person's contacts at other practices, as long as they may use the app there."""
    values = {"practice_id": actor.practice_id, "contact_id": actor.person_id}
    return [_other(row, actor) for row in await uow.execute(_OTHERS, values)]


async def contact_at(uow: UnitOfWork, known: ContactKey, practice_id: UUID) -> UUID | None:
    """Who this person is at another practice."""
    rows = await uow.execute(_OTHERS, {"practice_id": known.practice_id, "contact_id": known.contact_id})
    return next((row.contact_id for row in rows if row.practice_id == practice_id), None)


async def switch_contact(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, browser: Browser) -> str:
    """The secret of a session as the same person's other contact; the present one ends.

    Raises:
        NotFound: no such contact, or not known to be the same person.
    """
    others = [other.actor for other in await others_of(uow, actor) if other.actor.person_id == contact_id]
    if not others:
        raise NotFound
    # Going elsewhere proves nothing anew.
    as_before = replace(browser, proven_at=actor.proven_at)
    secret = await start_contact_session(uow, others[0].practice_id, contact_id, browser=as_before)
    await leave_session(uow, actor, secret)
    return secret


async def leave_session(uow: UnitOfWork, actor: Actor, secret: str) -> None:
    """The browser goes on with the session of this secret. What it is told by push follows the person, and nobody else.

    Without the hint that a sign-out sends: the browser's sockets would hear of the end before it has the new cookie, and take
    it for a sign-out. They close by themselves within seconds.
    """
    ended = update(LoginSession).where(LoginSession.practice_id == actor.practice_id, LoginSession.id == actor.session_id)
    await uow.execute(ended.values(revoked_at=clock.now()))
    own = {"practice_id": actor.practice_id, "person_id": actor.person_id, "session_id": actor.session_id}
    await uow.execute(_TAKE_ALONG, {**own, "token_hash": hash_secret(secret)})


async def _account_of(uow: UnitOfWork, key: ContactKey) -> UUID | None:
    values = {"practice_id": key.practice_id, "contact_id": key.contact_id}
    return (await uow.execute(_ACCOUNT, values)).scalar_one_or_none()


def _other(row: Any, actor: Actor) -> OtherContact:
    there = Actor(
        practice_id=row.practice_id,
        person_id=row.contact_id,
        session_id=actor.session_id,
        kind="contact",
        name=row.name,
        family_id=row.family_id,
        blocked=tuple(zip(row.blocked_ids, row.blocked_since, strict=True)),
    )
    return OtherContact(there, row.practice_name)
