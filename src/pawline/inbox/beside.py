"""The threads of one family side by side: what it has with the practice's other clinics (C17)."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.inbox.facets import Facets, narrowing
from pawline.inbox.order import NEWEST
from pawline.inbox.queue import AMONG, Question, QueueRequest, build_question, build_row
from pawline.inbox.views import InboxRow, ThreadBeside, ThreadsBeside
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.practices.service import clinic_views
from pawline.threads.access import sql_visible
from pawline.threads.desk import Desk
from pawline.threads.latest import latest_messages
from pawline.threads.queries import visible_to

# No family has more: it is one for each clinic.
_MOST = 100
_OTHERS = """
SELECT t.id, t.clinic_id FROM thread t
WHERE t.practice_id = :practice_id AND t.family_id = :of_family_id AND t.id <> :thread_id AND {visible}
"""


async def threads_beside(desk: Desk, actor: Actor, thread_id: UUID) -> ThreadsBeside:
    """The family's other threads, as far as the actor may see them: basic staff by their reach, all others by their clinics.

    Raises NotFound for a thread that the actor may not see.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id)
        visible, access = sql_visible(actor)
        of_family = {"practice_id": actor.practice_id, "of_family_id": thread.family_id, "thread_id": thread.id}
        found = (await uow.execute(text(_OTHERS.replace("{visible}", visible)), {**of_family, **access})).all()
        if not found:
            return ThreadsBeside([])
        clinics = {each.id: each for each in await clinic_views(uow, actor.practice_id, [each.clinic_id for each in found])}
        rows = await _rows(uow, desk, actor, found=found)
    beside = [ThreadBeside(clinics[row.clinic_id].name, clinics[row.clinic_id].timezone, row) for row in rows]
    return ThreadsBeside(sorted(beside, key=lambda each: (each.clinic_name.lower(), each.row.thread_id)))


async def _rows(uow: UnitOfWork, desk: Desk, actor: Actor, *, found: Any) -> list[InboxRow]:
    """``found``: all that the actor may see, so that no other condition is left to ask."""
    among_all = build_question(actor, QueueRequest("all", limit=_MOST), narrowing(Facets(), among_open=False), order=NEWEST)
    only_these = {**among_all.pieces, "{filters}": "AND t.id = ANY(:few)"}
    question = Question(only_these, {**among_all.values, "clinic_ids": [each.clinic_id for each in found]})
    rows = await question.ask(uow.connection, AMONG, few=[each.id for each in found])
    latest = await latest_messages(uow.connection, desk.links, actor, thread_ids=[row.thread_id for row in rows])
    return [build_row(row, latest) for row in rows]
