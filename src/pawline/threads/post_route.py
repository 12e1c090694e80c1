"""The one busy request: posting a message. It passes the framework's door and router, yet not all of its machinery."""

from typing import Any, cast
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.middleware import ASGIMiddleware
from litestar.params import FromPath, JSONBody
from litestar.types import ASGIApp, Receive, Scope, Send

from pawline.platform.actor import Actor
from pawline.platform.clashes import note_replay
from pawline.platform.errors import Invalid, Unsupported
from pawline.platform.json_requests import JsonRequest
from pawline.platform.permissions import Permission
from pawline.platform.request_course import REPLAY_HEADER, REPLAY_MEANS
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.service import post_message, post_text_as
from pawline.threads.views import MessageView

_read = msgspec.json.Decoder(MessageDraft).decode
_encode = msgspec.json.Encoder().encode


class Shortcut(ASGIMiddleware):
    """Posts what can be read, by whom the route's guards let in; an unreadable draft goes on, to be told what is wrong with it.

    For each request the framework copies the handler and puts together dependencies, arguments and the response anew,
    which takes as long as storing and sending the message.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:  # size: the framework's
        values = cast("dict[str, Any]", scope)
        thread_id: UUID = values["path_params"]["thread_id"]
        request = JsonRequest(scope, receive, send)
        message, status = await _post_presumed(request, thread_id), 201
        if message is None:
            handler = values["route_handler"]
            for guard in handler.resolve_guards():
                await guard(request, handler)
            draft = await _readable_draft(request)
            if draft is None:
                await next_app(scope, receive, send)
                return
            message, status = await _post(request.app.state.desk, values["state"]["actor"], draft, thread_id=thread_id)
        await _answer(send, _encode(message), status)


@post(
    "/{thread_id:uuid}/messages",
    guards=[requires(Permission.POST_MESSAGE)],
    middleware=[Shortcut()],
    summary="Post a message or a note",
    response_headers=[ResponseHeader(name=REPLAY_HEADER, value="true", documentation_only=True, description=REPLAY_MEANS)],
)
async def post_one(
    thread_id: FromPath[UUID], data: JSONBody[MessageDraft], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[MessageView]:
    message, status = await _post(desk, actor, data, thread_id=thread_id)
    return Response(message, status_code=status)


async def _post_presumed(request: JsonRequest, thread_id: UUID) -> MessageView | None:
    """Most posts: an ordinary text of somebody known, stored without asking first who they are. None: nothing was stored."""
    actor = request.app.state.gate.presume(request, Permission.POST_MESSAGE)
    if actor is None:
        return None
    try:
        draft = await _readable_draft(request)
        return await post_text_as(request.app.state.desk, actor, draft, thread_id=thread_id) if draft else None
    except (Unsupported, Invalid):
        return None  # for the guards to say first whether this person may know what is wrong


async def _answer(send: Send, body: bytes, status: int) -> None:
    """What the framework's response would send, which takes several times as long to build."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _readable_draft(request: JsonRequest) -> MessageDraft | None:
    try:
        return _read(await request.json_body())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


async def _post(desk: Desk, actor: Actor, draft: MessageDraft, *, thread_id: UUID) -> tuple[MessageView, int]:
    if draft.kind == "note":
        Permission.WRITE_NOTE.require(actor)
    if draft.payment is not None:
        Permission.ASK_FOR_PAYMENT.require(actor)
    message, is_new = await post_message(desk, actor, draft, thread_id=thread_id)
    if not is_new:
        note_replay()
    return message, 201 if is_new else 200
