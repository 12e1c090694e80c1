"""HTTP of transcripts."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.file_response import safe_headers
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.transcripts.printing import Printer
from pawline.transcripts.service import ConversationRef, mail_transcript, print_transcript, transcript_choices
from pawline.transcripts.views import TranscriptChoices, TranscriptMailRequest, TranscriptMailView

OWN = requires(Permission.TAKE_TRANSCRIPT)
_PDF = "application/pdf"


@get("/transcript", guards=[OWN], summary="What can be done with a transcript of a conversation")
async def read_choices(
    thread_id: FromPath[UUID], conversation_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> TranscriptChoices:
    return await transcript_choices(desk, actor, ConversationRef(thread_id, conversation_id))


@get("/transcript.pdf", guards=[OWN], summary="A conversation as a PDF", media_type=_PDF)
async def download_transcript(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    printer: NamedDependency[Printer],
    with_notes: FromQuery[bool] = False,
    with_deleted: FromQuery[bool] = False,
) -> Response[bytes]:
    asked = ConversationRef(thread_id, conversation_id, with_notes, with_deleted)
    name, content = await print_transcript(desk, printer, actor, asked=asked)
    headers = {**safe_headers(_PDF, name, is_download=True), "Cache-Control": "private, no-store"}
    return Response(content, media_type=_PDF, headers=headers)


@post("/transcript-mails", guards=[OWN], summary="Send the transcript of a conversation to a contact of the family by e-mail")
async def send_transcript(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[TranscriptMailRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> TranscriptMailView:
    asked = ConversationRef(thread_id, conversation_id)
    return await mail_transcript(desk, actor, asked, contact_id=data.contact_id, key=idempotency_key)


transcripts_router = Router(
    path="/api/v1/threads/{thread_id:uuid}/conversations/{conversation_id:uuid}",
    route_handlers=[read_choices, download_transcript, send_transcript],
    dependencies={"printer": Provide(Printer, use_cache=True, sync_to_thread=False)},
    tags=["transcripts"],
)
