"""Whether a contact can be talked to in the app, and if not, why: the one place that knows the reasons."""

from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import delete, text, update
from sqlalchemy.dialects.postgresql import insert

from pawline.families.models import ChosenForChat, Contact
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError


class ChatObstacle(StrEnum):
    SWITCHED_OFF = "switched_off"
    NOT_IN_APP = "not_in_app"
    APP_TOO_OLD = "app_too_old"
    DISABLED = "disabled"
    NOT_CHOSEN = "not_chosen"
    NOT_CONNECTED = "not_connected"


WORDS = {
    ChatObstacle.SWITCHED_OFF: "App chat is switched off at this clinic. An administrator can switch it on in Settings",
    ChatObstacle.NOT_IN_APP: "The client has not downloaded or signed in to your mobile app",
    ChatObstacle.APP_TOO_OLD: "The client needs to update their app to the latest version",
    ChatObstacle.DISABLED: "Chat has been disabled for this specific client in Settings > Chat > Disable chat for user",
    ChatObstacle.NOT_CHOSEN: "Chat is for chosen clients only, and this client is not one of them: Settings > Chat",
    ChatObstacle.NOT_CONNECTED: "No pet of this family is treated at this clinic. Connect one beside the conversation",
}
# All below are for a query on ``contact c`` and ``clinic k``. No EXISTS: of one the planner may make a scan of the whole table.
_SQL_NOT_CHOSEN = """(k.is_chat_for_chosen AND (
    SELECT true FROM chosen_for_chat g
    WHERE g.practice_id = c.practice_id AND g.clinic_id = k.id AND g.contact_id = c.id) IS NULL)"""
# The values of ``ChatObstacle`` that apply. None of them: chat is available.
SQL_OBSTACLES = f"""array_remove(ARRAY[
    CASE WHEN NOT k.is_app_chat_enabled THEN 'switched_off' END,
    CASE WHEN c.app_joined_at IS NULL THEN 'not_in_app' END,
    CASE WHEN c.app_version < k.min_client_version THEN 'app_too_old' END,
    CASE WHEN c.chat_disabled_at IS NOT NULL THEN 'disabled' END,
    CASE WHEN {_SQL_NOT_CHOSEN} THEN 'not_chosen' END], NULL)"""
# What the practice has decided: it takes no messages from them in the app.
SQL_CLOSED = f"(NOT k.is_app_chat_enabled OR c.chat_disabled_at IS NOT NULL OR {_SQL_NOT_CHOSEN})"
# Of these, whoever is in the app is barred from it; without an account there a message waits, and an e-mail tells of it.
SQL_BARRED = f"({SQL_CLOSED} OR c.app_version < k.min_client_version)"


class ChatNotAvailable(Conflict):
    """The problem's fields name each reason."""

    code = "chat_not_available"


class ChatObstacleView(msgspec.Struct, frozen=True):
    code: Literal["switched_off", "not_in_app", "app_too_old", "disabled", "not_chosen", "not_connected"]
    words: str


def read_obstacles(codes: list[str]) -> list[ChatObstacleView]:
    """As ``SQL_OBSTACLES`` tells them."""
    return [ChatObstacleView(code.value, WORDS[code]) for code in map(ChatObstacle, codes)]


async def chat_obstacles(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, clinic_id: UUID) -> list[ChatObstacleView]:
    """All that apply at this clinic, several at once; empty: chat is available."""
    values = {"practice_id": practice_id, "contact_id": contact_id, "clinic_id": clinic_id}
    codes: Any = (await uow.execute(_OBSTACLES, values)).scalar_one()
    return read_obstacles(codes)


def chat_not_available(obstacles: list[ChatObstacleView]) -> ChatNotAvailable:
    fields = [FieldError("contact_id", obstacle.words) for obstacle in obstacles]
    return ChatNotAvailable("Chat not available. " + " ".join(f"{obstacle.words}." for obstacle in obstacles), errors=fields)


