"""HTTP of Start New Conversation."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.starting.candidates import CandidateRequest, chat_candidates, text_candidates
from pawline.starting.chat import start_chat, starting_ways
from pawline.starting.views import ChatCandidates, ConversationRequest, StartedChat, StartingWays, TextCandidates

Query = Annotated[str, QueryParameter(name="q", max_length=100)]
Cursor = Annotated[str | None, QueryParameter(max_length=1000)]
Limit = Annotated[int, QueryParameter(ge=1, le=50)]


@get(
    "/clinics/{clinic_id:uuid}/starting",
    guards=[requires(Permission.USE_INBOX)],
    summary="In which ways a conversation can be started at a clinic",
)
async def read_ways(
    clinic_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> StartingWays:
    async with database.transaction() as uow:
        return await starting_ways(uow, actor, clinic_id)


@get("/chat-candidates", guards=[requires(Permission.USE_INBOX)], summary="Choose User: contacts by name, those in the app first")
async def read_chat_candidates(
    clinic_id: FromQuery[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    sought: Query = "",
    cursor: Cursor = None,
    limit: Limit = 25,
) -> ChatCandidates:
    async with database.transaction() as uow:
        return await chat_candidates(uow, actor, CandidateRequest(clinic_id, sought, cursor, limit))


@get(
    "/text-candidates",
    guards=[requires(Permission.USE_INBOX)],
    summary="Choose User for Texting: contacts with a textable number by last name",
)
async def read_text_candidates(
    clinic_id: FromQuery[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    sought: Query = "",
    cursor: Cursor = None,
    limit: Limit = 25,
) -> TextCandidates:
    async with database.transaction() as uow:
        return await text_candidates(uow, actor, CandidateRequest(clinic_id, sought, cursor, limit))


@post(
    "/app-conversations",
    guards=[requires(Permission.RUN_CONVERSATION)],
    status_code=200,
    summary="Start a conversation in the app with a contact who uses it",
)
async def start_in_app(
    data: JSONBody[ConversationRequest], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> StartedChat:
    async with database.transaction() as uow:
        return await start_chat(uow, actor, data)


starting_router = Router(
    path="/api/v1", route_handlers=[read_ways, read_chat_candidates, read_text_candidates, start_in_app], tags=["starting"]
)
