"""HTTP of posters."""

from uuid import UUID

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from pawline.joining.desk import JoiningDesk
from pawline.joining.poster import clinic_poster
from pawline.joining.poster_facts import Paper
from pawline.joining.poster_file import poster_response
from pawline.joining.poster_words import PosterLanguage
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires


@get(
    "/clinics/{clinic_id:uuid}/poster.pdf",
    guards=[requires(Permission.MANAGE_CLINIC)],
    summary="A poster with the clinic's QR code, ready to print",
    media_type="application/pdf",
)
async def read_poster(
    clinic_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
    paper: FromQuery[Paper] = "a4",
    language: FromQuery[PosterLanguage] = "en",
) -> Response[bytes]:
    return await poster_response(await clinic_poster(joining, actor, clinic_id), paper, language)


posters_router = Router(path="/api/v1", route_handlers=[read_poster], tags=["joining"])
