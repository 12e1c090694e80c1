"""The one busy request: posting a message. It passes the framework's door and router, yet not all of its machinery."""

from typing import Any, cast
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.middleware import ASGIMiddleware
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Receive, Scope, Send

from pawline.platform.actor import Actor
from pawline.platform.json_requests import JsonRequest
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.service import post_message
from pawline.threads.views import MessageView

_read = msgspec.json.Decoder(MessageDraft).decode
_encode = msgspec.json.Encoder().encode


class Shortcut(ASGIMiddleware):
    """Asks the route's guards, then posts what can be read; an unreadable draft goes on, to be told what is wrong with it.

    For each request the framework copies the handler and puts together dependencies, arguments and the response anew,
    which takes as long as storing and sending the message.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:  # size: the framework's
        values = cast("dict[str, Any]", scope)
        handler = values["route_handler"]
        request = JsonRequest(scope, receive, send)
        for guard in handler.resolve_guards():
            await guard(request, handler)
        draft = await _readable_draft(request)
        if draft is None:
            await next_app(scope, receive, send)
            return
        desk: Desk = request.app.state.desk
        message, status = await _post(desk, values["state"]["actor"], draft, thread_id=values["path_params"]["thread_id"])
        answer = ASGIResponse(body=_encode(message), status_code=status, media_type=MediaType.JSON)
        await answer(scope, receive, send)


@post(
    "/{thread_id:uuid}/messages",
    guards=[requires(Permission.POST_MESSAGE)],
    middleware=[Shortcut()],
    summary="Post a message or a note",
)
async def post_one(
    thread_id: FromPath[UUID], data: JSONBody[MessageDraft], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[MessageView]:
    message, status = await _post(desk, actor, data, thread_id=thread_id)
    return Response(message, status_code=status)


async def _readable_draft(request: JsonRequest) -> MessageDraft | None:
    try:
        return _read(await request.json_body())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


async def _post(desk: Desk, actor: Actor, draft: MessageDraft, *, thread_id: UUID) -> tuple[MessageView, int]:
    if draft.kind == "note":
        Permission.WRITE_NOTE.require(actor)
    message, is_new = await post_message(desk, actor, draft, thread_id=thread_id)
    return message, 201 if is_new else 200
