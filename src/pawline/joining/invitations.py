"""A contact asks another human into the family: by e-mail, which proves the address, or by a link to pass on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, select, text, update

from pawline.families.service import ContactRole
from pawline.joining.desk import JoiningDesk
from pawline.joining.models import FamilyInvitation
from pawline.joining.people import Newcomer, join_as, join_family
from pawline.joining.refusals import InvitationExpired, InvitationForged, InvitationUsed, InvitationWithdrawn
from pawline.joining.secrets import invitation_token
from pawline.joining.signing_up import Applicant, start_by_mail
from pawline.joining.views import InvitationPlace, Invitations, InvitationView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Forbidden, Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.jobs import defer
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.platform.security import hash_secret
from pawline.platform.settings import Settings
from pawline.platform.text import clean_email, clean_line
from pawline.practices.service import clinic_views
from pawline.sign_in.contacts import start_mailed_session
from pawline.sign_in.sessions import Browser

INVITATION_LASTS = timedelta(days=14)
INVITATION_MAIL_TASK = "send_invitation_mail"
MOST_A_DAY = 10

# tenancy: the link's secret is what says which practice the invitation belongs to.
_FOUND = f"""
SELECT i.practice_id, i.id, i.family_id, i.contact_id, i.name, i.email, i.expires_at, i.used_at, i.revoked_at,
    f.name AS family_name, p.name AS invited_by, y.name AS practice_name, coalesce(w.language, 'en') AS language,
    {PRACTICE_LOGO} AS logo_id
FROM family_invitation i
JOIN family f ON f.practice_id = i.practice_id AND f.id = i.family_id
JOIN person p ON p.practice_id = i.practice_id AND p.id = i.invited_by_id
JOIN practice y ON y.id = i.practice_id
-- Whoever has never used the app has chosen no language; a family is likely to share one.
LEFT JOIN LATERAL (
    SELECT c.language FROM contact c
    WHERE c.practice_id = i.practice_id AND c.family_id = i.family_id
        AND (c.app_joined_at IS NOT NULL OR c.id = i.invited_by_id)
    ORDER BY (c.id = i.contact_id) IS TRUE DESC, c.id = i.invited_by_id DESC, c.role = 'primary' DESC, c.created_at, c.id
    LIMIT 1) w ON true
