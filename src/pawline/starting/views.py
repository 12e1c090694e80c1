"""What the API shows of starting a conversation: in which ways, and with whom."""

from uuid import UUID

import msgspec

from pawline.families.chat import ChatObstacleView


class StartingWays(msgspec.Struct, frozen=True):
    """Words say why a way is closed at the clinic; empty: it is open. ``example_number``: as one is typed there."""

    chat_words: str
    text_words: str
    requires_names: bool
    example_number: str


class Candidate(msgspec.Struct, frozen=True):
    """Somebody to write to. Without ``chat_obstacles`` chat is available for them.

    ``thread_id``: the thread that their family has with the clinic already.
    """

    contact_id: UUID
    name: str
    family_id: UUID
    family_name: str
    pets: list[str]
    thread_id: UUID | None
    chat_obstacles: list[ChatObstacleView]


class TextCandidate(Candidate, frozen=True):
    """``number`` is E.164, ``shown`` as people write it. ``has_texted``: it is known from a conversation by text."""

    number: str
    shown: str
    has_texted: bool


class ChatCandidates(msgspec.Struct, frozen=True):
    """Those with whom chat is available first, each by name. ``next_cursor``: for what follows; null at the end."""

    candidates: list[Candidate]
    next_cursor: str | None


class TextCandidates(msgspec.Struct, frozen=True):
    """By name; one for each textable number."""

    candidates: list[TextCandidate]
    next_cursor: str | None


class ConversationRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    contact_id: UUID
    clinic_id: UUID
    title: str


class StartedChat(msgspec.Struct, frozen=True):
    thread_id: UUID
    conversation_id: UUID
