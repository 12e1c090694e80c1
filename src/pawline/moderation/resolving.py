"""What administrators do about reports."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import update

from pawline.moderation.models import Report
from pawline.moderation.practice_blocks import block_contact, block_number
from pawline.moderation.queries import ListRequest, count_open, lock_reports_beside, report_of, reports_of
from pawline.moderation.telling import reports_changed
from pawline.moderation.views import NumberBlockRequest, Outcome, ReportPage, ReportState, ReportView, ResolveRequest
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.cursors import cut_page
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound
from pawline.platform.text import require_storable
from pawline.threads.removing import remove_message

_WORDS: dict[Outcome, str] = {
    "removed": "removed the message",
    "spoken_to": "spoke with the author",
    "blocked": "blocked the author",
    "no_action": "left it as it is",
}


class AlreadyResolved(Conflict):
    code = "already_resolved"


async def list_reports(uow: UnitOfWork, actor: Actor, request: ListRequest, *, state: ReportState) -> ReportPage:
    rows = await reports_of(uow, actor, request, state=state)
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.reported_at, row.id))
    return ReportPage(reports=[_view(row) for row in shown], open_count=await count_open(uow, actor), next_cursor=next_cursor)


async def resolve_report(uow: UnitOfWork, actor: Actor, report_id: UUID, *, request: ResolveRequest) -> ReportView:
    """Say what was done, and do it; whoever else reported the same message is answered by it too.

    Raises:
        NotFound: no such report, or of a thread the actor may not see.
        AlreadyResolved: somebody was faster; says who and what they did.
        Invalid: a colleague cannot be blocked.
    """
    require_storable("words", request.words)
    await lock_reports_beside(uow, actor, report_id)
    report = await _require_report(uow, actor, report_id)
    if report.resolved_at is not None:
        return _same_again(actor, report, request)
    await _act(uow, actor, report, request=request)
    statement = (
        update(Report)
        .where(Report.practice_id == actor.practice_id, Report.message_id == report.message_id, Report.resolved_at.is_(None))
        .values(resolved_at=clock.now(), resolved_by_id=actor.person_id, outcome=request.outcome, resolution=_words_of(request))
    )
    await uow.execute(statement)
    uow.emit(reports_changed(actor.practice_id, report.clinic_id))
    return _view(await _require_report(uow, actor, report_id))


async def _require_report(uow: UnitOfWork, actor: Actor, report_id: UUID) -> Any:
    row = await report_of(uow, actor, report_id)
    if row is None:
        raise NotFound
    return row


def _same_again(actor: Actor, report: Any, request: ResolveRequest) -> ReportView:
    if report.resolved_by_id == actor.person_id and report.outcome == request.outcome:
        return _view(report)
    who = "You" if report.resolved_by_id == actor.person_id else report.resolved_by_name
    raise AlreadyResolved(f"{who} resolved this report already and {_WORDS[report.outcome]}.")


async def _act(uow: UnitOfWork, actor: Actor, report: Any, *, request: ResolveRequest) -> None:
    if request.outcome == "removed":
        await remove_message(uow, actor.practice_id, report.thread_id, message_id=report.message_id)
    elif request.outcome == "blocked":
        if report.author_kind != "contact":
            raise Invalid.field("outcome", f"cannot be a block: {report.author_name} works here; speak with them instead")
        reason = _words_of(request) or "After a report"
        if report.is_from_shared_number:  # it may have been any of them, and the phone is all that is known
            await block_number(uow, actor, NumberBlockRequest(contact_number=report.contact_number, reason=reason))
        else:
            await block_contact(uow, actor, report.author_id, reason=reason)


def _words_of(request: ResolveRequest) -> str:
    return mask_card_numbers(request.words.strip())


def _view(row: Any) -> ReportView:
    return msgspec.convert(row, ReportView, from_attributes=True)
