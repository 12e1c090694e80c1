"""Being told by a browser, for the team: each device by itself, and silent off duty if its owner wants that."""

from sqlalchemy import select, update

from pawline.notifications.models import PushSubscription
from pawline.notifications.push_keys import PushIdentity
from pawline.notifications.views import TeamBrowserView
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.settings import Settings


async def team_browser_of(uow: UnitOfWork, settings: Settings, actor: Actor) -> TeamBrowserView:
    own = select(PushSubscription.only_on_duty).where(
        PushSubscription.practice_id == actor.practice_id, PushSubscription.session_id == actor.session_id
    )
    only_on_duty = (await uow.execute(own)).scalar_one_or_none()
    key = PushIdentity(settings).public_key
    return TeamBrowserView(push_key=key, tells_this_browser=only_on_duty is not None, only_on_duty=only_on_duty is not False)


async def set_only_on_duty(uow: UnitOfWork, actor: Actor, *, only_on_duty: bool) -> None:
    """Raises NotFound where this browser is not told at all."""
    own = update(PushSubscription).where(
        PushSubscription.practice_id == actor.practice_id, PushSubscription.session_id == actor.session_id
    )
    changed = await uow.execute(own.values(only_on_duty=only_on_duty).returning(PushSubscription.id))
    if changed.one_or_none() is None:
        raise NotFound
