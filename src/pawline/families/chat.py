"""Whether a contact can be talked to in the app, and if not, why: the one place that knows the reasons."""

from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import text, update

from pawline.families.models import Contact
from pawline.platform import clock
from pawline.platform.db import UnitOfWork


class ChatObstacle(StrEnum):
    NOT_IN_APP = "not_in_app"
    APP_TOO_OLD = "app_too_old"
    DISABLED = "disabled"


WORDS = {
    ChatObstacle.NOT_IN_APP: "The client has not downloaded or signed in to your mobile app",
    ChatObstacle.APP_TOO_OLD: "The client needs to update their app to the latest version",
    ChatObstacle.DISABLED: "Chat has been disabled for this specific client in Settings > Chat > Disable chat for user",
}
# The values of ``ChatObstacle`` that apply, for a query on ``contact c`` and ``clinic k``. None of them: chat is available.
SQL_OBSTACLES = """array_remove(ARRAY[
    CASE WHEN c.app_joined_at IS NULL THEN 'not_in_app' END,
    CASE WHEN c.app_version < k.min_client_version THEN 'app_too_old' END,
    CASE WHEN c.chat_disabled_at IS NOT NULL THEN 'disabled' END], NULL)"""


class ChatObstacleView(msgspec.Struct, frozen=True):
    code: Literal["not_in_app", "app_too_old", "disabled"]
    words: str


def read_obstacles(codes: list[str]) -> list[ChatObstacleView]:
    """As ``SQL_OBSTACLES`` tells them."""
    return [ChatObstacleView(code.value, WORDS[code]) for code in map(ChatObstacle, codes)]


async def chat_obstacles(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, clinic_id: UUID) -> list[ChatObstacleView]:
    """All that apply at this clinic, several at once; empty: chat is available."""
    values = {"practice_id": practice_id, "contact_id": contact_id, "clinic_id": clinic_id}
    codes: Any = (await uow.execute(_OBSTACLES, values)).scalar_one()
    return read_obstacles(codes)


async def is_chat_disabled(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> bool:
    """By the practice, for this one contact."""
    return (await uow.execute(_IS_DISABLED, {"practice_id": practice_id, "contact_id": contact_id})).scalar_one()


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
_IS_DISABLED = text("""
SELECT EXISTS (
    SELECT FROM contact c WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.chat_disabled_at IS NOT NULL)
""")
