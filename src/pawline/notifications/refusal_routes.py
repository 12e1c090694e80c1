"""HTTP of addresses that take no e-mail."""

from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.notifications.refusals import contact_mail, try_address_again
from pawline.notifications.views import ContactMailView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk

EDIT = requires(Permission.EDIT_CONTACT)


@get("/mail", guards=[EDIT], summary="Whether e-mails reach a client")
async def read_mail(contact_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ContactMailView:
    async with desk.database.transaction() as uow:
        return await contact_mail(uow, actor, contact_id=contact_id)


@post("/mail/try-again", guards=[EDIT], status_code=200, summary="Send e-mails to an address again that took none")
async def try_again(contact_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ContactMailView:
    async with desk.database.transaction() as uow:
        return await try_address_again(uow, actor, contact_id=contact_id)


refusals_router = Router(path="/api/v1/contacts/{contact_id:uuid}", route_handlers=[read_mail, try_again], tags=["notifications"])
