"""HTTP of what staff members change of themselves, and of the link that confirms a new address."""

from typing import Annotated

import msgspec
from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.practices.views import StaffMemberView
from pawline.sign_in.browsers import AnyRequest, from_browser
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.team.addresses import ask_for_own_address, forget_own_asked_address
from pawline.team.confirming import ConfirmedAddress, confirm_address
from pawline.team.own_profile import change_own_profile, own_profile
from pawline.team.views import Address, OwnProfileChange

OWN = requires(Permission.CHANGE_OWN_PROFILE)
Secret = Annotated[str, msgspec.Meta(max_length=500)]


class OwnAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``password``: one's own, as an open screen is not enough for this."""

    email: Address
    password: Secret


class AddressLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Secret


@get("/own-profile", guards=[OWN], summary="What the practice knows of oneself as a staff member")
async def read_profile(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await own_profile(uow, actor)


@patch("/own-profile", guards=[OWN], summary="Change one's own name and job title")
async def change_profile(
    data: JSONBody[OwnProfileChange], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await change_own_profile(uow, actor, change=data)


@put("/own-profile/address", guards=[OWN], summary="Mail a link to one's own new address; it counts once that is used")
async def ask(
    data: JSONBody[OwnAddress], request: AnyRequest, actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffMemberView:
    address = from_browser(request, sign_in.settings).address
    return await ask_for_own_address(sign_in, actor, email=data.email, password=data.password, address=address)


@delete("/own-profile/address", guards=[OWN], status_code=200, summary="Withdraw one's own new address")
async def forget(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await forget_own_asked_address(uow, actor)


@post("/staff-address", status_code=200, summary="Confirm a staff member's new address with the link that was mailed there")
async def confirm(data: JSONBody[AddressLink], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> ConfirmedAddress:
    return await confirm_address(sign_in, data.token, address=from_browser(request, sign_in.settings).address)


own_profile_router = Router(path="/api/v1", route_handlers=[read_profile, change_profile, ask, forget, confirm], tags=["team"])
