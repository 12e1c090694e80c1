"""Who has blocked a person in the app gets no texts of that person on the phone either (C15).

It concerns what somebody of the team wrote: replies of the clinic itself, questions and reminders have no author to block.
A phone that several people have is silent only when all of them have blocked the author.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

# For a query on ``delivery d``: is there anybody at its number who takes what its author writes?
AUTHOR_IS_HEARD = """NOT coalesce((
    SELECT bool_and(b.blocker_id IS NOT NULL)
    FROM message m
    JOIN contact_number k ON k.practice_id = m.practice_id AND k.number = d.to_number
    LEFT JOIN person_block b ON b.practice_id = k.practice_id AND b.blocker_id = k.contact_id AND b.blocked_id = m.author_id
    WHERE m.practice_id = d.practice_id AND m.id = d.message_id AND m.author_kind = 'staff'), false)"""
_UNHEARD = text("""
SELECT m.author_id, m.author_name, array_agg(DISTINCT p.name) AS names
FROM message m
JOIN contact_number k ON k.practice_id = m.practice_id AND k.number = :contact_number
JOIN person p ON p.practice_id = k.practice_id AND p.id = k.contact_id
LEFT JOIN person_block b ON b.practice_id = k.practice_id AND b.blocker_id = k.contact_id AND b.blocked_id = m.author_id
WHERE m.practice_id = :practice_id AND m.id = :message_id AND m.author_kind = 'staff'
GROUP BY m.author_id, m.author_name
HAVING bool_and(b.blocker_id IS NOT NULL)
""")


@dataclass(frozen=True, slots=True)
class Written:
    """A message that is to go out as a text, and who wants that."""

    message_id: UUID
    requested_by_id: UUID | None


async def words_if_unheard(uow: UnitOfWork, practice_id: UUID, contact_number: str, *, written: Written) -> str | None:
    """Why nobody at this number gets the message; None: somebody does."""
    values = {"practice_id": practice_id, "contact_number": contact_number, "message_id": written.message_id}
    row: Any = (await uow.execute(_UNHEARD, values)).one_or_none()
    if row is None:
        return None
    who = " and ".join(row.names)
    whom = "you" if row.author_id == written.requested_by_id else row.author_name
    return f"{who} {'do' if len(row.names) > 1 else 'does'} not take messages from {whom}. A colleague can write."
