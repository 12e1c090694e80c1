"""HTTP of the staff inbox: the queue, finding families, adding one."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft
from pawline.inbox.access_routes import read_access, read_access_table
from pawline.inbox.adding import AddedFamily, add_family_once
from pawline.inbox.beside_routes import read_beside
from pawline.inbox.colleagues import team_of_queue
from pawline.inbox.facets import Facets
from pawline.inbox.hand_off_routes import hand_off_router
from pawline.inbox.hand_off_views import QueueTeam
from pawline.inbox.label_routes import labels_router
from pawline.inbox.merge_preview import preview_merge
from pawline.inbox.queue import QueueRequest, count_unread, read_queue
from pawline.inbox.search import find_families
from pawline.inbox.species import LONGEST, species_of_queue
from pawline.inbox.triage_routes import triage_router
from pawline.inbox.views import FoundFamilies, Inbox, InboxState, MergePreview, QueueSpecies, Unread
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.merging import merge_families
from pawline.threads.views import Channel

Query = Annotated[str, QueryParameter(name="q", max_length=100)]


class NewContact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    first_name: str
    last_name: str
    role: Literal["primary", "secondary", "other"] = "primary"
    email: str | None = None
    phone: str | None = None


class NewPet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    species: str
    breed: str = ""
    born_on: date | None = None
    weight_grams: Annotated[int, msgspec.Meta(gt=0, le=5_000_000)] | None = None


class MergeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The source family is gone afterwards; this cannot be undone."""

    source_family_id: UUID


class NewFamily(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    clinic_id: UUID
    contacts: Annotated[list[NewContact], msgspec.Meta(min_length=1, max_length=10)]
    pets: Annotated[list[NewPet], msgspec.Meta(min_length=1, max_length=30)]

    def draft(self) -> FamilyDraft:
        return FamilyDraft(
            name=self.name,
            contacts=[
                ContactDraft(f"{contact.first_name} {contact.last_name}", ContactRole(contact.role), contact.email, contact.phone)
                for contact in self.contacts
            ],
            pets=[PetDraft(pet.name, pet.species, pet.breed, pet.born_on, pet.weight_grams) for pet in self.pets],
        )


@get(
    "/inbox",
    guards=[requires(Permission.USE_INBOX)],
    summary="The queue of threads: urgent ones, then newest first; those waiting for an answer, longest first",
)
async def inbox(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    name: Query = "",
    shown: Annotated[InboxState, QueryParameter(name="state")] = "open",
    clinic_id: FromQuery[UUID | None] = None,
    unread: FromQuery[bool] = False,
    unanswered: FromQuery[bool] = False,
    urgent: FromQuery[bool] = False,
    channel: FromQuery[Channel | None] = None,
    started_by: FromQuery[Literal["family", "practice"] | None] = None,
    animal: Annotated[str | None, QueryParameter(name="species", max_length=LONGEST)] = None,
    assignee_id: FromQuery[UUID | None] = None,
    label_id: FromQuery[UUID | None] = None,
    former_id: FromQuery[UUID | None] = None,
    cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Inbox:
    facets = Facets(unread, unanswered, urgent, channel, started_by, animal, assignee_id, label_id, former_id)
    return await read_queue(desk, actor, QueueRequest(shown, facets, clinic_id, name, cursor, limit))


@get(
    "/inbox/team",
    guards=[requires(Permission.USE_INBOX)],
    summary="Who may answer what is in the queue, and who did and has left",
)
async def team(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> QueueTeam:
    return await team_of_queue(desk, actor)


@get("/inbox/species", guards=[requires(Permission.USE_INBOX)], summary="Which animals the families in the queue have")
async def species(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> QueueSpecies:
    return await species_of_queue(desk, actor)


@get("/inbox/unread", guards=[requires(Permission.USE_INBOX)], summary="How many threads have something unread")
async def unread(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> Unread:
    return await count_unread(desk, actor)


@get("/families", guards=[requires(Permission.USE_INBOX)], summary="Find families by a parent's or a pet's name")
async def families(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    name: Query = "",
    limit: Annotated[int, QueryParameter(ge=1, le=50)] = 20,
    with_guests: FromQuery[bool] = False,
) -> FoundFamilies:
    return FoundFamilies(await find_families(desk, actor, name, limit=limit, with_guests=with_guests))


@post("/families", guards=[requires(Permission.ADD_FAMILY)], summary="Add a family with its contacts and pets")
async def add_family(
    data: JSONBody[NewFamily],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> AddedFamily:
    return await add_family_once(desk, actor, data.draft(), clinic_id=data.clinic_id, key=idempotency_key)


@get(
    "/families/{family_id:uuid}/merge",
    guards=[requires(Permission.MERGE_FAMILIES)],
    summary="What this family and another one have, before they are made one",
)
async def merge_preview(
    family_id: FromPath[UUID], source_family_id: FromQuery[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> MergePreview:
    return await preview_merge(desk, actor, source_id=source_family_id, target_id=family_id)


@post(
    "/families/{family_id:uuid}/merge",
    guards=[requires(Permission.MERGE_FAMILIES)],
    status_code=200,
    summary="Make another family part of this one",
)
async def merge(
    family_id: FromPath[UUID], data: JSONBody[MergeRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> MergeRequest:
    await merge_families(desk, actor, source_id=data.source_family_id, target_id=family_id)
    return data


inbox_router = Router(
    path="/api/v1",
    route_handlers=[
        inbox,
        unread,
        team,
        species,
        families,
        add_family,
        merge_preview,
        merge,
        read_access,
        read_access_table,
        read_beside,
        hand_off_router,
        triage_router,
        labels_router,
    ],
    tags=["inbox"],
)
