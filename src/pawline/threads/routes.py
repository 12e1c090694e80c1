"""HTTP of threads: parse, name the permission, call one verb, shape the answer."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.changes import changes_for
from pawline.threads.conversations import end_conversation, rename_conversation, restart_conversation, start_conversation
from pawline.threads.desk import Desk
from pawline.threads.ending_routes import end_chosen, restart_chosen
from pawline.threads.mention_routes import read_team
from pawline.threads.opening import open_thread, thread_view
from pawline.threads.paging import read_messages
from pawline.threads.post_route import post_one
from pawline.threads.queries import PageRequest
from pawline.threads.reading import mark_read, mark_unread
from pawline.threads.service import delete_message, tag_message
from pawline.threads.staff_draft_routes import put_draft, read_draft_places, read_drafts
from pawline.threads.views import Changes, ConversationView, MessagePage, MessageView, ReadMarkView, ThreadView

HIGHEST = 2**62


class ThreadRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    family_id: UUID
    clinic_id: UUID
    title: str | None = None


class TitleRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str


class ReadRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    up_to_seq: Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]


class TagRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pet_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)]


Seq = Annotated[int | None, QueryParameter(ge=0, le=HIGHEST)]


@post("/", guards=[requires(Permission.START_CONVERSATION)], status_code=200, summary="Open the thread of a family with a clinic")
async def open_one(data: JSONBody[ThreadRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ThreadView:
    return await open_thread(desk, actor, family_id=data.family_id, clinic_id=data.clinic_id, title=data.title)


@get("/{thread_id:uuid}", guards=[requires(Permission.READ_THREAD)], summary="A snapshot of a thread")
async def read_thread(thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ThreadView:
    return await thread_view(desk, actor, thread_id)


@get("/{thread_id:uuid}/messages", guards=[requires(Permission.READ_THREAD)], summary="A page of messages before or after a seq")
async def read_history(
    thread_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    before: Seq = None,
    after: Seq = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> MessagePage:
    return await read_messages(desk, actor, thread_id, request=PageRequest(limit, before, after))


@get("/{thread_id:uuid}/changes", guards=[requires(Permission.READ_THREAD)], summary="What changed after a revision")
async def read_changes(
    thread_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    after: Annotated[int, QueryParameter(ge=0, le=HIGHEST)],
) -> Changes:
    async with desk.database.transaction() as uow:
        changes = await changes_for(uow.connection, desk.links, actor, thread_id=thread_id, after=after)
        await desk.openings.record_in(uow, actor, thread_id)
        return changes


@delete(
    "/{thread_id:uuid}/messages/{message_id:uuid}",
    guards=[requires(Permission.POST_MESSAGE)],
    status_code=200,
    summary="Delete one's own message",
)
async def delete_one(
    thread_id: FromPath[UUID], message_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> MessageView:
    return await delete_message(desk, actor, thread_id, message_id=message_id)


@put(
    "/{thread_id:uuid}/messages/{message_id:uuid}/pets",
    guards=[requires(Permission.TAG_MESSAGE)],
    summary="Say which pets a message is about",
)
async def tag_one(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    data: JSONBody[TagRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> MessageView:
    return await tag_message(desk, actor, thread_id, message_id=message_id, pet_ids=data.pet_ids)


@put("/{thread_id:uuid}/read-mark", guards=[requires(Permission.READ_THREAD)], summary="Say how far one has read")
async def read_up_to(
    thread_id: FromPath[UUID], data: JSONBody[ReadRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ReadMarkView:
    return await mark_read(desk, actor, thread_id, up_to_seq=data.up_to_seq)


@post(
    "/{thread_id:uuid}/mark-unread",
    guards=[requires(Permission.MARK_UNREAD)],
    status_code=200,
    summary="Let the latest message of somebody else stand as unread, for oneself alone",
)
async def unread_again(thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ReadMarkView:
    return await mark_unread(desk, actor, thread_id)


@post("/{thread_id:uuid}/conversations", guards=[requires(Permission.START_CONVERSATION)], summary="Start a conversation")
async def start_one(
    thread_id: FromPath[UUID], data: JSONBody[TitleRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ConversationView:
    return await start_conversation(desk, actor, thread_id, title=data.title)


@patch(
    "/{thread_id:uuid}/conversations/{conversation_id:uuid}",
    guards=[requires(Permission.RUN_CONVERSATION)],
    summary="Rename a conversation",
)
async def rename_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[TitleRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await rename_conversation(desk, actor, thread_id, conversation_id=conversation_id, title=data.title)


@post(
    "/{thread_id:uuid}/conversations/{conversation_id:uuid}/end",
    guards=[requires(Permission.RUN_CONVERSATION)],
    status_code=200,
    summary="End a conversation",
)
async def end_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    seen_revision: Seq = None,
) -> ConversationView:
    return await end_conversation(desk, actor, thread_id, conversation_id=conversation_id, seen_revision=seen_revision)


@post(
    "/{thread_id:uuid}/conversations/{conversation_id:uuid}/restart",
    guards=[requires(Permission.RUN_CONVERSATION)],
    status_code=200,
    summary="Restart an ended conversation",
)
async def restart_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    undoes_end: FromQuery[bool] = False,
) -> ConversationView:
    return await restart_conversation(desk, actor, thread_id, conversation_id=conversation_id, undoes_end=undoes_end)


threads_router = Router(
    path="/api/v1/threads",
    route_handlers=[
        open_one,
        read_thread,
        read_history,
        read_changes,
        post_one,
        read_team,
        delete_one,
        tag_one,
        read_up_to,
        unread_again,
        start_one,
        rename_one,
        end_one,
        restart_one,
        end_chosen,
        restart_chosen,
        read_draft_places,
        read_drafts,
        put_draft,
    ],
    tags=["threads"],
)
