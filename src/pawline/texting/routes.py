"""HTTP of texting for the team: starting, consent, clients, and what became of a text."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.texting.contacts import (
    MOST_CONTACTS,
    ConsentLedger,
    ContactPage,
    ContactSearch,
    ContactView,
    ProfileRequest,
    consent_ledger,
    contact_view,
    edit_profile,
    list_contacts,
)
from pawline.texting.desk import TextingDesk
from pawline.texting.opting import SubscriptionRequest, change_subscription, opt_out_in_conversation
from pawline.texting.starting import StartedConversation, TextConversationRequest, start_text_conversation
from pawline.texting.thread_texting import ThreadTexting, thread_texting
from pawline.texting.troubleshooting import SupportBundle, Troubleshooting, send_again, support_bundle, troubleshoot

Query = Annotated[str, QueryParameter(name="q", max_length=100)]
After = Annotated[str | None, QueryParameter(max_length=200)]
Number = Annotated[str, QueryParameter(max_length=20)]


@post(
    "/texting/conversations",
    guards=[requires(Permission.START_CONVERSATION)],
    status_code=200,
    summary="Start a text conversation with a number, or show the one that is open",
)
async def start_one(
    data: JSONBody[TextConversationRequest], actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> StartedConversation:
    return await start_text_conversation(texting, actor, data)


@get("/threads/{thread_id:uuid}/texting", guards=[requires(Permission.SEE_TEXTING)], summary="May this family be texted?")
async def read_texting(
    thread_id: FromPath[UUID], actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> ThreadTexting:
    async with texting.database.transaction() as uow:
        return await thread_texting(uow, actor, thread_id)


@post(
    "/text-conversations/{conversation_id:uuid}/opt-out",
    guards=[requires(Permission.OPT_OUT)],
    status_code=204,
    summary="Send this client no more messages by text",
)
async def opt_out_one(
    conversation_id: FromPath[UUID], actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> None:
    async with texting.database.transaction() as uow:
        await opt_out_in_conversation(uow, actor, conversation_id)


@get("/contacts", guards=[requires(Permission.SEE_CONSENT)], summary="Clients by name, with what their numbers get")
async def read_contacts(
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
    sought: Query = "",
    after: After = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_CONTACTS)] = 25,
    clinic_id: FromQuery[UUID | None] = None,
) -> ContactPage:
    async with texting.database.transaction() as uow:
        return await list_contacts(uow, actor, ContactSearch(sought, after, limit, clinic_id))


@get("/contacts/{contact_id:uuid}", guards=[requires(Permission.SEE_CONSENT)], summary="A client and what their numbers get")
async def read_contact(
    contact_id: FromPath[UUID], actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> ContactView:
    async with texting.database.transaction() as uow:
        return await contact_view(uow, actor, contact_id)


@patch("/contacts/{contact_id:uuid}", guards=[requires(Permission.EDIT_CONTACT)], summary="Correct who a client is")
async def edit_contact(
    contact_id: FromPath[UUID],
    data: JSONBody[ProfileRequest],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
) -> ContactView:
    async with texting.database.transaction() as uow:
        return await edit_profile(uow, actor, contact_id, request=data)


@get(
    "/contacts/{contact_id:uuid}/consent",
    guards=[requires(Permission.SEE_CONSENT)],
    summary="Everything that decided what a number gets",
)
async def read_ledger(
    contact_id: FromPath[UUID], number: Number, actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> ConsentLedger:
    async with texting.database.transaction() as uow:
        return await consent_ledger(uow, actor, contact_id, number=number)


@put(
    "/contacts/{contact_id:uuid}/subscriptions",
    guards=[requires(Permission.CHANGE_CONSENT)],
    summary="Opt a client's number out of a kind of texts, or back in",
)
async def set_subscription(
    contact_id: FromPath[UUID],
    data: JSONBody[SubscriptionRequest],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
) -> ContactView:
    async with texting.database.transaction() as uow:
        await change_subscription(uow, actor, contact_id, request=data)
        return await contact_view(uow, actor, contact_id)


@get(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/delivery",
    guards=[requires(Permission.SEE_TEXTING)],
    summary="What became of a text, and what to check",
)
async def read_delivery(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
) -> Troubleshooting:
    async with texting.database.transaction() as uow:
        return await troubleshoot(uow, actor, thread_id, message_id=message_id)


@get(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/support-file",
    guards=[requires(Permission.SEE_CONSENT)],
    summary="The same as a file for whoever helps",
)
async def read_support_file(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
) -> Response[SupportBundle]:
    async with texting.database.transaction() as uow:
        bundle = await support_bundle(uow, actor, thread_id, message_id=message_id)
    headers = {"Content-Disposition": f'attachment; filename="pawline-text-{message_id}.json"'}
    return Response(bundle, headers=headers)


@post(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/try-again",
    guards=[requires(Permission.SEE_TEXTING)],
    status_code=204,
    summary="Text a message anew that did not go out",
)
async def text_again(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
) -> None:
    async with texting.database.transaction() as uow:
        await send_again(uow, actor, thread_id, message_id=message_id)


texting_router = Router(
    path="/api/v1",
    route_handlers=[
        start_one,
        read_texting,
        opt_out_one,
        read_contacts,
        read_contact,
        edit_contact,
        read_ledger,
        set_subscription,
        read_delivery,
        read_support_file,
        text_again,
    ],
    tags=["texting"],
)
