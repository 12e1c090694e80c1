"""HTTP of an owner who looks for a vet: pets of their own, asking a clinic, inviting a vet."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.vets.invitations import invite_vet, send_vet_invitation_again, vet_invitations, withdraw_vet_invitation
from pawline.vets.own_pets import OwnNewPet, add_own_pet, ask_clinic, take_back
from pawline.vets.views import AddedPet, VetInvitations, VetInvitationView

FINDS_A_VET = requires(Permission.FIND_A_VET)
IdempotencyKey = Annotated[UUID, HeaderParameter(name="Idempotency-Key")]


class NewVetInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without ``email`` the answer has a link to pass on."""

    pet_id: UUID
    email: Annotated[str, msgspec.Meta(max_length=500)] | None = None


@post("/family/pets", guards=[FINDS_A_VET], summary="Add a pet to one's own family; no clinic treats it yet")
async def add(
    data: JSONBody[OwnNewPet],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    idempotency_key: IdempotencyKey,
) -> AddedPet:
    async with sign_in.database.transaction() as uow:
        asked = KeyedRequest(actor, idempotency_key, data)
        return await once(uow, asked, lambda: add_own_pet(uow, actor, data), form=AddedPet)


@put("/pets/{pet_id:uuid}/connections/{clinic_id:uuid}", guards=[FINDS_A_VET], status_code=204, summary="Ask a clinic to connect")
async def ask(
    pet_id: FromPath[UUID], clinic_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    async with sign_in.database.transaction() as uow:
        await ask_clinic(uow, actor, pet_id, clinic_id=clinic_id)


@delete("/pets/{pet_id:uuid}/connections/{clinic_id:uuid}", guards=[FINDS_A_VET], summary="Take back what a clinic was asked")
async def stop_asking(
    pet_id: FromPath[UUID], clinic_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    async with sign_in.database.transaction() as uow:
        await take_back(uow, actor, pet_id, clinic_id=clinic_id)


@get("/vet-invitations", guards=[FINDS_A_VET], summary="The latest invitation of a vet for each of one's pets")
async def list_invitations(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> VetInvitations:
    async with sign_in.database.transaction() as uow:
        return await vet_invitations(uow, sign_in.settings, actor)


@post("/vet-invitations", guards=[FINDS_A_VET], summary="Invite a vet for one of one's pets")
async def invite(
    data: JSONBody[NewVetInvitation],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    idempotency_key: IdempotencyKey,
) -> VetInvitationView:
    settings = sign_in.settings
    async with sign_in.database.transaction() as uow:

        async def send() -> VetInvitationView:
            return await invite_vet(uow, settings, actor, pet_id=data.pet_id, email=data.email)

        return await once(uow, KeyedRequest(actor, idempotency_key, data), send, form=VetInvitationView)


@post("/vet-invitations/{invitation_id:uuid}/send-again", guards=[FINDS_A_VET], status_code=202, summary="Mail it once more")
async def send_again(
    invitation_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> VetInvitations:
    async with sign_in.database.transaction() as uow:
        await send_vet_invitation_again(uow, actor, invitation_id)
        return await vet_invitations(uow, sign_in.settings, actor)


@delete("/vet-invitations/{invitation_id:uuid}", guards=[FINDS_A_VET], summary="Withdraw the invitation of a vet")
async def withdraw(invitation_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await withdraw_vet_invitation(uow, actor, invitation_id)


finding_router = Router(
    path="/api/v1", route_handlers=[add, ask, stop_asking, list_invitations, invite, send_again, withdraw], tags=["vets"]
)
