"""An owner invites a vet for one pet: by e-mail, or by a link to pass on."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.ids import new_id
from pawline.platform.jobs import defer
from pawline.platform.security import hash_secret
from pawline.platform.settings import Settings
from pawline.platform.text import clean_email
from pawline.vets.models import VetInvitation
from pawline.vets.own_pets import require_own_pet
from pawline.vets.telling import answered
from pawline.vets.tokens import invitation_token, invitation_url
from pawline.vets.views import VetInvitations, VetInvitationView

LASTS = timedelta(days=30)
MOST_A_DAY = 10
MOST_MAILS = 3
MAIL_TASK = "send_vet_invitation_mail"

_LATEST = text("""
SELECT DISTINCT ON (i.pet_id) i.id, i.pet_id, i.email, i.state, i.mail_count, i.created_at, i.expires_at,
    y.name AS accepted_by
FROM vet_invitation i
JOIN pet e ON e.practice_id = i.practice_id AND e.id = i.pet_id
LEFT JOIN practice y ON y.id = i.accepted_practice_id
WHERE i.practice_id = :practice_id AND e.family_id = :family_id
ORDER BY i.pet_id, i.created_at DESC, i.id DESC
""")
_OWN = text("""
SELECT i.id, i.email, i.state, i.mail_count, i.expires_at
FROM vet_invitation i
JOIN pet e ON e.practice_id = i.practice_id AND e.id = i.pet_id
WHERE i.practice_id = :practice_id AND i.id = :invitation_id AND e.family_id = :family_id
FOR NO KEY UPDATE OF i
""")
_MAIL_FACTS = text("""
SELECT i.email, i.expires_at, p.name AS inviter, c.language, e.name AS pet, e.species
FROM vet_invitation i
JOIN person p ON p.practice_id = i.practice_id AND p.id = i.invited_by_id
JOIN contact c ON c.practice_id = p.practice_id AND c.id = p.id
JOIN pet e ON e.practice_id = i.practice_id AND e.id = i.pet_id
WHERE i.practice_id = :practice_id AND i.id = :invitation_id AND i.state = 'invited' AND i.expires_at > :now
    AND i.email IS NOT NULL
""")
_OVER = text("""
UPDATE vet_invitation i SET state = 'expired'
WHERE i.practice_id = :practice_id AND i.pet_id = :pet_id AND i.state = 'invited' AND i.expires_at <= :now
""")
_LOCK_CONTACT = text("SELECT FROM contact c WHERE c.practice_id = :practice_id AND c.id = :id FOR NO KEY UPDATE")


async def invite_vet(uow: UnitOfWork, settings: Settings, actor: Actor, *, pet_id: UUID, email: str | None) -> VetInvitationView:
    """
    Raises:
        Conflict: the pet has an open invitation already, or there were enough for a day.
    """
    await require_own_pet(uow, actor, pet_id)
    address = clean_email("email", email) if email else None
    await _require_few(uow, actor)
    await uow.execute(_OVER, {"practice_id": actor.practice_id, "pet_id": pet_id, "now": clock.now()})
    invitation_id = new_id()
    try:
        await uow.execute(insert(VetInvitation).values(_row(settings, actor, invitation_id, pet_id=pet_id, email=address)))
    except IntegrityError as error:
        raise Conflict("This pet's invitation is still open. Withdraw it first, or wait for the answer.") from error
    if address:
        await _mail(uow, actor, invitation_id)
    _tell(uow, actor)
    found = await vet_invitations(uow, settings, actor)
    return next(view for view in found.invitations if view.id == invitation_id)


async def vet_invitations(uow: UnitOfWork, settings: Settings, actor: Actor) -> VetInvitations:
    rows = await uow.execute(_LATEST, {"practice_id": actor.practice_id, "family_id": actor.family_id})
    return VetInvitations([_view(settings, row) for row in rows])


async def withdraw_vet_invitation(uow: UnitOfWork, actor: Actor, invitation_id: UUID) -> None:
    await _require_open(uow, actor, invitation_id)
    await _change(uow, actor, invitation_id, state="revoked", decided_at=clock.now())
    _tell(uow, actor)


async def send_vet_invitation_again(uow: UnitOfWork, actor: Actor, invitation_id: UUID) -> None:
    """
    Raises:
        Conflict: often enough, or it never went out by e-mail.
    """
    found = await _require_open(uow, actor, invitation_id)
    if found.email is None or found.mail_count >= MOST_MAILS:
        raise Conflict("This invitation was sent often enough. Call the clinic, or invite them with another address.")
    await _change(uow, actor, invitation_id, mail_count=found.mail_count + 1, expires_at=clock.now() + LASTS)
    await _mail(uow, actor, invitation_id)
    _tell(uow, actor)


async def invitation_mail_facts(uow: UnitOfWork, practice_id: UUID, invitation_id: UUID) -> Any | None:
    """To whom an invitation's mail goes; None when it is answered, withdrawn or expired by now."""
    values = {"practice_id": practice_id, "invitation_id": invitation_id, "now": clock.now()}
    return (await uow.execute(_MAIL_FACTS, values)).one_or_none()


