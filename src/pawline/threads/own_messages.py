"""What repeats and what does not: a message stored before, and what a draft may name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid
from pawline.threads.drafts import MessageDraft
from pawline.threads.file_links import FileLinks
from pawline.threads.queries import message_views, stored_message
from pawline.threads.views import MessageView


class ClientIdReused(Conflict):
    code = "client_id_reused"


@dataclass(frozen=True, slots=True)
class OwnMessage:
    view: MessageView
    request_hash: bytes

    def require_same(self, draft: MessageDraft, *, thread_id: UUID) -> None:
        """The same request again is welcome; another one under the same id is not."""
        if self.request_hash != draft.content_hash(thread_id):
            raise ClientIdReused("Another message was already sent under this client_id. Make a new one for new content.")


async def own_message(uow: UnitOfWork, links: FileLinks, author: Actor, *, client_id: UUID) -> OwnMessage | None:
    """What the author has stored under this client-made id."""
    row = await stored_message(uow.connection, author, client_id)
    if row is None:
        return None
    [view] = await message_views(uow.connection, links, [row], for_team=author.is_staff)
    return OwnMessage(view, row.request_hash)


async def require_pets_of(uow: UnitOfWork, thread: Any, pet_ids: list[UUID]) -> None:
    """Raises Invalid when one of the pets is not of the thread's family."""
    values = {"practice_id": thread.practice_id, "family_id": thread.family_id, "pet_ids": pet_ids}
    if pet_ids and (await uow.execute(_COUNT_PETS, values)).scalar_one() < len(set(pet_ids)):
        raise Invalid.field("pet_ids", "names a pet that is not of this family")


_COUNT_PETS = text(
    "SELECT count(*) FROM pet p "
    "WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.id = ANY(CAST(:pet_ids AS uuid[]))"
)
