"""Several conversations ended at once, or opened again: each by itself, so that one of them does not hold up the others."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.errors import Problem
from pawline.threads.conversations import end_conversation, restart_conversation
from pawline.threads.desk import Desk


class ChosenConversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``seen_revision``: of the conversation, as the screen showed it."""

    thread_id: UUID
    conversation_id: UUID
    seen_revision: int


class Outcomes(msgspec.Struct, frozen=True):
    """For each in the order asked for: why it was not done, in words for whoever asked; null: it was."""

    words: list[str | None]


async def end_many(desk: Desk, actor: Actor, chosen: Sequence[ChosenConversation]) -> Outcomes:
    """What a colleague has ended, taken or handed on meanwhile stays as it is; what one has ended oneself is done."""

    async def end(each: ChosenConversation) -> None:
        seen, conversation_id = each.seen_revision, each.conversation_id
        await end_conversation(desk, actor, each.thread_id, conversation_id=conversation_id, seen_revision=seen)

    return Outcomes([await _attempt(each, end) for each in chosen])


async def restart_many(desk: Desk, actor: Actor, chosen: Sequence[ChosenConversation]) -> Outcomes:
    """What the actor has ended just now stands as before."""

    async def restart(each: ChosenConversation) -> None:
        await restart_conversation(desk, actor, each.thread_id, conversation_id=each.conversation_id, undoes_end=True)

    return Outcomes([await _attempt(each, restart) for each in chosen])


async def _attempt(chosen: ChosenConversation, act: Callable[[ChosenConversation], Awaitable[None]]) -> str | None:
    try:
        await act(chosen)
    except Problem as problem:
        return problem.detail
    return None
