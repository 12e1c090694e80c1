"""HTTP of what deleted messages said, and of erasing it."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from pawline.moderation.deleted_messages import DeletedFile, open_deleted_file, read_deleted_message
from pawline.moderation.erasing import erase_message
from pawline.moderation.views import DeletedReadingView, ErasureRequest
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.file_response import file_response
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.views import MessageView

OWN = requires(Permission.READ_DELETED)


@post(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/deleted-readings",
    guards=[OWN],
    summary="Read what a deleted message said, which is recorded",
)
async def read_deleted(
    thread_id: FromPath[UUID], message_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> DeletedReadingView:
    async with database.transaction() as uow:
        return await read_deleted_message(uow, actor, thread_id, message_id=message_id)


@get(
    "/deleted-readings/{reading_id:uuid}/files/{attachment_id:uuid}/{variant:str}",
    guards=[OWN],
    summary="A file of a deleted message or a part of it, for who is reading the message",
)
async def download_deleted(
    reading_id: FromPath[UUID],
    attachment_id: FromPath[UUID],
    variant: FromPath[str],
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Stream:
    asked = DeletedFile(reading_id, attachment_id, variant)
    return file_response(*await open_deleted_file(desk, actor, asked, asked_range=request.headers.get("range")))


@post(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/erasure",
    guards=[requires(Permission.ERASE_MESSAGE)],
    summary="Erase a deleted message for good, so that nobody can read it any more",
)
async def erase_deleted(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    data: JSONBody[ErasureRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> MessageView:
    return await erase_message(desk, actor, thread_id, message_id=message_id, request=data)
