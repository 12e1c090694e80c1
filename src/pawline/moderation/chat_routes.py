"""HTTP of Settings > Chat: for whom it is disabled, and whom a clinic has chosen for it."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pawline.moderation.chosen_chats import ChosenContactPage, choose_contact, list_chosen, unchoose_contact
from pawline.moderation.disabled_chats import DisabledChatPage, disable_chat_for, enable_chat_for, list_disabled_chats
from pawline.moderation.queries import ListRequest
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.texting.contacts import ContactView


@get(
    "/disabled-chats", guards=[requires(Permission.DISABLE_CHAT)], summary="Contacts for whom app chat is disabled, newest first"
)
async def read_disabled(
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 25,
) -> DisabledChatPage:
    async with database.transaction() as uow:
        return await list_disabled_chats(uow, actor, ListRequest(cursor, limit))


@put(
    "/contacts/{contact_id:uuid}/disabled-chat",
    guards=[requires(Permission.DISABLE_CHAT)],
    summary="Disable app chat for a contact",
)
async def disable_one(
    contact_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> ContactView:
    async with database.transaction() as uow:
        return await disable_chat_for(uow, actor, contact_id)


@delete(
    "/contacts/{contact_id:uuid}/disabled-chat",
    guards=[requires(Permission.DISABLE_CHAT)],
    status_code=200,
    summary="Enable app chat for a contact again",
)
async def enable_one(
    contact_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> ContactView:
    async with database.transaction() as uow:
        return await enable_chat_for(uow, actor, contact_id)


@get(
    "/clinics/{clinic_id:uuid}/chosen-contacts",
    guards=[requires(Permission.CHOOSE_FOR_CHAT)],
    summary="Contacts whom a clinic has chosen for app chat, newest first",
)
async def read_chosen(
    clinic_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 25,
) -> ChosenContactPage:
    async with database.transaction() as uow:
        return await list_chosen(uow, actor, clinic_id, request=ListRequest(cursor, limit))


@put(
    "/clinics/{clinic_id:uuid}/chosen-contacts/{contact_id:uuid}",
    guards=[requires(Permission.CHOOSE_FOR_CHAT)],
    summary="Choose a contact for app chat with a clinic",
)
async def choose_one(
    clinic_id: FromPath[UUID], contact_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> ContactView:
    async with database.transaction() as uow:
        return await choose_contact(uow, actor, clinic_id, contact_id=contact_id)


@delete(
    "/clinics/{clinic_id:uuid}/chosen-contacts/{contact_id:uuid}",
    guards=[requires(Permission.CHOOSE_FOR_CHAT)],
    status_code=200,
    summary="Take a contact off those chosen for app chat with a clinic",
)
async def unchoose_one(
    clinic_id: FromPath[UUID], contact_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> ContactView:
    async with database.transaction() as uow:
        return await unchoose_contact(uow, actor, clinic_id, contact_id=contact_id)
