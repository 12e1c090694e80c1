"""Who answers a conversation. Whoever changes it says what their screen showed: of two at once, one is told of the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.reach.service import end_grants
from pawline.threads.ages import ago
from pawline.threads.entries import Author, Entry, add_entry
from pawline.threads.models import Conversation
from pawline.threads.queries import conversations_since, visible_to
from pawline.threads.service import next_revision
from pawline.threads.triage_columns import AWAKE
from pawline.threads.views import AssignmentView, ConversationView

HandedRole = Literal["senior", "administrator", "practice_owner"]
ROLE_NAMES = {"senior": "senior staff", "administrator": "administrators", "practice_owner": "practice owners"}
_HAS_ANOTHER = text("""
SELECT EXISTS (
    SELECT FROM conversation c
    WHERE c.practice_id = :practice_id AND c.thread_id = :thread_id AND c.id <> :conversation_id AND c.assignee_id = :staff_id
        AND c.ended_at IS NULL)
""")
# Of two open conversations one goes on: with whoever answered the one that ends here, unless somebody answers the other.
_INHERIT = text("""
UPDATE conversation t
SET assignee_id = s.assignee_id, handed_clinic_id = s.handed_clinic_id, handed_role = s.handed_role,
    assigned_by_id = s.assigned_by_id, assigned_at = s.assigned_at, assigned_revision = :revision
FROM conversation s
WHERE s.practice_id = :practice_id AND s.id = :source_id AND t.practice_id = :practice_id AND t.id = :target_id
    AND num_nonnulls(s.assignee_id, s.handed_clinic_id, s.handed_role) > 0
    AND num_nonnulls(t.assignee_id, t.handed_clinic_id, t.handed_role) = 0
""")
_INHERIT_URGENCY = text("""
UPDATE conversation t SET urgent_at = s.urgent_at, urgent_by_id = s.urgent_by_id
FROM conversation s
WHERE s.practice_id = :practice_id AND s.id = :source_id AND t.practice_id = :practice_id AND t.id = :target_id
    AND s.urgent_at IS NOT NULL AND t.urgent_at IS NULL
""")
_INHERIT_LABELS = text("""
INSERT INTO conversation_label (practice_id, conversation_id, label_id, put_by_id, put_at)
SELECT s.practice_id, :target_id, s.label_id, s.put_by_id, s.put_at FROM conversation_label s
WHERE s.practice_id = :practice_id AND s.conversation_id = :source_id
ON CONFLICT (practice_id, conversation_id, label_id) DO NOTHING
""")
_DISMISSED = text("""
SELECT s.thread_id, s.assignee_id FROM conversation s
WHERE s.practice_id = :practice_id AND s.id = :source_id AND s.assignee_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM conversation c
    WHERE c.practice_id = :practice_id AND (c.id = :target_id OR c.thread_id = s.thread_id) AND c.id <> s.id
        AND c.assignee_id = s.assignee_id AND c.ended_at IS NULL)
""")


class HandedOn(Conflict):
    code = "handed_on"


@dataclass(frozen=True, slots=True)
class Assignee:
    """One of the three; none of them: nobody."""

    staff_id: UUID | None = None
    clinic_id: UUID | None = None
    role: HandedRole | None = None


NOBODY = Assignee()


@dataclass(frozen=True, slots=True)
class Assigned:
    """The thread's revision with the change, and when it was made."""

    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldConversation:
    """A conversation whose thread's row this transaction holds."""

    thread: Any
    view: ConversationView

    @property
    def assignee_id(self) -> UUID | None:
        return self.view.assignment.staff_id if self.view.assignment else None


async def hold_conversation(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, conversation_id: UUID) -> HeldConversation:
    """Raises NotFound: no such conversation in a thread that the actor may see."""
    thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
    return HeldConversation(thread, await conversation_view(uow, thread, conversation_id))


async def conversation_view(uow: UnitOfWork, thread: Any, conversation_id: UUID) -> ConversationView:
    views = await conversations_since(uow.connection, thread, 0, for_team=True)
    for view in views:
        if view.id == conversation_id:
            return view
    raise NotFound


def require_as_seen(held: HeldConversation, actor: Actor, *, seen_revision: int) -> None:
    """Raises HandedOn: it has ended, or a colleague has changed who answers since the actor's screen showed it."""
    view, assignment = held.view, held.view.assignment
    if view.ended_at is not None:
        raise HandedOn(f"{view.ended_by_name} ended this {ago(view.ended_at)}. Restart it first.")
    if assignment and assignment.revision > seen_revision and assignment.by_id != actor.person_id:
        raise HandedOn(f"{_what_was_done(assignment)} {ago(assignment.at)}.")


