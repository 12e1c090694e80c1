"""Three questions to a number that nobody knows. What is answered is remembered where it fits, and stays readable either way."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import insert, select, text, update

from pawline.deliveries.service import cancel_bot_texts
from pawline.families.numbers import Holder, ProfileDraft, holders_of_email, update_profile
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.texting.models import BotRun
from pawline.texting.writing import Place, add_line, send_automatic
from pawline.threads.entries import touch_messages

QUESTION_1 = (
    "This is an auto-reply. We need to create your profile in our new texting system. So we can provide faster service, "
    "please enter your first name only. (Question 1/3)"
)
QUESTION_2 = "Thanks, {first_name}. Next, please enter your last name only. (Question 2/3)"
QUESTION_2_WITHOUT_NAME = "Thanks. Next, please enter your last name only. (Question 2/3)"
QUESTION_3 = (
    "Just one more thing, please enter your email only and one of our team members will respond as soon as possible. "
    "(Question 3/3)"
)
MOST_WORDS = 2
LONGEST_NAME = 60


async def begin_questions(uow: UnitOfWork, place: Place, contact_id: UUID) -> None:
    """Ask the first question, unless this contact was asked before or the team has answered already."""
    run_id = new_id()
    if await _was_asked(uow, place.practice_id, contact_id) or await has_team_answered(uow, place):
        return
    await uow.execute(
        insert(BotRun).values(
            practice_id=place.practice_id,
            id=run_id,
            conversation_id=place.conversation_id,
            contact_id=contact_id,
            question=1,
            state="asking",
            begun_at=clock.now(),
        )
    )
    await send_automatic(uow, place, QUESTION_1, bot_run_id=run_id)


async def take_answer(uow: UnitOfWork, place: Place, sender: Holder, *, answer: str) -> bool:
    """The answer to the open question, if one is open: store it where it fits and ask the next. False: nothing was asked.

    A picture alone answers nothing; the question stays open.
    """
    run = await _running(uow, place.practice_id, sender.contact_id)
    if run is None:
        return False
    if answer.strip():
        await _ANSWERS[run.question](uow, place, run, answer=answer.strip())
    return True


async def stop_questions(uow: UnitOfWork, practice_id: UUID, conversation_id: UUID, *, state: str) -> None:
    """End what is asked in a conversation, whose thread is locked; a question that has not left yet never will."""
    statement = (
        update(BotRun)
        .where(BotRun.practice_id == practice_id, BotRun.conversation_id == conversation_id, BotRun.state == "asking")
        .values(state=state, ended_at=clock.now())
        .returning(BotRun.id)
    )
    for run_id in (await uow.execute(statement)).scalars().all():
        await touch_messages(uow, practice_id, await cancel_bot_texts(uow, practice_id, run_id))


def name_in(answer: str) -> str | None:
    """One or two words, split at white space; anything longer is talk, not a name."""
    words = answer.split()
    name = " ".join(words).strip(" .,;!?\"'")
    return name if 0 < len(words) <= MOST_WORDS and 0 < len(name) <= LONGEST_NAME else None


def email_in(answer: str) -> str | None:
    """The answer, if it is an e-mail address and nothing else."""
    try:
        return validate_email(answer.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None


async def _take_first_name(uow: UnitOfWork, place: Place, run: Any, *, answer: str) -> None:
    name = name_in(answer)
    await _advance(uow, run, question=2, first_name=name)
    await update_profile(uow, place.practice_id, run.contact_id, profile=ProfileDraft(first_name=name))
    words = QUESTION_2.format(first_name=name) if name else QUESTION_2_WITHOUT_NAME
    await send_automatic(uow, place, words, bot_run_id=run.id)


async def _take_last_name(uow: UnitOfWork, place: Place, run: Any, *, answer: str) -> None:
    name = name_in(answer)
    await _advance(uow, run, question=3, last_name=name)
    profile = ProfileDraft(first_name=run.first_name, last_name=name)
    await update_profile(uow, place.practice_id, run.contact_id, profile=profile)
    await send_automatic(uow, place, QUESTION_3, bot_run_id=run.id)


async def _take_email(uow: UnitOfWork, place: Place, run: Any, *, answer: str) -> None:
    email = email_in(answer)
    await _advance(uow, run, state="complete", ended_at=clock.now(), email=email)
    others: Sequence[Any] = [] if email is None else await holders_of_email(uow, place.practice_id, email)
    # An address that somebody signs in with is never taken over by whoever types it into a phone.
    kept = email if not others else None
    await update_profile(uow, place.practice_id, run.contact_id, profile=ProfileDraft(email=kept))
    if email is not None:
        await _tell_of_email(uow, place, email, others=others)


async def _tell_of_email(uow: UnitOfWork, place: Place, email: str, *, others: Any) -> None:
    if others:
        words = f"They gave the e-mail address {email}, which {others[0].name} already uses here. Are they the same person?"
        await add_line(uow, place, words)
    else:
        words = f"{email} is not on file for any client. Add it to their record, so that they are invited to the app."
        await add_line(uow, place, words, prompt="offer_email")


_ANSWERS = {1: _take_first_name, 2: _take_last_name, 3: _take_email}


async def _advance(uow: UnitOfWork, run: Any, **values: Any) -> None:
    await uow.execute(update(BotRun).where(BotRun.practice_id == run.practice_id, BotRun.id == run.id).values(**values))


async def _running(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> Any | None:
    statement = select(BotRun.__table__).where(
        BotRun.practice_id == practice_id, BotRun.contact_id == contact_id, BotRun.state == "asking"
    )
    return (await uow.execute(statement.with_for_update())).one_or_none()


async def _was_asked(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> bool:
    statement = select(BotRun.id).where(BotRun.practice_id == practice_id, BotRun.contact_id == contact_id)
    return (await uow.execute(statement)).one_or_none() is not None


async def has_team_answered(uow: UnitOfWork, place: Place) -> bool:
    """Has a staff member written a text in this conversation? Notes do not count (D4)."""
    values = {"practice_id": place.practice_id, "conversation_id": place.conversation_id}
    return (await uow.execute(_TEAM_ANSWERED, values)).scalar_one()


_TEAM_ANSWERED = text("""
SELECT EXISTS (
    SELECT FROM message m
    WHERE m.practice_id = :practice_id AND m.conversation_id = :conversation_id AND m.author_kind = 'staff' AND m.kind = 'text')
""")
