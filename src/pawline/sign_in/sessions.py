"""Making, listing and ending sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text, update

from pawline.families.service import family_view
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.platform.languages import Language
from pawline.platform.permissions import Permission
from pawline.platform.security import csrf_token, hash_secret, new_secret
from pawline.platform.settings import Settings
from pawline.practices.service import clinic_views, practice_view
from pawline.sign_in.app_versions import needs_newer_app
from pawline.sign_in.front_desk import desk_of
from pawline.sign_in.gate import IDLE, LOCKS_AFTER, LONGEST
from pawline.sign_in.models import LoginSession
from pawline.sign_in.views import DeviceView, OwnFamily, PersonView, SessionView

# tenancy: a session is found by its secret, which is what says which practice it belongs to.
_ENDED_ELSEWHERE = text(
    "SELECT s.person_id FROM login_session s JOIN staff_member m ON m.practice_id = s.practice_id AND m.id = s.person_id "
    "WHERE s.token_hash = :token_hash AND s.revoked_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from: the user agent, the address the request came from, and the language it asked for.

    ``is_shared``: a front desk of several people, which locks. ``proven_at``: when whoever sits there proved who they are; None
    for just now.
    """

    device: str
    address: str
    language: Language = "en"
    is_shared: bool = False
    proven_at: datetime | None = None


async def start_session(uow: UnitOfWork, practice_id: UUID, person_id: UUID, *, kind: str, browser: Browser) -> str:
    """The secret of a new session; only its hash is stored."""
    secret, now = new_secret(), clock.now()
    await uow.execute(
        insert(LoginSession).values(
            practice_id=practice_id,
            id=new_id(),
            person_id=person_id,
            token_hash=hash_secret(secret),
            created_at=now,
            last_seen_at=now,
            idle_until=now + IDLE[kind],
            expires_at=now + LONGEST[kind],
            locks_at=now + LOCKS_AFTER if browser.is_shared else None,
            proven_at=browser.proven_at or now,
            device=browser.device[:300],
            address=browser.address[:100],
        )
    )
    return secret


async def end_session(uow: UnitOfWork, actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions; its sockets close within moments."""
    statement = (
        update(LoginSession)
        .where(
            LoginSession.practice_id == actor.practice_id,
            LoginSession.person_id == actor.person_id,
            LoginSession.id == session_id,
        )
        .values(revoked_at=clock.now())
        .returning(LoginSession.id)
    )
    if (await uow.execute(statement)).one_or_none() is None:
        raise NotFound
    uow.emit(Hint.access(actor.practice_id, actor.person_id))


async def end_all_sessions(uow: UnitOfWork, practice_id: UUID, person_id: UUID) -> None:
    statement = update(LoginSession).where(LoginSession.practice_id == practice_id, LoginSession.person_id == person_id)
    await uow.execute(statement.values(revoked_at=clock.now()))
    uow.emit(Hint.access(practice_id, person_id))


async def devices_of(uow: UnitOfWork, actor: Actor) -> list[DeviceView]:
    """The person's live sessions, latest first."""
    now = clock.now()
    statement = (
        select(LoginSession.__table__)
        .where(
            LoginSession.practice_id == actor.practice_id,
            LoginSession.person_id == actor.person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.idle_until > now,
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    )
    return [
        DeviceView(
            id=row.id,
            device=row.device,
            address=row.address,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.id == actor.session_id,
            is_shared=row.locks_at is not None,
        )
        for row in await uow.execute(statement)
    ]


async def session_view(uow: UnitOfWork, settings: Settings, actor: Actor | None, *, secret: str) -> SessionView:
    if actor is None:
        ended = (await uow.execute(_ENDED_ELSEWHERE, {"token_hash": hash_secret(secret)})).scalar_one_or_none()
        return SessionView(None, None, None, [], None, can_use_inbox=False, is_demo=settings.is_demo, ended_id=ended)
    person = PersonView(actor.person_id, actor.name, actor.kind, actor.role.value if actor.role else None)
    practice, desk = await practice_view(uow, actor.practice_id), await desk_of(uow, actor)
    if actor.is_locked:
        csrf, is_demo = csrf_token(secret), settings.is_demo
        return SessionView(person, practice, None, [], csrf, can_use_inbox=False, is_demo=is_demo, desk=desk)
    family = None
    if actor.family_id is not None:
        view = await family_view(uow, actor.practice_id, actor.family_id, with_addresses=False)
        family = OwnFamily(view.id, view.name)
    return SessionView(
        person=person,
        practice=practice,
        family=family,
        clinics=await clinic_views(uow, actor.practice_id, actor.clinic_ids if actor.is_staff else None),
        csrf_token=csrf_token(secret),
        can_use_inbox=Permission.USE_INBOX.allows(actor),
        is_demo=settings.is_demo,
        needs_newer_app=not actor.is_staff and await needs_newer_app(uow, actor),
        desk=desk,
    )
