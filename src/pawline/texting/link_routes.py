"""HTTP of links in texts: open to whoever holds one; and taking them back, for the team."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from pawline.platform.actor import Actor
from pawline.platform.errors import NotFound, Problem
from pawline.platform.file_response import file_response, safe_headers
from pawline.platform.languages import Language, read_language
from pawline.platform.permissions import Permission
from pawline.sign_in.addresses import client_address
from pawline.sign_in.gate import requires
from pawline.texting.link_page import file_page, refusal_page
from pawline.texting.link_tries import LinkTries
from pawline.texting.media_out import SharedFile, SharedKind, count_opening, revoke_links_of, shared_file
from pawline.threads.desk import Desk
from pawline.threads.keeping import open_kept, open_thumbnail

AnyRequest = Request[Any, Any, Any]

_tries = LinkTries()
# Unlike a file behind a session this one can be taken back, so no copy of it is to stay anywhere.
_NOT_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


class RevokedLinks(msgspec.Struct, frozen=True):
    count: int


@get("/{token:str}")
async def page(token: FromPath[str], request: AnyRequest, desk: NamedDependency[Desk]) -> Response[str]:
    token = token.rstrip(".")  # the standard words end with one, and some phones take it for part of the link
    async with _braked(request, desk):
        async with desk.database.transaction() as uow:
            file = await shared_file(uow, token)
            await count_opening(uow, file, token)
        return file_page(file, token, _language_of(request))


@get("/{token:str}/file")
async def content(token: FromPath[str], request: AnyRequest, desk: NamedDependency[Desk]) -> Stream:
    found = await _find(token, request, desk)
    asked_range = request.headers.get("range")
    file = await open_kept(desk.files, found.attachment_id, size_bytes=found.size_bytes, asked_range=asked_range)
    headers = safe_headers(found.media_type, found.file_name, is_download=found.kind is SharedKind.PDF)
    return file_response(file, {**headers, **_NOT_KEPT})


@get("/{token:str}/thumbnail")
async def thumbnail(token: FromPath[str], request: AnyRequest, desk: NamedDependency[Desk]) -> Stream:
    found = await _find(token, request, desk)
    if not found.has_thumbnail:
        raise NotFound
    headers = safe_headers("image/jpeg", f"{found.file_name}.jpg", is_download=False)
    return file_response(await open_thumbnail(desk.files, found.attachment_id), {**headers, **_NOT_KEPT})


@post(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/links/revoke",
    guards=[requires(Permission.POST_MESSAGE)],
    status_code=200,
    summary="Take back the links of a text to its files",
)
async def revoke(
    thread_id: FromPath[UUID], message_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> RevokedLinks:
    async with desk.database.transaction() as uow:
        return RevokedLinks(await revoke_links_of(uow, actor, thread_id, message_id=message_id))


async def _find(token: str, request: AnyRequest, desk: Desk) -> SharedFile:
    async with _braked(request, desk), desk.database.transaction() as uow:
        return await shared_file(uow, token)


@asynccontextmanager
async def _braked(request: AnyRequest, desk: Desk) -> AsyncGenerator[None]:
    address = client_address(request, desk.settings)
    _tries.require_few(address)
    try:
        yield
    except NotFound:
        _tries.count_miss(address)
        raise


def _on_problem(request: AnyRequest, problem: Problem) -> Response[str]:
    return refusal_page(problem, _language_of(request))


def _language_of(request: AnyRequest) -> Language:
    return read_language(request.headers.get("accept-language", ""))


links_router = Router(
    path="/",
    route_handlers=[
        Router(
            path="/f",
            route_handlers=[page, content, thumbnail],
            include_in_schema=False,
            exception_handlers={Problem: _on_problem},
        ),
        Router(path="/api/v1", route_handlers=[revoke], tags=["texting"]),
    ],
)