def _row(settings: Settings, actor: Actor, invitation_id: UUID, *, pet_id: UUID, email: str | None) -> dict[str, Any]:
    now = clock.now()
    return {
        "practice_id": actor.practice_id,
        "id": invitation_id,
        "pet_id": pet_id,
        "invited_by_id": actor.person_id,
        "email": email,
        "link_hash": hash_secret(invitation_token(settings, invitation_id)),
        "state": "invited",
        "mail_count": 1 if email else 0,
        "created_at": now,
        "expires_at": now + LASTS,
    }


async def _require_open(uow: UnitOfWork, actor: Actor, invitation_id: UUID) -> Any:
    values = {"practice_id": actor.practice_id, "family_id": actor.family_id, "invitation_id": invitation_id}
    found: Any = (await uow.execute(_OWN, values)).one_or_none()
    if found is None or found.state != "invited" or found.expires_at <= clock.now():
        raise NotFound
    return found


async def _change(uow: UnitOfWork, actor: Actor, invitation_id: UUID, **values: Any) -> None:
    statement = update(VetInvitation).where(VetInvitation.practice_id == actor.practice_id, VetInvitation.id == invitation_id)
    await uow.execute(statement.values(**values))


async def _mail(uow: UnitOfWork, actor: Actor, invitation_id: UUID) -> None:
    await defer(uow, MAIL_TASK, practice_id=str(actor.practice_id), invitation_id=str(invitation_id))


async def _require_few(uow: UnitOfWork, actor: Actor) -> None:
    """Locks the contact, so that the invitations of one person are counted one after the other."""
    await uow.execute(_LOCK_CONTACT, {"practice_id": actor.practice_id, "id": actor.person_id})
    statement = select(func.count()).where(
        VetInvitation.practice_id == actor.practice_id,
        VetInvitation.invited_by_id == actor.person_id,
        VetInvitation.created_at > clock.now() - timedelta(days=1),
    )
    if (await uow.execute(statement)).scalar_one() >= MOST_A_DAY:
        raise Conflict(f"You have sent {MOST_A_DAY} invitations today. Please wait until tomorrow.")


def _tell(uow: UnitOfWork, actor: Actor) -> None:
    if actor.family_id is not None:
        uow.emit(answered(actor.practice_id, actor.family_id))


def _view(settings: Settings, row: Any) -> VetInvitationView:
    is_over = row.state == "invited" and row.expires_at <= clock.now()
    is_open = row.state == "invited" and not is_over
    return VetInvitationView(
        id=row.id,
        pet_id=row.pet_id,
        email=row.email,
        link=invitation_url(settings, row.id) if is_open and row.email is None else None,
        state="expired" if is_over else row.state,
        can_send_again=is_open and row.email is not None and row.mail_count < MOST_MAILS,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_by=row.accepted_by,
    )
