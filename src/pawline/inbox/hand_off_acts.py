"""One act of taking, handing off or giving back: the conversation, the line that tells the team, and the history."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import insert

from pawline.inbox.models import HandOff
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.threads.assigning import Assignee, HeldConversation, add_team_line, assign


@dataclass(frozen=True, slots=True)
class Act:
    """``other_clinic_id``: of a matter that goes from one clinic to another, the one at the other end."""

    kind: Literal["taken", "handed", "given_back"]
    to: Assignee
    words: str
    other_clinic_id: UUID | None = None


def with_note(words: str, note: str) -> str:
    return f"{words}: {note.strip()}" if note.strip() else words


async def carry_out(uow: UnitOfWork, actor: Actor, held: HeldConversation, *, act: Act) -> None:
    made = await assign(uow, actor, held, to=act.to)
    message_id = await add_team_line(uow, actor, held, body=act.words, other_clinic_id=act.other_clinic_id)
    await uow.execute(
        insert(HandOff).values(
            practice_id=actor.practice_id,
            id=new_id(),
            conversation_id=held.view.id,
            message_id=message_id,
            act=act.kind,
            by_id=actor.person_id,
            from_id=held.assignee_id,
            to_staff_id=act.to.staff_id,
            to_clinic_id=act.to.clinic_id,
            to_role=act.to.role,
            revision=made.revision,
            at=made.at,
        )
    )
