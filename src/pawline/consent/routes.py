"""HTTP of what owners agree to before they write in the app."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from pawline.consent.app_terms import Agreement, AppTerms, accept_app_terms, app_terms
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.languages import AcceptLanguage, read_language
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires


@get("/app-terms", guards=[requires(Permission.ACCEPT_APP_TERMS)], summary="What messaging in the app is and is not")
async def read_terms(
    actor: NamedDependency[Actor], database: NamedDependency[Database], accept_language: AcceptLanguage = ""
) -> AppTerms:
    async with database.transaction() as uow:
        return await app_terms(uow, actor, read_language(accept_language))


@post("/app-terms", guards=[requires(Permission.ACCEPT_APP_TERMS)], status_code=200, summary="Agree to it")
async def accept_terms(
    data: JSONBody[Agreement],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    user_agent: Annotated[str, HeaderParameter(name="User-Agent")] = "",
) -> AppTerms:
    async with database.transaction() as uow:
        return await accept_app_terms(uow, actor, data, browser=user_agent)


app_terms_router = Router(path="/api/v1", route_handlers=[read_terms, accept_terms], tags=["consent"])
