"""How a contact is told about messages: by e-mail, and by the browser they are signed in with."""

from uuid import UUID

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from pawline.notifications.models import MailOptOut, PushSubscription
from pawline.notifications.push_addresses import require_endpoint
from pawline.notifications.push_keys import PushIdentity, require_point
from pawline.notifications.views import NotificationsChange, NotificationsView, PushRequest
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.base64url import read_base64url
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret
from pawline.platform.settings import Settings

_SECRET_BYTES = 16
_EMAIL = text("SELECT email FROM contact WHERE practice_id = :practice_id AND id = :contact_id")
_IS_CONTACT = text("SELECT FROM contact WHERE practice_id = :practice_id AND id = :contact_id")

_UNSUBSCRIBE = text("""
DELETE FROM push_subscription s USING login_session l
WHERE s.practice_id = :practice_id AND l.practice_id = s.practice_id AND l.id = s.session_id AND l.person_id = :person_id
""")


async def notifications_of(uow: UnitOfWork, settings: Settings, actor: Actor) -> NotificationsView:
    values = {"practice_id": actor.practice_id, "contact_id": actor.person_id}
    email = (await uow.execute(_EMAIL, values)).scalar_one()
    off = select(MailOptOut.since).where(MailOptOut.practice_id == actor.practice_id, MailOptOut.contact_id == actor.person_id)
    own = select(PushSubscription.id).where(
        PushSubscription.practice_id == actor.practice_id, PushSubscription.session_id == actor.session_id
    )
    return NotificationsView(
        email=email,
        is_mailed=(await uow.execute(off)).one_or_none() is None,
        push_key=PushIdentity(settings).public_key,
        tells_this_browser=(await uow.execute(own)).one_or_none() is not None,
    )


async def change_notifications(uow: UnitOfWork, actor: Actor, change: NotificationsChange) -> None:
    switch = switch_mails_on if change.is_mailed else switch_mails_off
    await switch(uow, actor.practice_id, actor.person_id)


async def switch_mails_on(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    own = (MailOptOut.practice_id == practice_id, MailOptOut.contact_id == contact_id)
    await uow.execute(delete(MailOptOut).where(*own))


async def switch_mails_off(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    """Nothing happens for a contact who is gone, or has them off."""
    if (await uow.execute(_IS_CONTACT, {"practice_id": practice_id, "contact_id": contact_id})).one_or_none() is None:
        return
    row = {"practice_id": practice_id, "contact_id": contact_id, "since": clock.now()}
    await uow.execute(upsert(MailOptOut).values(row).on_conflict_do_nothing())


async def subscribe_browser(uow: UnitOfWork, actor: Actor, request: PushRequest, *, only_on_duty: bool = False) -> None:
    """Tell the browser of this session from now on; whoever used it before is told there no more.

    Raises:
        Invalid: no address of a push service on the internet, or no keys.
    """
    require_endpoint(request.endpoint)
    browser_key, browser_secret = _read_keys(request)
    endpoint_hash = hash_secret(request.endpoint)
    await unsubscribe_browser(uow, actor)
    known = PushSubscription.endpoint_hash == endpoint_hash
    await uow.execute(delete(PushSubscription).where(known))  # tenancy: one browser, at whatever practice they signed in before
    row = {"endpoint": request.endpoint, "endpoint_hash": endpoint_hash, "created_at": clock.now(), "only_on_duty": only_on_duty}
    keys = {"browser_key": browser_key, "browser_secret": browser_secret}
    own = {"practice_id": actor.practice_id, "id": new_id(), "session_id": actor.session_id}
    await uow.execute(insert(PushSubscription).values(**own, **row, **keys))


async def unsubscribe_browser(uow: UnitOfWork, actor: Actor) -> None:
    own = (PushSubscription.practice_id == actor.practice_id, PushSubscription.session_id == actor.session_id)
    await uow.execute(delete(PushSubscription).where(*own))


async def unsubscribe_browsers_of(uow: UnitOfWork, practice_id: UUID, person_id: UUID) -> None:
    """Whoever leaves is told by none of them any more."""
    await uow.execute(_UNSUBSCRIBE, {"practice_id": practice_id, "person_id": person_id})


def _read_keys(request: PushRequest) -> tuple[bytes, bytes]:
    """A point of the curve, and a secret."""
    wrong = Invalid.field("keys", "are none that a browser makes")
    try:
        browser_key, browser_secret = read_base64url(request.keys.p256dh), read_base64url(request.keys.auth)
        require_point(browser_key)
    except ValueError:
        raise wrong from None
    if len(browser_secret) != _SECRET_BYTES:
        raise wrong
    return browser_key, browser_secret
