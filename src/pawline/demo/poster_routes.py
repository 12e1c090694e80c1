"""HTTP of the demo's poster, for whoever wants to scan one before they sign in. Mounted in demo mode only."""

from typing import Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from sqlalchemy import text

from pawline.joining.desk import JoiningDesk
from pawline.joining.poster import poster_of
from pawline.joining.poster_facts import Poster
from pawline.joining.poster_file import poster_response
from pawline.platform.errors import NotFound

# The Harts are at Hill Street already: at Harbour they find something to connect.
# tenancy: a clinic of the demo's own practices, on behalf of its practice owner.
_CLINIC = text("""
SELECT k.practice_id, k.id AS clinic_id, m.id AS owner_id FROM clinic k
JOIN practice y ON y.id = k.practice_id AND y.is_demo
JOIN staff_member m ON m.practice_id = k.practice_id AND m.role = 'practice_owner' AND m.left_at IS NULL
ORDER BY k.name <> 'Northside Harbour', y.created_at, k.name, m.created_at, m.id LIMIT 1
""")


class DemoPoster(msgspec.Struct, frozen=True):
    """``link``: where the poster's QR code leads."""

    clinic_name: str
    link: str


@get("/poster", summary="Where the demo's poster leads; null before the demo is filled")
async def read_demo_poster(joining: NamedDependency[JoiningDesk]) -> DemoPoster | None:
    poster = await _poster(joining)
    return None if poster is None else DemoPoster(poster.clinic_name, poster.scan_url)


@get("/poster.pdf", summary="The demo's poster, ready to print", media_type="application/pdf")
async def read_demo_poster_file(joining: NamedDependency[JoiningDesk]) -> Response[bytes]:
    poster = await _poster(joining)
    if poster is None:
        raise NotFound
    return await poster_response(poster, "a4")


async def _poster(joining: JoiningDesk) -> Poster | None:
    async with joining.database.transaction() as uow:
        clinic: Any = (await uow.execute(_CLINIC)).one_or_none()
    if clinic is None:
        return None
    return await poster_of(joining, clinic.practice_id, clinic_id=clinic.clinic_id, made_by_id=clinic.owner_id)


demo_poster_router = Router(path="/api/v1/demo", route_handlers=[read_demo_poster, read_demo_poster_file], tags=["demo"])
