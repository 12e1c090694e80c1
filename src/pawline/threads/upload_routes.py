"""HTTP of uploads in parts, as tus 1.0 has it (core, creation and termination), so that they go on after a lost connection."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, delete, head, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter

from pawline.platform.actor import Actor
from pawline.platform.errors import Invalid, Unsupported
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.upload_parts import AnnouncedUpload, begin_upload, drop_upload, finish_upload, progress_of, receive_part
from pawline.threads.views import AttachmentView

PART_TYPE = "application/offset+octet-stream"
_LONGEST_NAME = 255
_VERSION = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
_HIGHEST = 2**50

_Size = Annotated[int, HeaderParameter(name="Upload-Length", ge=1, le=_HIGHEST)]
_Offset = Annotated[int, HeaderParameter(name="Upload-Offset", ge=0, le=_HIGHEST)]


@post(
    "/threads/{thread_id:uuid}/uploads",
    guards=[requires(Permission.POST_MESSAGE)],
    summary="Begin to upload a file in parts, or ask how far it has come; Upload-Metadata may name the file",
    status_code=201,
)
async def begin(
    thread_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
    upload_length: _Size,
    upload_metadata: Annotated[str, HeaderParameter(name="Upload-Metadata", max_length=1000)] = "",
) -> Response[None]:
    announced = AnnouncedUpload(thread_id, idempotency_key, _read_name(upload_metadata), upload_length)
    progress = await begin_upload(desk, actor, announced)
    place = {"Location": f"/api/v1/uploads/{idempotency_key}", "Upload-Offset": str(progress.received_bytes)}
    return Response(None, status_code=201, headers={**_VERSION, **place})


@head("/uploads/{upload_key:uuid}", guards=[requires(Permission.POST_MESSAGE)], summary="How far an upload has come")
async def ask(upload_key: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> Response[None]:
    progress = await progress_of(desk, actor, upload_key)
    sizes = {"Upload-Offset": str(progress.received_bytes), "Upload-Length": str(progress.size_bytes)}
    return Response(None, headers={**_VERSION, **sizes})


@patch(
    "/uploads/{upload_key:uuid}",
    guards=[requires(Permission.POST_MESSAGE)],
    summary=f"Send the next part of a file, as {PART_TYPE}",
    status_code=204,
    request_max_body_size=None,  # the announced size bounds it while it streams
)
async def send_part(
    upload_key: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    request: Request[Any, Any, Any],
    upload_offset: _Offset,
) -> Response[None]:
    if request.headers.get("content-type") != PART_TYPE:
        raise Unsupported(f"Send the part of the file with the header Content-Type: {PART_TYPE}.")
    received = await receive_part(desk, actor, upload_key, at=upload_offset, chunks=request.stream())
    return Response(None, status_code=204, headers={**_VERSION, "Upload-Offset": str(received)})


@delete(
    "/uploads/{upload_key:uuid}",
    guards=[requires(Permission.POST_MESSAGE)],
    summary="Give up an upload that is not an attachment yet",
    status_code=204,
)
async def give_up(upload_key: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> Response[None]:
    await drop_upload(desk, actor, upload_key)
    return Response(None, status_code=204, headers=_VERSION)


@post(
    "/uploads/{upload_key:uuid}/attachment",
    guards=[requires(Permission.POST_MESSAGE)],
    summary="Make an attachment of a file that has come whole",
    status_code=201,
)
async def finish(upload_key: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> AttachmentView:
    return await finish_upload(desk, actor, upload_key)


def _read_name(metadata: str) -> str:
    """Out of a list like ``filename cGF3LmpwZw==,filetype aW1hZ2UvanBlZw==``."""
    pairs = (pair.strip().partition(" ") for pair in metadata.split(","))
    encoded = next((value for name, _, value in pairs if name == "filename"), "")
    try:
        return b64decode(encoded, validate=True).decode()[:_LONGEST_NAME] or "photo"
    except (Base64Error, ValueError) as error:
        raise Invalid.field("Upload-Metadata", "has to give filename in Base64") from error


uploads_router = Router(path="/api/v1", route_handlers=[begin, ask, send_part, give_up, finish], tags=["files"])