"""  # noqa: S608 - made of constants
_BY_LINK = text(_FOUND + "WHERE i.link_hash = :link_hash")
_BY_ID = text(_FOUND + "WHERE i.practice_id = :practice_id AND i.id = :invitation_id FOR NO KEY UPDATE OF i")
_IS_OPEN = and_(FamilyInvitation.used_at.is_(None), FamilyInvitation.revoked_at.is_(None))
_CONTACT_ROLE = text("SELECT c.role FROM contact c WHERE c.practice_id = :practice_id AND c.id = :id FOR NO KEY UPDATE")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDraft:
    """``email`` None: a link to pass on. ``contact_id``: for somebody whom the practice knows already."""

    name: str
    email: str | None = None
    contact_id: UUID | None = None


async def invite_into_family(uow: UnitOfWork, settings: Settings, actor: Actor, *, draft: InvitationDraft) -> InvitationView:
    """
    Raises:
        Forbidden: only the primary contact invites.
        Conflict: enough for a day.
    """
    if actor.family_id is None or not await _is_primary(uow, actor):
        raise Forbidden("Only the first contact of your family can invite others. Ask them, or ask your practice.")
    return _view(settings, await keep_invitation(uow, settings, actor, family_id=actor.family_id, draft=draft))


async def keep_invitation(
    uow: UnitOfWork, settings: Settings, actor: Actor, *, family_id: UUID, draft: InvitationDraft
) -> dict[str, Any]:
    """The columns of the new invitation. The caller holds the family or its one inviter, so that each sees the others' count.

    Raises:
        Conflict: enough for a day.
    """
    await _require_few(uow, actor.practice_id, family_id)
    invitation_id, now = new_id(), clock.now()
    row = {
        "practice_id": actor.practice_id,
        "id": invitation_id,
        "family_id": family_id,
        "contact_id": draft.contact_id,
        "invited_by_id": actor.person_id,
        "name": clean_line("name", draft.name),
        "email": clean_email("email", draft.email) if draft.email else None,
        "created_at": now,
        "expires_at": now + INVITATION_LASTS,
    }
    await uow.execute(insert(FamilyInvitation).values(**row, link_hash=hash_secret(invitation_token(settings, invitation_id))))
    if row["email"]:
        await defer(uow, INVITATION_MAIL_TASK, practice_id=str(actor.practice_id), invitation_id=str(invitation_id))
    return row


async def invitations_of(uow: UnitOfWork, settings: Settings, actor: Actor) -> Invitations:
    statement = (
        select(FamilyInvitation.__table__)
        .where(
            FamilyInvitation.practice_id == actor.practice_id,
            FamilyInvitation.family_id == actor.family_id,
            _IS_OPEN,
            FamilyInvitation.expires_at > clock.now(),
        )
        .order_by(FamilyInvitation.created_at.desc(), FamilyInvitation.id.desc())
    )
    rows = (await uow.execute(statement)).mappings()
    return Invitations(await _is_primary(uow, actor), [_view(settings, row) for row in rows])


async def withdraw_invitation(uow: UnitOfWork, actor: Actor, invitation_id: UUID) -> None:
    statement = update(FamilyInvitation).where(
        FamilyInvitation.practice_id == actor.practice_id,
        FamilyInvitation.family_id == actor.family_id,
        FamilyInvitation.id == invitation_id,
        _IS_OPEN,
    )
    withdrawn = await uow.execute(statement.values(revoked_at=clock.now()).returning(FamilyInvitation.id))
    if withdrawn.one_or_none() is None:
        raise NotFound


async def invitation_place(desk: JoiningDesk, token: str) -> InvitationPlace:
    """
    Raises:
        InvitationGone: in one of its kinds, each with its words.
    """
    async with desk.database.transaction() as uow:
        found = await _by_link(uow, token)
        return InvitationPlace(
            practice_id=found.practice_id,
            practice_name=found.practice_name,
            family_name=found.family_name,
            invited_by=found.invited_by,
            name=found.name,
            is_proven=found.email is not None,
            clinics=await clinic_views(uow, found.practice_id),
        )


async def accept_mailed_invitation(desk: JoiningDesk, token: str, *, browser: Browser) -> str:
    """The secret of a new session: that the link came by e-mail proves the address."""
    async with desk.database.transaction() as uow:
        found = await _by_link(uow, token)
        if found.email is None:
            raise Invalid.field("token", "is of a link that was passed on; give your e-mail, and we send a code")
        first_name, _, last_name = found.name.partition(" ")
        newcomer = Newcomer(
            practice_id=found.practice_id,
            practice_name=found.practice_name,
            first_name=first_name,
            last_name=last_name,
            email=found.email,
            number=None,
        )
        contact_id = await use_invitation(uow, found.id, newcomer)
        return await start_mailed_session(uow, found.practice_id, contact_id, browser=browser)


async def start_by_invitation(desk: JoiningDesk, token: str, applicant: Applicant, *, browser: Browser) -> UUID:
    """Send a code to whoever came by a link that was passed on."""
    async with desk.database.transaction() as uow:
        found = await _by_link(uow, token)
        place = {"practice_id": found.practice_id, "family_invitation_id": found.id}
        return await start_by_mail(uow, desk, place, applicant=applicant, browser=browser)


async def use_invitation(uow: UnitOfWork, invitation_id: UUID, newcomer: Newcomer) -> UUID:
    """The contact that the invitation has brought into the family. It is used up, for everybody else.

    Raises:
        InvitationGone, NotForTheApp, OfAnotherFamily: nothing has changed.
    """
    values = {"practice_id": newcomer.practice_id, "invitation_id": invitation_id}
    found = _require_good((await uow.execute(_BY_ID, values)).one_or_none())
    used = update(FamilyInvitation).where(
        FamilyInvitation.practice_id == newcomer.practice_id, FamilyInvitation.id == invitation_id
    )
    await uow.execute(used.values(used_at=clock.now()))
    if found.contact_id is not None:
        return await join_as(uow, newcomer, contact_id=found.contact_id)
    return await join_family(uow, newcomer, family_id=found.family_id)


async def invitation_mail_facts(uow: UnitOfWork, practice_id: UUID, invitation_id: UUID) -> Any | None:
    """To whom an invitation's mail goes; None when it is used, withdrawn or expired by now."""
    found = (await uow.execute(_BY_ID, {"practice_id": practice_id, "invitation_id": invitation_id})).one_or_none()
    if found is None or found.email is None:
        return None
    is_open = found.used_at is None and found.revoked_at is None and found.expires_at > clock.now()
    return found if is_open else None


def invitation_url(settings: Settings, invitation_id: UUID) -> str:
    return f"{settings.public_url}/owner/join#invitation={invitation_token(settings, invitation_id)}"


async def _by_link(uow: UnitOfWork, token: str) -> Any:
    return _require_good((await uow.execute(_BY_LINK, {"link_hash": hash_secret(token)})).one_or_none())


def _require_good(found: Any | None) -> Any:
    if found is None:
        raise InvitationForged
    if found.revoked_at is not None:
        raise InvitationWithdrawn(found.invited_by)
    if found.used_at is not None:
        raise InvitationUsed
    if found.expires_at <= clock.now():
        raise InvitationExpired(found.invited_by)
    return found


async def _is_primary(uow: UnitOfWork, actor: Actor) -> bool:
    """Locks the contact, so that the invitations of one person are counted one after the other."""
    role = await uow.execute(_CONTACT_ROLE, {"practice_id": actor.practice_id, "id": actor.person_id})
    return role.scalar_one_or_none() == ContactRole.PRIMARY


async def _require_few(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> None:
    statement = select(func.count()).where(
        FamilyInvitation.practice_id == practice_id,
        FamilyInvitation.family_id == family_id,
        FamilyInvitation.created_at > clock.now() - timedelta(days=1),
    )
    if (await uow.execute(statement)).scalar_one() >= MOST_A_DAY:
        raise Conflict(f"{MOST_A_DAY} invitations into this family were sent today. Please wait until tomorrow.")


def _view(settings: Settings, row: Any) -> InvitationView:
    return InvitationView(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        link=None if row["email"] else invitation_url(settings, row["id"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )
