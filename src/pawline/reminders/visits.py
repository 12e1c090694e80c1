"""A family's visits in the app: what comes, what is due, and answering. The team reads each answer in the thread."""

from typing import Any
from uuid import UUID

from pawline.families.language import language_of
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.text import clean_line
from pawline.practices.service import clinic_views
from pawline.practices.views import ClinicView
from pawline.reminders.due import due_of_family
from pawline.reminders.visit_lines import CONFIRMED, CONFIRMED_NO_MORE, MOVE_ASKED_NO_MORE, add_team_line, move_words
from pawline.reminders.visit_views import LONGEST_WISH, MoveRequest, Visits, VisitView
from pawline.schedule.views import VisitingPet
from pawline.schedule.visits import confirm_visit, mark_move_asked, own_visits, require_answerable, take_back_answer, visit_of
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.opening import ensure_thread
from pawline.threads.service import post_message


async def visits_of_family(uow: UnitOfWork, actor: Actor) -> Visits:
    clinics = await _clinics(uow, actor)
    coming, past = await own_visits(uow, actor)
    return Visits(
        coming=[_view(row, clinics) for row in coming],
        due=await due_of_family(uow, actor, clinics),
        past=[_view(row, clinics) for row in past],
    )


async def confirm(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> VisitView:
    """Safe to repeat.

    Raises:
        NotFound: no such visit of the actor's family.
        VisitCancelled, VisitOver: there is nothing to confirm any more.
    """
    row = await confirm_visit(uow, actor, visit_id)
    if row is not None:
        await add_team_line(uow, actor, row, words=CONFIRMED)
    return await _one(uow, actor, visit_id)


async def take_back(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> VisitView:
    """Neither confirmed nor asked to be moved any more. Safe to repeat.

    Raises:
        AlreadyTaken: the practice has acted on the answer.
    """
    row = await take_back_answer(uow, actor, visit_id)
    if row is not None:
        words = CONFIRMED_NO_MORE if row.status == "confirmed" else MOVE_ASKED_NO_MORE
        await add_team_line(uow, actor, row, words=words)
    return await _one(uow, actor, visit_id)


async def ask_to_move(desk: Desk, actor: Actor, visit_id: UUID, *, request: MoveRequest) -> VisitView:
    """Send the wish as the contact's own message, then mark the visit. Whoever repeats it after a crash in between completes it.

    Raises:
        NotFound, VisitCancelled, VisitOver: see ``confirm``.
        ConsentNeeded, TurnedAway, Forbidden: see ``post_message``; nothing has changed.
    """
    words = clean_line("words", request.words, longest=LONGEST_WISH)
    async with desk.database.transaction() as uow:
        row = await require_answerable(uow, actor, visit_id)
        thread_id = await ensure_thread(uow, actor.practice_id, family_id=row.family_id, clinic_id=row.clinic_id)
        language = await language_of(uow, actor.practice_id, actor.person_id)
    body = move_words(row, words, language=language)
    draft = MessageDraft(client_id=request.client_id, body=body, pet_ids=[row.pet_id])
    await post_message(desk, actor, draft, thread_id=thread_id)
    async with desk.database.transaction() as uow:
        await mark_move_asked(uow, actor, visit_id)
        return await _one(uow, actor, visit_id)


async def _one(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> VisitView:
    return _view(await visit_of(uow, actor, visit_id), await _clinics(uow, actor))


async def _clinics(uow: UnitOfWork, actor: Actor) -> dict[UUID, ClinicView]:
    return {clinic.id: clinic for clinic in await clinic_views(uow, actor.practice_id)}


def _view(row: Any, clinics: dict[UUID, ClinicView]) -> VisitView:
    still_comes = row.status not in ("cancelled", "done") and row.starts_at > clock.now()
    return VisitView(
        id=row.id,
        clinic=clinics[row.clinic_id],
        pet=VisitingPet(row.pet_id, row.pet_name, row.species),
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        with_name=row.staff_name,
        status=row.status,
        can_answer=still_comes,
        can_take_back=still_comes and row.answered_by_id is not None,
    )
