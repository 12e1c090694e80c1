"""HTTP of taking conversations, handing them off and giving them back."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.inbox.colleagues import hand_off_choices
from pawline.inbox.hand_off_views import HandOffChoices, HandOffDraft, SeenConversation
from pawline.inbox.handing_off import Place, give_back, hand_off, take
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.views import ConversationView

_CONVERSATION = "/{thread_id:uuid}/conversations/{conversation_id:uuid}"


@get(
    "/{thread_id:uuid}/hand-off-choices",
    guards=[requires(Permission.HAND_OFF)],
    summary="To whom a conversation can be handed",
)
async def read_choices(thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> HandOffChoices:
    return await hand_off_choices(desk, actor, thread_id)


@post(f"{_CONVERSATION}/take", guards=[requires(Permission.HAND_OFF)], status_code=200, summary="Answer a conversation oneself")
async def take_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[SeenConversation],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await take(desk, actor, Place(thread_id, conversation_id), seen_revision=data.seen_revision)


@post(
    f"{_CONVERSATION}/hand-off",
    guards=[requires(Permission.HAND_OFF)],
    status_code=200,
    summary="Hand a conversation to a person, the clinic's team or a role, with a note",
)
async def hand_off_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[HandOffDraft],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> ConversationView:
    return await hand_off(desk, actor, Place(thread_id, conversation_id), draft=data, key=idempotency_key)


@post(
    f"{_CONVERSATION}/give-back",
    guards=[requires(Permission.HAND_OFF)],
    status_code=200,
    summary="Give a conversation back to the whole team",
)
async def give_back_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[SeenConversation],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await give_back(desk, actor, Place(thread_id, conversation_id), seen_revision=data.seen_revision)


hand_off_router = Router(
    path="/threads", route_handlers=[read_choices, take_one, hand_off_one, give_back_one], tags=["handing off"]
)
