"""HTTP of one owner at several practices."""

from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.linking import switch_contact
from pawline.sign_in.views import SessionView
from pawline.threads.desk import Desk
from pawline.vets.others import OtherPractices, other_practices

SWITCHES = requires(Permission.SWITCH_PRACTICE)


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    contact_id: UUID


@get("/session/owner/others", guards=[SWITCHES], summary="One's pets at other practices and what is unread there")
async def others(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> OtherPractices:
    return await other_practices(desk, actor)


@post("/session/owner/switch", guards=[SWITCHES], summary="Go on as oneself at another practice")
async def switch(
    data: JSONBody[Switch], request: AnyRequest, actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    async with sign_in.database.transaction() as uow:
        secret = await switch_contact(uow, actor, data.contact_id, browser=browser)
    return await signed_in(sign_in, "owner", secret, request=request)


switching_router = Router(path="/api/v1", route_handlers=[others, switch], tags=["vets"])
