"""HTTP of the search over families, their people and pets, and numbers."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from pawline.finding.service import FamilySearch, match_families
from pawline.finding.views import FamilyMatches
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires


@get(
    "/families",
    guards=[requires(Permission.FIND_FAMILIES)],
    summary="Families by words of their people's and pets' names or an e-mail address, and who has a number",
)
async def search_families(
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    q: Annotated[str, QueryParameter(max_length=200)],
    clinic_id: FromQuery[UUID | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=25)] = 8,
) -> FamilyMatches:
    return await match_families(database, actor, FamilySearch(q, clinic_id, limit))


family_search_router = Router(path="/api/v1/search", route_handlers=[search_families], tags=["finding"])
