"""Erasing who the people and pets of a family are, and every way in or out that they had.

What stays is what keeps promises: the ledger of consent, opt-outs and what the carrier blocks, so that nobody is texted who said
stop. It has numbers as they are, for a carrier's word about one has to find it; nothing says any more whose they were.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.sign_in.sessions import end_all_sessions

NAME = "Erased"


@dataclass(frozen=True, slots=True)
class Scope:
    """``numbers`` and ``emails`` are those that nobody else at the practice has."""

    practice_id: UUID
    family_id: UUID
    contact_ids: list[UUID]
    numbers: list[str]
    emails: list[str]

    def values(self, **more: Any) -> dict[str, Any]:
        return {**asdict(self), "now": clock.now(), "erased": NAME, **more}


_CONTACTS = text("SELECT c.id FROM contact c WHERE c.practice_id = :practice_id AND c.family_id = :family_id ORDER BY c.id")
# A text under another family's name may be theirs: what is known of a shared number by the number alone is left.
_NUMBERS = text("""
    SELECT DISTINCT k.number FROM contact_number k
    WHERE k.practice_id = :practice_id AND k.contact_id = ANY(:contact_ids) AND NOT EXISTS (
        SELECT FROM contact_number o
        WHERE o.practice_id = k.practice_id AND o.number = k.number AND o.contact_id <> ALL(:contact_ids))
""")
_EMAILS = text("""
    SELECT DISTINCT c.email FROM contact c
    WHERE c.practice_id = :practice_id AND c.id = ANY(:contact_ids) AND c.email IS NOT NULL AND NOT EXISTS (
        SELECT FROM contact o WHERE o.practice_id = c.practice_id AND o.email = c.email AND o.id <> ALL(:contact_ids))
