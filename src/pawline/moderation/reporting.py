"""Reporting a message to the practice."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.moderation.models import Report
from pawline.moderation.telling import reports_changed
from pawline.moderation.views import ReportReceipt, ReportRequest
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Forbidden
from pawline.platform.ids import new_id
from pawline.platform.text import require_storable
from pawline.threads.queries import one_message, visible_to


class MessageGone(Conflict):
    code = "message_gone"


async def report_message(
    uow: UnitOfWork, reporter: Actor, thread_id: UUID, *, message_id: UUID, request: ReportRequest
) -> ReportReceipt:
    """Tell the administrators of the practice. Safe to repeat: one person reports a message once.

    Raises:
        NotFound: no such message, or the reporter may not see it.
        Forbidden: it is the reporter's own.
        MessageGone: the practice removed it meanwhile. What its author deleted can be reported: whoever read it has read it.
    """
    require_storable("words", request.words)
    thread = await visible_to(uow.connection, reporter, thread_id)
    message = await one_message(uow.connection, reporter, thread_id, message_id=message_id)
    if message.author_id == reporter.person_id and not message.is_from_shared_number:
        raise Forbidden("You wrote this message yourself. You can delete it instead.")
    known = await _report_of(uow, reporter, message_id)
    if known is not None:
        return known
    if message.is_removed:
        raise MessageGone("The practice has removed this message already.")
    words = mask_card_numbers(request.words.strip())
    values = {"practice_id": reporter.practice_id, "id": new_id(), "message_id": message_id, "reporter_id": reporter.person_id}
    statement = insert(Report).values(**values, reason=request.reason, words=words, created_at=clock.now(), resolution="")
    await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "message_id", "reporter_id"]))
    uow.emit(reports_changed(reporter.practice_id, thread.clinic_id))
    stored = await _report_of(uow, reporter, message_id)
    assert stored is not None  # noqa: S101 - either this request stored it or the one that it ran into
    return stored


async def _report_of(uow: UnitOfWork, reporter: Actor, message_id: UUID) -> ReportReceipt | None:
    statement = select(Report.reason, Report.created_at).where(
        Report.practice_id == reporter.practice_id, Report.message_id == message_id, Report.reporter_id == reporter.person_id
    )
    row = (await uow.execute(statement)).one_or_none()
    return None if row is None else ReportReceipt(message_id, row.reason, row.created_at)