async def family_obstacles(
    uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, clinic_id: UUID
) -> tuple[list[ChatObstacleView], bool]:
    """Why nobody of the family can be talked to in the app at this clinic, and whether they are barred from it, all of them.

    Empty: chat is available for one of them at least.
    """
    values = {"practice_id": practice_id, "family_id": family_id, "clinic_id": clinic_id}
    contacts = (await uow.execute(_OF_FAMILY, values)).all()
    is_hopeless = bool(contacts) and all(contact.codes for contact in contacts)
    applying = {code for contact in contacts for code in contact.codes} if is_hopeless else set[str]()
    is_barred = is_hopeless and all(contact.is_barred for contact in contacts)
    if not (await uow.execute(_IS_CONNECTED, values)).scalar_one():
        applying, is_barred = {*applying, ChatObstacle.NOT_CONNECTED}, True
    return read_obstacles([code for code in ChatObstacle if code in applying]), is_barred


async def is_chat_disabled(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> bool:
    """By the practice, for this one contact."""
    return (await uow.execute(_IS_DISABLED, {"practice_id": practice_id, "contact_id": contact_id})).scalar_one()


async def clinics_without_chat(uow: UnitOfWork, practice_id: UUID) -> list[UUID]:
    """Those where it is switched off, for everybody."""
    return list((await uow.execute(_WITHOUT_CHAT, {"practice_id": practice_id})).scalars())


async def clinics_not_for(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> list[UUID]:
    """The clinics whose chat is for chosen contacts, and this one is none of them."""
    return list((await uow.execute(_NOT_FOR, {"practice_id": practice_id, "contact_id": contact_id})).scalars())


async def choose_for_chat(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, clinic_id: UUID, by_id: UUID) -> None:
    """The first time counts."""
    key = {"practice_id": practice_id, "clinic_id": clinic_id, "contact_id": contact_id}
    statement = insert(ChosenForChat).values(**key, chosen_at=clock.now(), chosen_by_id=by_id)
    await uow.execute(statement.on_conflict_do_nothing())


async def unchoose_for_chat(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, clinic_id: UUID) -> None:
    await uow.execute(
        delete(ChosenForChat).where(
            ChosenForChat.practice_id == practice_id,
            ChosenForChat.clinic_id == clinic_id,
            ChosenForChat.contact_id == contact_id,
        )
    )


async def disable_chat(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, by_id: UUID) -> None:
    """The practice takes no more messages from the contact in the app. The first time counts."""
    statement = update(Contact).where(
        Contact.practice_id == practice_id, Contact.id == contact_id, Contact.chat_disabled_at.is_(None)
    )
    await uow.execute(statement.values(chat_disabled_at=clock.now(), chat_disabled_by_id=by_id))


async def enable_chat(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    statement = update(Contact).where(Contact.practice_id == practice_id, Contact.id == contact_id)
    await uow.execute(statement.values(chat_disabled_at=None, chat_disabled_by_id=None))


_OBSTACLES = text(f"""
SELECT {SQL_OBSTACLES} FROM contact c JOIN clinic k ON k.practice_id = c.practice_id
WHERE c.practice_id = :practice_id AND c.id = :contact_id AND k.id = :clinic_id
""")  # noqa: S608 - made of constants
_OF_FAMILY = text(f"""
SELECT {SQL_OBSTACLES} AS codes, coalesce({SQL_BARRED}, false) AS is_barred
FROM contact c JOIN clinic k ON k.practice_id = c.practice_id AND k.id = :clinic_id
WHERE c.practice_id = :practice_id AND c.family_id = :family_id AND c.role IN ('primary', 'secondary')
""")  # noqa: S608 - made of constants
_IS_CONNECTED = text("""
SELECT EXISTS (
    SELECT FROM connection n
    WHERE n.practice_id = :practice_id AND n.family_id = :family_id AND n.clinic_id = :clinic_id AND n.state = 'accepted')
""")
_NOT_FOR = text(f"""
SELECT k.id FROM contact c JOIN clinic k ON k.practice_id = c.practice_id
WHERE c.practice_id = :practice_id AND c.id = :contact_id AND {_SQL_NOT_CHOSEN}
""")  # noqa: S608 - made of constants
_WITHOUT_CHAT = text("SELECT k.id FROM clinic k WHERE k.practice_id = :practice_id AND NOT k.is_app_chat_enabled")
_IS_DISABLED = text("""
SELECT EXISTS (
    SELECT FROM contact c WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.chat_disabled_at IS NOT NULL)
""")
