"""HTTP of photos, videos, voice notes and files."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import Stream

from pawline.platform.actor import Actor
from pawline.platform.file_response import Asked, file_response
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import Gate, requires
from pawline.threads.attachments import Upload, keep_upload, open_file
from pawline.threads.desk import Desk
from pawline.threads.file_links import FileLink
from pawline.threads.views import AttachmentView


@post(
    "/threads/{thread_id:uuid}/attachments",
    guards=[requires(Permission.POST_MESSAGE)],
    summary="Upload a photo, video, voice note or PDF; the body is the file itself",
    status_code=201,
    request_max_body_size=None,  # receiving a file bounds it while it streams
)
async def upload(
    thread_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    request: Request[Any, Any, Any],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
    file_name: Annotated[str, QueryParameter(max_length=255)] = "photo",
) -> AttachmentView:
    return await keep_upload(desk, actor, Upload(thread_id, idempotency_key, file_name, request.stream()))


@get(
    "/files/{attachment_id:uuid}/{variant:str}/{signature:str}",
    summary="A file or a part of it, for those who may see its message",
)
async def download(
    attachment_id: FromPath[UUID],
    variant: FromPath[str],
    signature: FromPath[str],
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    desk: NamedDependency[Desk],
) -> Stream:
    actors = await gate.actors_of(request.cookies)
    link = FileLink(attachment_id, variant, signature)
    return file_response(*await open_file(desk, actors, link, asked=Asked.by(request.headers)))


files_router = Router(path="/api/v1", route_handlers=[upload, download], tags=["files"])
