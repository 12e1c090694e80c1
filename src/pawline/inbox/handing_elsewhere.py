"""Handing what a family wants of one clinic to another clinic of the practice.

Each clinic keeps its own thread (C17): what goes over is the matter and the note, and nothing of what was written. Whoever may
see both threads finds the way from one to the other, by the clinic that the line names.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.inbox.hand_off_acts import Act, carry_out, with_note
from pawline.inbox.hand_off_views import OtherClinic
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.practices.service import clinic_views
from pawline.reach.service import hold_colleague_at
from pawline.threads.assigning import Assignee, HeldConversation, conversation_view, rouse
from pawline.threads.conversations import open_conversation
from pawline.threads.entries import lock_thread
from pawline.threads.opening import ensure_thread
from pawline.threads.queries import visible_to

# Where the family can go on, in the app or by text, and where somebody but the actor would be told.
_ELSEWHERE = text("""
SELECT k.id AS clinic_id, k.name, c.is_connected FROM clinic k
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM connection n
    WHERE n.practice_id = k.practice_id AND n.family_id = :family_id AND n.clinic_id = k.id AND n.state = 'accepted'
) AS is_connected) c
WHERE k.practice_id = :practice_id AND k.id <> :clinic_id AND (c.is_connected OR EXISTS (
    SELECT FROM thread t JOIN conversation s ON s.practice_id = t.practice_id AND s.thread_id = t.id AND s.channel = 'sms'
    WHERE t.practice_id = k.practice_id AND t.family_id = :family_id AND t.clinic_id = k.id))
AND EXISTS (
    SELECT FROM staff_member s
    WHERE s.practice_id = k.practice_id AND s.id <> :person_id AND s.left_at IS NULL AND s.role <> 'basic' AND (
        s.role = 'practice_owner' OR EXISTS (
            SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = k.id)))
ORDER BY lower(k.name), k.id
""")
# In the order in which posts hold several threads: two who hand over to and fro at once wait for each other.
_HOLD_BOTH = text("""
SELECT t.id FROM thread t WHERE t.practice_id = :practice_id AND t.id = ANY(CAST(:thread_ids AS uuid[]))
ORDER BY t.practice_id, t.id
FOR UPDATE
""")
_OPEN_TEXT = text("""
SELECT c.id FROM conversation c
WHERE c.practice_id = :practice_id AND c.thread_id = :thread_id AND c.channel = 'sms' AND c.ended_at IS NULL
ORDER BY c.opened_at DESC, c.id DESC LIMIT 1
""")
_FAMILY_NAME = text("SELECT y.name FROM family y WHERE y.practice_id = :practice_id AND y.id = :family_id")
_HAS_INBOX = text("SELECT m.role <> 'basic' FROM staff_member m WHERE m.practice_id = :practice_id AND m.id = :staff_id")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    clinic_id: UUID
    name: str
    timezone: str


async def clinics_elsewhere(uow: UnitOfWork, actor: Actor, thread: Any) -> list[OtherClinic]:
    """The practice's other clinics to which a matter of this family can be handed, also where the actor sees no threads."""
    place = {"practice_id": actor.practice_id, "clinic_id": thread.clinic_id, "family_id": thread.family_id}
    rows = await uow.execute(_ELSEWHERE, {**place, "person_id": actor.person_id})
    return [OtherClinic(row.clinic_id, row.name, row.is_connected) for row in rows]


async def hold_both_threads(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, clinic_id: UUID) -> None:
    """This one and the family's with the other clinic, made now if it is the first. Nothing is done for the thread's own clinic.

    Raises:
        NotFound: no such thread, or the actor may not see it.
        Invalid: no such clinic, or the family cannot go on there.
    """
    thread = await visible_to(uow.connection, actor, thread_id)
    if await find_elsewhere(uow, actor, thread, clinic_id=clinic_id) is None:
        return
    other_id = await ensure_thread(uow, actor.practice_id, family_id=thread.family_id, clinic_id=clinic_id)
    await uow.execute(_HOLD_BOTH, {"practice_id": actor.practice_id, "thread_ids": [thread_id, other_id]})


async def find_elsewhere(uow: UnitOfWork, actor: Actor, thread: Any, *, clinic_id: UUID | None) -> Elsewhere | None:
    """None: it stays at the clinic. Raises Invalid as above."""
    if clinic_id is None or clinic_id == thread.clinic_id:
        return None
    if clinic_id not in {each.clinic_id for each in await clinics_elsewhere(uow, actor, thread)}:
        raise Invalid.field("clinic_id", "treats no pet of this family, or nobody there has the inbox")
    [clinic] = await clinic_views(uow, actor.practice_id, [clinic_id])
    return Elsewhere(clinic.id, clinic.name, clinic.timezone)


async def arrive(uow: UnitOfWork, actor: Actor, elsewhere: Elsewhere, *, source: Any, note: str) -> None:
    """Both threads are held. Whoever answers the family there already is told; otherwise it is for everybody there."""
    thread_id = await ensure_thread(uow, actor.practice_id, family_id=source.family_id, clinic_id=elsewhere.clinic_id)
    thread = await lock_thread(uow, actor.practice_id, thread_id)
    held = await _held_there(uow, actor, thread, elsewhere=elsewhere)
    await rouse(uow, held)
    [clinic] = await clinic_views(uow, actor.practice_id, [source.clinic_id])
    to, name = await _recipient(uow, actor, held, elsewhere=elsewhere)
    words = with_note(f"{actor.name} of {clinic.name} handed this to {name}", note)
    await carry_out(uow, actor, held, act=Act("handed", to, words, source.clinic_id))


async def _held_there(uow: UnitOfWork, actor: Actor, thread: Any, *, elsewhere: Elsewhere) -> HeldConversation:
    """The conversation that is open, or a new one in the app. A text to the family is for whoever answers there to start."""
    place = {"practice_id": thread.practice_id, "thread_id": thread.id}
    found = thread.open_conversation_id or (await uow.execute(_OPEN_TEXT, place)).scalar_one_or_none()
    if found is None:
        family = {"practice_id": thread.practice_id, "family_id": thread.family_id}
        today = clock.now().astimezone(ZoneInfo(elsewhere.timezone))
        # As one that a message opens: a title that somebody chose may tell what was written.
        title = f"{(await uow.execute(_FAMILY_NAME, family)).scalar_one()} · {today:%-d %b %Y}"
        found = await open_conversation(uow, actor, thread, title=title)
    return HeldConversation(thread, await conversation_view(uow, thread, found))


async def _recipient(uow: UnitOfWork, actor: Actor, held: HeldConversation, *, elsewhere: Elsewhere) -> tuple[Assignee, str]:
    assignment = held.view.assignment
    everybody = Assignee(clinic_id=elsewhere.clinic_id), f"everybody at {elsewhere.name}"
    if assignment is None or assignment.staff_id is None or assignment.staff_id == actor.person_id:
        return everybody
    who = {"practice_id": actor.practice_id, "staff_id": assignment.staff_id}
    is_there = await hold_colleague_at(uow, actor.practice_id, assignment.staff_id, clinic_id=elsewhere.clinic_id)
    if not is_there or not (await uow.execute(_HAS_INBOX, who)).scalar_one():
        return everybody
    return Assignee(staff_id=assignment.staff_id), assignment.staff_name or ""