""")
_OF_CONTACTS = "WHERE practice_id = :practice_id AND contact_id = ANY(:contact_ids)"
_OWN_SESSIONS = "SELECT s.id FROM login_session s WHERE s.practice_id = :practice_id AND s.person_id = ANY(:contact_ids)"
_OWN_SUBSCRIPTIONS = f"""
    SELECT p.id FROM push_subscription p WHERE p.practice_id = :practice_id AND p.session_id IN ({_OWN_SESSIONS})"""  # noqa: S608
_OWN_PETS = "SELECT t.id FROM pet t WHERE t.practice_id = :practice_id AND t.family_id = :family_id"
_OWN_INVITATIONS = """
    SELECT i.id FROM family_invitation i WHERE i.practice_id = :practice_id AND i.family_id = :family_id"""

# Constants, put together. None does anything the second time.
_WAYS_IN = (
    f"DELETE FROM push_told WHERE practice_id = :practice_id AND subscription_id IN ({_OWN_SUBSCRIPTIONS})",  # noqa: S608
    f"DELETE FROM push_subscription WHERE practice_id = :practice_id AND session_id IN ({_OWN_SESSIONS})",  # noqa: S608
    """UPDATE login_session SET device = '', address = ''
    WHERE practice_id = :practice_id AND person_id = ANY(:contact_ids)""",
    *(
        f"DELETE FROM {table} {_OF_CONTACTS}"  # noqa: S608
        for table in (
            "passkey",
            "sign_in_code",
            "contact_link",
            "contact_number",
            "chosen_for_chat",
            "mail_refusal",
            "unread_notice",
            "transcript_mail",
        )
    ),
    f"""DELETE FROM sign_up WHERE practice_id = :practice_id AND (
        family_invitation_id IN ({_OWN_INVITATIONS}) OR email = ANY(:emails) OR number = ANY(:numbers))""",  # noqa: S608
    """UPDATE family_invitation SET name = :erased, email = NULL, revoked_at = coalesce(revoked_at, :now)
    WHERE practice_id = :practice_id AND family_id = :family_id""",
    f"""UPDATE vet_invitation SET email = NULL, decided_at = CASE state WHEN 'invited' THEN :now ELSE decided_at END,
        state = CASE state WHEN 'invited' THEN 'revoked' ELSE state END
    WHERE practice_id = :practice_id AND pet_id IN ({_OWN_PETS})""",  # noqa: S608
    # Of no practice: somebody's at another one has the same number, and may be signing in there.
    """DELETE FROM texted_sign_in s WHERE s.number = ANY(:numbers) AND NOT EXISTS (
        SELECT FROM contact_number o WHERE o.number = s.number)""",  # tenancy: of no practice
)
_WHO_THEY_ARE = (
    """UPDATE contact SET email = NULL, phone = NULL, is_guest = false, app_joined_at = NULL
    WHERE practice_id = :practice_id AND id = ANY(:contact_ids)""",
    "UPDATE person SET name = :erased WHERE practice_id = :practice_id AND id = ANY(:contact_ids)",
    "UPDATE family SET name = :erased WHERE practice_id = :practice_id AND id = :family_id",
    """UPDATE pet SET name = :erased, breed = '', born_on = NULL, died_on = NULL, weight_grams = NULL
    WHERE practice_id = :practice_id AND family_id = :family_id""",
    """UPDATE connection SET state = 'revoked', changed_at = :now
    WHERE practice_id = :practice_id AND family_id = :family_id AND state = 'invited'""",
    """UPDATE bot_run SET first_name = NULL, last_name = NULL, email = NULL, ended_at = coalesce(ended_at, :now),
        state = CASE state WHEN 'asking' THEN 'ended' ELSE state END
    WHERE practice_id = :practice_id AND contact_id = ANY(:contact_ids)""",
    "UPDATE practice_block SET reason = :erased WHERE practice_id = :practice_id AND contact_id = ANY(:contact_ids)",
    """UPDATE appointment SET kind = :erased, outside_id = NULL, revision = revision + 1, changed_at = :now,
        answered_by_id = CASE WHEN starts_at > :now THEN NULL ELSE answered_by_id END,
        status = CASE WHEN starts_at > :now THEN 'cancelled' ELSE status END
    WHERE practice_id = :practice_id AND family_id = :family_id AND kind <> :erased""",
    "UPDATE reminder SET service = :erased WHERE practice_id = :practice_id AND family_id = :family_id",
)
_WAITING_TEXTS = text("""
    UPDATE delivery d SET state = 'cancelled', reason = 'message_deleted', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.state IN ('queued', 'leased') AND (
        d.to_number = ANY(:numbers)
        OR d.pet_id IN (SELECT t.id FROM pet t WHERE t.practice_id = :practice_id AND t.family_id = :family_id)
        OR d.message_id IN (
            SELECT m.id FROM message m JOIN thread h ON h.practice_id = m.practice_id AND h.id = m.thread_id
            WHERE m.practice_id = :practice_id AND h.family_id = :family_id))
""")
_CLOSE_AND_FORGET = [text(each) for each in (*_WAYS_IN, *_WHO_THEY_ARE)]


async def scope_of(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> Scope:
    values: dict[str, Any] = {"practice_id": practice_id, "family_id": family_id}
    values["contact_ids"] = await _column(uow, _CONTACTS, values)
    return Scope(**values, numbers=await _column(uow, _NUMBERS, values), emails=await _column(uow, _EMAILS, values))


async def erase_people(uow: UnitOfWork, scope: Scope) -> None:
    """Nobody of them is signed in, signs in, is texted or written to any more. Repeating it changes nothing."""
    values = scope.values()
    for contact_id in scope.contact_ids:
        await end_all_sessions(uow, scope.practice_id, contact_id)
    await uow.execute(_WAITING_TEXTS, values)
    for statement in _CLOSE_AND_FORGET:
        await uow.execute(statement, values)


async def _column(uow: UnitOfWork, statement: Any, values: dict[str, Any]) -> list[Any]:
    found: Sequence[Any] = (await uow.execute(statement, values)).scalars().all()
    return list(found)
