"""Letting a conversation sleep: it leaves the queue for the whole team, and comes back by itself."""

from datetime import datetime

from sqlalchemy import text

from pawline.inbox.handing_off import Place
from pawline.inbox.snooze_times import SnoozeChoices, build_choices, sensible_time
from pawline.inbox.triage import changed, require_open
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Database, Hint, UnitOfWork
from pawline.practices.hours import hours_of
from pawline.threads.assigning import HeldConversation, set_down
from pawline.threads.desk import Desk
from pawline.threads.queries import visible_to
from pawline.threads.triage_columns import AWAKE
from pawline.threads.triage_sql import WOKEN
from pawline.threads.views import ConversationView

_MOST_AT_ONCE = 200
_WAKE = text(f"""
WITH due AS MATERIALIZED (
    SELECT x.practice_id, x.id, x.thread_id, x.snoozed_until, {WOKEN} AS is_woken
    FROM conversation x
    JOIN thread t ON t.practice_id = x.practice_id AND t.id = x.thread_id
    WHERE x.ended_at IS NULL AND x.snoozed_until IS NOT NULL AND (x.snoozed_until <= :now OR {WOKEN})
    ORDER BY x.practice_id, x.thread_id
    LIMIT :most
    FOR UPDATE OF t SKIP LOCKED
), one AS MATERIALIZED (
    SELECT DISTINCT ON (d.practice_id, d.thread_id) d.* FROM due d ORDER BY d.practice_id, d.thread_id, d.id
), counted AS (
    UPDATE thread t SET revision = t.revision + 1 FROM one o
    WHERE t.practice_id = o.practice_id AND t.id = o.thread_id RETURNING t.practice_id, t.id, t.revision
), woken AS (
    UPDATE conversation c
    SET snoozed_until = NULL, snoozed_by_id = NULL, snoozed_seq = NULL, revision = n.revision,
        back_at = CASE WHEN o.is_woken THEN NULL ELSE CAST(:now AS timestamptz) END
    FROM one o JOIN counted n ON n.practice_id = o.practice_id AND n.id = o.thread_id
    WHERE c.practice_id = o.practice_id AND c.id = o.id AND c.snoozed_until = o.snoozed_until
)
SELECT n.practice_id, n.id, n.revision FROM counted n
""")  # noqa: S608 - made of constants
_SETTLE = text("""
WITH one AS MATERIALIZED (
    SELECT DISTINCT ON (x.practice_id, x.thread_id) x.practice_id, x.id, x.thread_id
    FROM conversation x
    WHERE x.ended_at IS NULL AND x.back_at IS NOT NULL AND EXISTS (
        SELECT FROM message s
        WHERE s.practice_id = x.practice_id AND s.thread_id = x.thread_id AND s.conversation_id = x.id
            AND s.kind = 'text' AND s.author_kind = 'staff' AND s.created_at > x.back_at)
    ORDER BY x.practice_id, x.thread_id, x.id
    LIMIT :most
), counted AS (
    UPDATE thread t SET revision = t.revision + 1 FROM one o
    WHERE t.practice_id = o.practice_id AND t.id = o.thread_id RETURNING t.practice_id, t.id, t.revision
), settled AS (
    UPDATE conversation c SET back_at = NULL, revision = n.revision
    FROM one o JOIN counted n ON n.practice_id = o.practice_id AND n.id = o.thread_id
    WHERE c.practice_id = o.practice_id AND c.id = o.id
)
SELECT n.practice_id, n.id, n.revision FROM counted n
""")


async def snooze_choices(desk: Desk, actor: Actor, place: Place) -> SnoozeChoices:
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, place.thread_id)
        return build_choices(await hours_of(uow, actor.practice_id, thread.clinic_id), clock.now())


async def snooze(
    desk: Desk, actor: Actor, place: Place, *, wall_clock: datetime, seen_seq: int | None = None
) -> ConversationView:
    """Let it sleep until a time on the clinic's wall, or until the family writes more than the actor has seen of the thread.

    Raises:
        Ended: it is in nobody's way any more.
        Invalid: the time has passed, or is more than a year away.
    """

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        require_open(held)
        rules = await hours_of(uow, actor.practice_id, held.thread.clinic_id)
        until = sensible_time(rules.zone, wall_clock, clock.now())
        seq = held.thread.last_seq if seen_seq is None else min(seen_seq, held.thread.last_seq)
        asleep = {"snoozed_until": until, "snoozed_by_id": actor.person_id, "snoozed_seq": seq}
        await set_down(uow, held, back_at=None, **asleep)

    return await changed(desk, actor, place, change=change)


async def wake(desk: Desk, actor: Actor, place: Place) -> ConversationView:
    """Back into the queue at once. Safe to repeat."""

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        triage = held.view.triage
        if triage is not None and (triage.snoozed_until is not None or triage.back_at is not None):
            await set_down(uow, held, back_at=None, **AWAKE)

    return await changed(desk, actor, place, change=change)


async def wake_due(database: Database) -> None:  # tenancy: looks after all practices, as the worker does
    """Those whose time has come are back on top, until the team writes in them; those woken by the family are as before."""
    for statement in (_WAKE, _SETTLE):  # one by one: of a thread with two of them, the second follows in the next round
        async with database.transaction() as uow:
            for row in await uow.execute(statement, {"now": clock.now(), "most": _MOST_AT_ONCE}):
                uow.emit(Hint.thread(row.practice_id, row.id, after=row.revision - 1))
