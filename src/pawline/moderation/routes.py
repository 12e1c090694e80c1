"""HTTP of reports and blocks."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from pawline.moderation.chat_routes import choose_one, disable_one, enable_one, read_chosen, read_disabled, unchoose_one
from pawline.moderation.deleted_routes import download_deleted, erase_deleted, read_deleted
from pawline.moderation.family_erasure_routes import family_erasure_router
from pawline.moderation.held_texts import list_held_texts
from pawline.moderation.person_blocks import block_person, own_blocks, unblock_person
from pawline.moderation.practice_blocks import (
    block_contact,
    block_number,
    lift_block,
    lift_block_of_contact,
    list_practice_blocks,
)
from pawline.moderation.queries import ListRequest
from pawline.moderation.reporting import report_message
from pawline.moderation.resolving import list_reports, resolve_report
from pawline.moderation.views import (
    Blocks,
    BlockView,
    HeldTextPage,
    NumberBlockRequest,
    PracticeBlockPage,
    PracticeBlockRequest,
    PracticeBlockView,
    ReportPage,
    ReportReceipt,
    ReportRequest,
    ReportState,
    ReportView,
    ResolveRequest,
)
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.platform.realtime import Hub
from pawline.sign_in.gate import requires

Cursor = Annotated[str | None, QueryParameter(max_length=200)]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


@post(
    "/threads/{thread_id:uuid}/messages/{message_id:uuid}/report",
    guards=[requires(Permission.REPORT_AND_BLOCK)],
    status_code=200,
    summary="Report a message to the practice",
)
async def report_one(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    data: JSONBody[ReportRequest],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
) -> ReportReceipt:
    async with database.transaction() as uow:
        return await report_message(uow, actor, thread_id, message_id=message_id, request=data)


@get("/reports", guards=[requires(Permission.RESOLVE_REPORTS)], summary="Reported messages, newest first")
async def read_reports(
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    shown: Annotated[ReportState, QueryParameter(name="state")] = "open",
    cursor: Cursor = None,
    limit: Limit = 25,
) -> ReportPage:
    async with database.transaction() as uow:
        return await list_reports(uow, actor, ListRequest(cursor, limit), state=shown)


@post(
    "/reports/{report_id:uuid}/resolve",
    guards=[requires(Permission.RESOLVE_REPORTS)],
    status_code=200,
    summary="Say what was done about a report, and do it",
)
async def resolve_one(
    report_id: FromPath[UUID],
    data: JSONBody[ResolveRequest],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
) -> ReportView:
    async with database.transaction() as uow:
        return await resolve_report(uow, actor, report_id, request=data)


@get("/blocks", guards=[requires(Permission.REPORT_AND_BLOCK)], summary="Whom one has blocked")
async def read_blocks(actor: NamedDependency[Actor], database: NamedDependency[Database]) -> Blocks:
    async with database.transaction() as uow:
        return await own_blocks(uow, actor)


@post(
    "/people/{person_id:uuid}/block",
    guards=[requires(Permission.REPORT_AND_BLOCK)],
    status_code=200,
    summary="Get no more messages from a person",
)
async def block_one(
    person_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database], hub: NamedDependency[Hub]
) -> BlockView:
    async with database.transaction() as uow:
        block = await block_person(uow, actor, person_id)
    # Who blocks somebody and reads that it is done must not see one more message of theirs arrive.
    await hub.look_again(actor.person_id)
    return block


@delete("/people/{person_id:uuid}/block", guards=[requires(Permission.REPORT_AND_BLOCK)], summary="Get their messages again")
async def unblock_one(person_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]) -> None:
    async with database.transaction() as uow:
        await unblock_person(uow, actor, person_id)


@get("/practice-blocks", guards=[requires(Permission.RESOLVE_REPORTS)], summary="Contacts and numbers that the practice blocked")
async def read_practice_blocks(
    actor: NamedDependency[Actor], database: NamedDependency[Database], cursor: Cursor = None, limit: Limit = 25
) -> PracticeBlockPage:
    async with database.transaction() as uow:
        return await list_practice_blocks(uow, actor, ListRequest(cursor, limit))


@post(
    "/practice-blocks",
    guards=[requires(Permission.RESOLVE_REPORTS)],
    status_code=200,
    summary="Take no more texts from a number",
)
async def block_number_for_practice(
    data: JSONBody[NumberBlockRequest], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> PracticeBlockView:
    async with database.transaction() as uow:
        return await block_number(uow, actor, data)


@delete("/practice-blocks/{block_id:uuid}", guards=[requires(Permission.RESOLVE_REPORTS)], summary="Lift a block of the practice")
async def lift_by_id(block_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]) -> None:
    async with database.transaction() as uow:
        await lift_block(uow, actor, block_id)


@get(
    "/practice-blocks/{block_id:uuid}/held",
    guards=[requires(Permission.RESOLVE_REPORTS)],
    summary="Texts that a block keeps out of the threads, newest first",
)
async def read_held_texts(
    block_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    cursor: Cursor = None,
    limit: Limit = 25,
) -> HeldTextPage:
    async with database.transaction() as uow:
        return await list_held_texts(uow, actor, block_id, request=ListRequest(cursor, limit))


@post(
    "/contacts/{contact_id:uuid}/practice-block",
    guards=[requires(Permission.RESOLVE_REPORTS)],
    status_code=200,
    summary="Take no more messages from a contact, in the app or by text",
)
async def block_for_practice(
    contact_id: FromPath[UUID],
    data: JSONBody[PracticeBlockRequest],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
) -> PracticeBlockView:
    async with database.transaction() as uow:
        return await block_contact(uow, actor, contact_id, reason=data.reason)


@delete(
    "/contacts/{contact_id:uuid}/practice-block",
    guards=[requires(Permission.RESOLVE_REPORTS)],
    summary="Take messages from a contact again",
)
async def lift_one(contact_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]) -> None:
    async with database.transaction() as uow:
        await lift_block_of_contact(uow, actor, contact_id)


moderation_router = Router(
    path="/api/v1",
    route_handlers=[
        report_one,
        read_reports,
        resolve_one,
        read_deleted,
        download_deleted,
        erase_deleted,
        family_erasure_router,
        read_blocks,
        block_one,
        unblock_one,
        read_practice_blocks,
        block_number_for_practice,
        lift_by_id,
        read_held_texts,
        block_for_practice,
        lift_one,
        read_disabled,
        disable_one,
        enable_one,
        read_chosen,
        choose_one,
        unchoose_one,
    ],
    tags=["moderation"],
)