async def assign(uow: UnitOfWork, actor: Actor, held: HeldConversation, *, to: Assignee) -> Assigned:
    """Whoever answered until now, and saw the thread by a grant alone, sees it no more."""
    assigned = Assigned(await next_revision(uow, held.thread), clock.now())
    revision = assigned.revision
    values = {"assignee_id": to.staff_id, "handed_clinic_id": to.clinic_id, "handed_role": to.role, "revision": revision}
    made = {"assigned_by_id": actor.person_id, "assigned_at": assigned.at, "assigned_revision": revision}
    changed = update(Conversation).where(Conversation.practice_id == held.thread.practice_id, Conversation.id == held.view.id)
    await uow.execute(changed.values(**values, **made))
    if held.assignee_id is not None and held.assignee_id != to.staff_id:
        await _end_grant(uow, held, at=assigned.at)
    return assigned


async def set_down(uow: UnitOfWork, held: HeldConversation, **values: Any) -> None:
    """Write with the conversation what the team wants to know of it; every screen of theirs follows."""
    changed = update(Conversation).where(Conversation.practice_id == held.thread.practice_id, Conversation.id == held.view.id)
    await uow.execute(changed.values(revision=await next_revision(uow, held.thread), **values))


async def rouse(uow: UnitOfWork, held: HeldConversation) -> None:
    """From its sleep, for whoever is to answer it now: what sleeps stands in no list of theirs."""
    if held.view.triage is not None and held.view.triage.snoozed_until is not None:
        await set_down(uow, held, **AWAKE)


async def release(uow: UnitOfWork, held: HeldConversation, *, at: datetime) -> None:
    """With the end of a conversation nobody has to answer it any more. It is a part of that change, and none of its own."""
    changed = update(Conversation).where(Conversation.practice_id == held.thread.practice_id, Conversation.id == held.view.id)
    await uow.execute(changed.values(assignee_id=None, handed_clinic_id=None, handed_role=None))
    if held.assignee_id is not None:
        await _end_grant(uow, held, at=at)


async def inherit_from_ended(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID, revision: int) -> None:
    """By merging, the source conversation ended and the target goes on for both.

    It gets what it lacks: who answers, that it is urgent, labels. Whoever answers neither any more loses what was handed to them.
    """
    values = {"practice_id": practice_id, "source_id": source_id, "target_id": target_id, "revision": revision}
    await uow.execute(_INHERIT, values)
    await uow.execute(_INHERIT_URGENCY, values)
    await uow.execute(_INHERIT_LABELS, values)
    for dismissed in (await uow.execute(_DISMISSED, values)).all():
        await end_grants(uow, practice_id, dismissed.thread_id, staff_id=dismissed.assignee_id)
    ended = update(Conversation).where(Conversation.practice_id == practice_id, Conversation.id == source_id)
    await uow.execute(ended.values(assignee_id=None, handed_clinic_id=None, handed_role=None))


async def add_team_line(
    uow: UnitOfWork, actor: Actor, held: HeldConversation, *, body: str, other_clinic_id: UUID | None = None
) -> UUID:
    """A line of the timeline that only the team sees. ``other_clinic_id``: with which clinic it goes on, or began."""
    entry = Entry(
        conversation_id=held.view.id,
        author=Author(actor.person_id, actor.name, "staff"),
        body=body,
        kind="system",
        channel=held.view.channel,
        other_clinic_id=other_clinic_id,
    )
    return await add_entry(uow, held.thread.practice_id, held.thread.id, entry=entry)


async def _end_grant(uow: UnitOfWork, held: HeldConversation, *, at: datetime) -> None:
    """Unless they answer another conversation of the thread, which they then go on to see."""
    thread, staff_id = held.thread, held.assignee_id
    values = {"practice_id": thread.practice_id, "thread_id": thread.id, "conversation_id": held.view.id, "staff_id": staff_id}
    if not (await uow.execute(_HAS_ANOTHER, values)).scalar_one():
        await end_grants(uow, thread.practice_id, thread.id, staff_id=staff_id, at=at)


def _what_was_done(assignment: AssignmentView) -> str:
    if assignment.staff_id == assignment.by_id:
        return f"{assignment.by_name} took this"
    if assignment.staff_name is not None:
        return f"{assignment.by_name} handed this to {assignment.staff_name}"
    if assignment.clinic_name is not None:
        return f"{assignment.by_name} handed this to everybody at {assignment.clinic_name}"
    if assignment.role is not None:
        return f"{assignment.by_name} handed this to {ROLE_NAMES[assignment.role]}"
    return f"{assignment.by_name} gave this back"
