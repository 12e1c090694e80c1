"""Staff start a text conversation: with somebody on file, or with a number they type."""

from dataclasses import replace
from uuid import UUID

import msgspec

from pawline.families.numbers import Holder, ProfileDraft, add_guest, holders_of, update_profile
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import FieldError, Invalid, NotFound
from pawline.platform.phone_numbers import is_textable, require_e164
from pawline.platform.text import clean_line
from pawline.texting.answering import answering_of
from pawline.texting.app_first import require_not_in_app
from pawline.texting.clinic_numbers import ClinicNumber, Pair, TextingOff, lock_pair, number_of_clinic
from pawline.texting.desk import TextingDesk
from pawline.texting.senders import conversation_title, open_conversation_of
from pawline.threads.access import may_start_conversation, reach_of, visible_clinic_ids
from pawline.threads.conversations import LONGEST_TITLE
from pawline.threads.opening import ensure_thread
from pawline.threads.queries import visible_to
from pawline.threads.text_conversations import TextConversationDraft, add_text_conversation


class TextConversationRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number`` in any spelling. Without a title the conversation is named after the pet or client and the day.

    ``contact_id``: who was chosen, of all who have this number on file.
    """

    clinic_id: UUID
    number: str
    contact_id: UUID | None = None
    first_name: str = ""
    last_name: str = ""
    title: str | None = None


class StartedConversation(msgspec.Struct, frozen=True):
    """``title``: of the conversation that is open now, whatever title was asked for."""

    thread_id: UUID
    conversation_id: UUID
    title: str
    is_new: bool


async def start_text_conversation(desk: TextingDesk, actor: Actor, request: TextConversationRequest) -> StartedConversation:
    """Open a conversation with a number, or show the one that is open; nothing is texted yet.

    Raises:
        NotFound: no such clinic for this actor.
        TextingOff: the clinic has no text number in use.
        Invalid: the number, or a name that is missing where the clinic asks for names.
        InTheApp: its holder uses the app; see ``require_not_in_app``.
    """
    if request.clinic_id not in (*visible_clinic_ids(actor), *(reach.clinic_id for reach in reach_of(actor))):
        raise NotFound
    async with desk.database.transaction() as uow:
        number = await _require_number(uow, actor, request.clinic_id)
        pair = Pair(number, require_e164("number", request.number, number.country))
        await lock_pair(uow, pair)
        holders = await _holders_for(uow, actor, pair)
        if (open_now := await open_conversation_of(uow, pair)) is not None:
            await visible_to(uow.connection, actor, open_now.thread_id)
            await _name_guest(uow, request, holders, practice_id=actor.practice_id)
            return StartedConversation(open_now.thread_id, open_now.id, open_now.title, is_new=False)
        holder = await _choose_or_add(uow, request, holders, actor=actor, pair=pair)
        thread_id = await ensure_thread(uow, actor.practice_id, family_id=holder.family_id, clinic_id=number.clinic_id)
        typed = clean_line("title", request.title, longest=LONGEST_TITLE) if request.title else None
        title = typed or await conversation_title(uow, number, holder)
        draft = TextConversationDraft(title, number.id, pair.contact_number, actor.person_id)
        conversation_id = await add_text_conversation(uow, actor.practice_id, thread_id, draft=draft)
        return StartedConversation(thread_id, conversation_id, title, is_new=True)


async def _require_number(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> ClinicNumber:
    number = await number_of_clinic(uow, actor.practice_id, clinic_id)
    if number is None or not number.is_enabled:
        raise TextingOff("This clinic does not text yet. An administrator can request a text number in Settings.")
    return number


async def _holders_for(uow: UnitOfWork, actor: Actor, pair: Pair) -> list[Holder]:
    """Whose number it is. To basic staff only their families of today are there, and no stranger either."""
    holders = await holders_of(uow, actor.practice_id, pair.contact_number)
    if pair.number.clinic_id in visible_clinic_ids(actor):
        return holders
    own = [
        holder for holder in holders if may_start_conversation(actor, clinic_id=pair.number.clinic_id, family_id=holder.family_id)
    ]
    if not own:
        raise NotFound
    return own


async def _choose_or_add(
    uow: UnitOfWork, request: TextConversationRequest, holders: list[Holder], *, actor: Actor, pair: Pair
) -> Holder:
    is_landline = any(holder.is_landline for holder in holders)
    if not is_textable(pair.contact_number, is_landline=is_landline):
        raise Invalid.field("number", "is a landline, which cannot receive texts; call, or ask for a mobile number")
    await require_not_in_app(uow, actor, holders, clinic_id=pair.number.clinic_id)
    if holders:
        named = await _name_guest(uow, request, holders, practice_id=actor.practice_id)
        return next((holder for holder in named if holder.contact_id == request.contact_id), named[0])
    profile = await _typed_name(uow, request, pair=pair)
    return await add_guest(uow, pair.number.practice_id, pair.contact_number, profile=profile)


async def _name_guest(
    uow: UnitOfWork, request: TextConversationRequest, holders: list[Holder], *, practice_id: UUID
) -> list[Holder]:
    """Whose only holder was known by the number alone is known by the name from now on (V2P-27)."""
    profile = _profile(request)
    if not profile.full_name or len(holders) != 1 or not holders[0].is_guest:
        return holders
    await update_profile(uow, practice_id, holders[0].contact_id, profile=profile)
    return [replace(holders[0], name=profile.full_name, is_guest=False)]


async def _typed_name(uow: UnitOfWork, request: TextConversationRequest, *, pair: Pair) -> ProfileDraft:
    names = {"first_name": request.first_name.strip(), "last_name": request.last_name.strip()}
    missing = [field for field, value in names.items() if not value]
    if missing and (await answering_of(uow, pair.number)).requires_names:
        raise Invalid.fields([FieldError(field, "is empty; fill it in") for field in missing])
    return _profile(request)


def _profile(request: TextConversationRequest) -> ProfileDraft:
    names = {"first_name": request.first_name.strip(), "last_name": request.last_name.strip()}
    cleaned = {field: clean_line(field, value, longest=60) if value else None for field, value in names.items()}
    return ProfileDraft(first_name=cleaned["first_name"], last_name=cleaned["last_name"])
