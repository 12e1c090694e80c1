"""Start New Conversation: the ways that are open at a clinic, and the one in the app."""

from uuid import UUID

from pawline.families.chat import WORDS, ChatObstacle, chat_not_available, chat_obstacles
from pawline.families.service import is_connected
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.phone_numbers import example_number
from pawline.platform.text import clean_line
from pawline.practices.service import country_of_clinic, is_app_chat_enabled
from pawline.starting.views import ConversationRequest, StartedChat, StartingWays
from pawline.texting.answering import answering_of
from pawline.texting.clinic_numbers import number_of_clinic, why_not
from pawline.texting.contacts import require_contact
from pawline.threads.access import may_start_conversation, visible_clinic_ids
from pawline.threads.conversations import LONGEST_TITLE, open_conversation
from pawline.threads.opening import ensure_thread
from pawline.threads.queries import visible_to


async def starting_ways(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> StartingWays:
    """Raises NotFound for a clinic whose families the actor does not see."""
    if clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    number = await number_of_clinic(uow, actor.practice_id, clinic_id)
    has_chat = await is_app_chat_enabled(uow, actor.practice_id, clinic_id)
    country = await country_of_clinic(uow, actor.practice_id, clinic_id)
    return StartingWays(
        chat_words="" if has_chat else f"{WORDS[ChatObstacle.SWITCHED_OFF]}.",
        text_words=why_not(number) or "",
        requires_names=number is not None and (await answering_of(uow, number)).requires_names,
        example_number=example_number(country),
    )


async def start_chat(uow: UnitOfWork, actor: Actor, request: ConversationRequest) -> StartedChat:
    """Open a conversation in the app with somebody who uses it; no text goes out (V2P-21).

    Raises:
        NotFound: no such contact for this actor, or no pet of theirs is connected to the clinic.
        Invalid: there is no title.
        ChatNotAvailable: with every reason that applies.
        ConversationOpen: one is open in the thread already.
    """
    title = clean_line("title", request.title, longest=LONGEST_TITLE)
    contact = await require_contact(uow, actor, request.contact_id)
    if not may_start_conversation(actor, clinic_id=request.clinic_id, family_id=contact.family_id):
        raise NotFound
    if not await is_connected(uow, actor.practice_id, family_id=contact.family_id, clinic_id=request.clinic_id):
        raise NotFound
    if obstacles := await chat_obstacles(uow, actor.practice_id, contact.id, clinic_id=request.clinic_id):
        raise chat_not_available(obstacles)
    thread_id = await ensure_thread(uow, actor.practice_id, family_id=contact.family_id, clinic_id=request.clinic_id)
    thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
    return StartedChat(thread_id, await open_conversation(uow, actor, thread, title=title))
