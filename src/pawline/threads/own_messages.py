"""What repeats and what does not: a message stored before, and what a draft may name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError, Forbidden, Invalid, Problem
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


class NotConnected(Conflict):
    code = "not_connected"


async def why_not_about(uow: UnitOfWork, thread: Any, pet_ids: list[UUID]) -> Problem:
    """Why a contact's message is not taken that is welcome otherwise: it, or all they could write, is of no connected pet."""
    values = {"practice_id": thread.practice_id, "family_id": thread.family_id, "clinic_id": thread.clinic_id, "pet_ids": pet_ids}
    found: Any = (await uow.execute(_NOT_CONNECTED, values)).one()
    if not found.has_connected or not pet_ids:
        return Forbidden("None of your pets is connected to this clinic any more. Please call the clinic.")
    what_to_do = f"is not connected to {found.clinic_name}. Choose another pet or none, or ask the clinic to connect it"
    return NotConnected(
        f"{found.pet_name} {what_to_do}.", errors=[FieldError("pet_ids", f"names {found.pet_name}, which {what_to_do}")]
    )


async def require_pets_of(uow: UnitOfWork, thread: Any, pet_ids: list[UUID]) -> None:
    """Raises Invalid when one of the pets is not of the thread's family."""
    values = {"practice_id": thread.practice_id, "family_id": thread.family_id, "pet_ids": pet_ids}
    if pet_ids and (await uow.execute(_COUNT_PETS, values)).scalar_one() < len(set(pet_ids)):
        raise Invalid.field("pet_ids", "names a pet that is not of this family")


_COUNT_PETS = text(
    "SELECT count(*) FROM pet p "
    "WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.id = ANY(CAST(:pet_ids AS uuid[]))"
)
_NOT_CONNECTED = text("""
SELECT k.name AS clinic_name, (
    SELECT p.name FROM pet p
    LEFT JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.clinic_id = k.id AND n.state = 'accepted'
    WHERE p.practice_id = k.practice_id AND p.family_id = :family_id AND p.id = ANY(CAST(:pet_ids AS uuid[]))
    ORDER BY n.id IS NOT NULL, p.created_at, p.name LIMIT 1) AS pet_name,
    EXISTS (
        SELECT FROM connection n
        WHERE n.practice_id = k.practice_id AND n.family_id = :family_id AND n.clinic_id = k.id AND n.state = 'accepted')
        AS has_connected
FROM clinic k WHERE k.practice_id = :practice_id AND k.id = :clinic_id
""")
