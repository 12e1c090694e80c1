"""A staff member writes by text: into a conversation that is open, or with the first text of a new one."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pawline.deliveries.service import enqueue
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Forbidden, Invalid, NotFound
from pawline.platform.failpoints import reach
from pawline.platform.settings import Settings
from pawline.texting.away import override_hours
from pawline.texting.clinic_numbers import SWITCHED_OFF, TextingOff, lock_pair
from pawline.texting.media_out import OutgoingText, texted_body
from pawline.texting.profile_bot import stop_questions
from pawline.texting.resumed_questions import resume_questions
from pawline.texting.welcome import send_welcome
from pawline.texting.writing import Place, build_delivery, place_of
from pawline.threads.answered_meanwhile import require_unanswered
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.entries import Author, Entry, add_entry, lock_thread
from pawline.threads.file_rows import give_files_to
from pawline.threads.own_messages import own_message, require_pets_of
from pawline.threads.text_conversations import visible_text_conversation
from pawline.threads.views import MessageView

LONGEST_TEXT = 1_600


class ConversationEnded(Conflict):
    code = "conversation_ended"


@dataclass(frozen=True, slots=True)
class _Writing:
    author: Actor
    draft: MessageDraft
    place: Place
    conversation: Any


class StaffTexts:
    """What threads ask of texting: see ``Texts`` in threads/desk.py."""

    async def post(self, desk: Desk, author: Actor, draft: MessageDraft, *, thread_id: UUID) -> tuple[MessageView, bool]:
        """Add a text to a conversation and queue it for the client's phone.

        Safe to repeat: one ``draft.client_id`` per author makes one message and one delivery.

        Raises:
            NotFound: no such text conversation in a thread that the author may see.
            ConversationEnded, TextingOff, TextRefused: nothing can be texted there now; the words say why.
        """
        if not author.is_staff:
            raise Forbidden("Texts are written on the phone. Please write here in the app instead.")
        if draft.kind != "text":
            raise Invalid.field("text_conversation_id", "belongs to a text; leave it out for a note")
        async with desk.database.transaction() as uow:
            writing = await _read_place(uow, author, draft, thread_id=thread_id)
            await lock_pair(uow, writing.place.pair)
            if known := await own_message(uow, desk.links, author, client_id=draft.client_id):
                known.require_same(draft, thread_id=thread_id)
                return known.view, False
            await _write(uow, desk.settings, writing)
            stored = await own_message(uow, desk.links, author, client_id=draft.client_id)
            await reach("texts.before_commit")
        if stored is None:
            raise NotFound
        return stored.view, True

    async def conversation_ended(self, uow: UnitOfWork, practice_id: UUID, conversation_id: UUID) -> None:
        await stop_questions(uow, practice_id, conversation_id, state="ended")

    async def end_taken_back(self, uow: UnitOfWork, conversation: Any) -> None:
        await resume_questions(uow, await place_of(uow, conversation), ended_at=conversation.ended_at)


async def _read_place(uow: UnitOfWork, author: Actor, draft: MessageDraft, *, thread_id: UUID) -> _Writing:
    conversation = await visible_text_conversation(uow, author, draft.text_conversation_id)
    if conversation.thread_id != thread_id:
        raise Invalid.field("text_conversation_id", "is not a text conversation of this thread")
    return _Writing(author, draft, await place_of(uow, conversation), conversation)


async def _write(uow: UnitOfWork, settings: Settings, writing: _Writing) -> None:
    author, place, draft = writing.author, writing.place, writing.draft
    if writing.conversation.ended_at is not None:
        raise ConversationEnded("This conversation was ended. Restart it, or start a new one.")
    if not place.pair.number.is_enabled:
        raise TextingOff(SWITCHED_OFF)
    # The thread first, then texts on their way: the send pipeline takes its locks in this order too.
    thread = await lock_thread(uow, place.practice_id, place.thread_id)
    await require_unanswered(uow, author, draft, thread_id=place.thread_id)
    await stop_questions(uow, place.practice_id, place.conversation_id, state="stopped_by_team")
    await require_pets_of(uow, thread, draft.pet_ids)
    await send_welcome(uow, place, author_id=author.person_id)
    await override_hours(uow, place.pair.number, place.conversation_id)
    await _add(uow, settings, writing)


async def _add(uow: UnitOfWork, settings: Settings, writing: _Writing) -> None:
    author, place, draft = writing.author, writing.place, writing.draft
    entry = Entry(
        conversation_id=place.conversation_id,
        author=Author(author.person_id, author.name, "staff"),
        body=draft.body,
        client_id=draft.client_id,
        request_hash=draft.content_hash(place.thread_id),
        pet_ids=tuple(dict.fromkeys(draft.pet_ids)),
        has_attachments=bool(draft.attachment_ids),
    )
    outgoing = OutgoingText(draft, entry.id, author.person_id)
    body = await texted_body(uow, settings, place.pair.number, outgoing=outgoing)
    if len(body) > LONGEST_TEXT:
        raise Invalid.field("body", f"is longer than the {LONGEST_TEXT} characters that fit into a text; split it")
    await add_entry(uow, place.practice_id, place.thread_id, entry=entry)
    await give_files_to(uow, place.practice_id, draft.attachment_ids, message_id=entry.id)
    delivery = build_delivery(place.pair, body, message_id=entry.id)
    await enqueue(uow, place.practice_id, replace(delivery, requested_by_id=author.person_id))
