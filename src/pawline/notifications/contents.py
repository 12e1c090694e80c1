"""What an e-mail about unread messages says, looked up at the moment it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from pawline.notifications.claims import ClaimedNotice
from pawline.notifications.finding import TAKES_MAIL, UNREAD_FOR_CONTACT
from pawline.platform.db import UnitOfWork

_MOST_SHOWN = 20
_TO_WHOM = text(f"""
SELECT c.email, c.language, p.name, y.name AS practice_name, k.name AS clinic_name, k.logo_id, k.country, k.street, k.city,
    k.region, k.postcode, k.mails_show_words,
    coalesce(k.emergency_number, k.phone) AS emergency_number, t.family_id
FROM thread t
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
JOIN contact c ON c.practice_id = t.practice_id AND c.family_id = t.family_id AND c.role IN ('primary', 'secondary')
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
WHERE t.practice_id = :practice_id AND t.id = :thread_id AND c.id = :contact_id AND c.email IS NOT NULL
    AND {TAKES_MAIL}
""")  # noqa: S608 - made of constants
_UNREAD = text(
    """
SELECT m.id, m.author_id, m.author_name, m.author_kind, m.body, m.has_attachments, q.amount_minor, q.currency
FROM contact c
JOIN message m ON m.practice_id = c.practice_id AND m.thread_id = :thread_id AND m.seq BETWEEN :first_seq AND :up_to_seq
LEFT JOIN payment_request q ON q.practice_id = m.practice_id AND q.message_id = m.id AND q.state = 'requested'
WHERE c.practice_id = :practice_id AND c.id = :contact_id AND {unread_for_contact}
    AND m.seq > coalesce((
        SELECT r.up_to_seq FROM read_mark r
        WHERE r.practice_id = m.practice_id AND r.thread_id = m.thread_id AND r.person_id = c.id), 0)
ORDER BY m.seq
LIMIT :most
""".replace("{unread_for_contact}", UNREAD_FOR_CONTACT)
)
_TAGGED = text("""
SELECT e.id, e.name FROM pet e
WHERE e.practice_id = :practice_id AND e.id IN (
    SELECT g.pet_id FROM message_pet g WHERE g.practice_id = :practice_id AND g.message_id = ANY(:message_ids))
""")
_LIVING = text("SELECT id, name FROM pet WHERE practice_id = :practice_id AND family_id = :family_id AND died_on IS NULL LIMIT 2")

# By who wrote: the team, somebody of the family, the system, several. Each about a pet, and without one.
_HEADLINES = {
    "en": {
        "staff": ("{author} at {practice} wrote about {pet}", "{author} at {practice} wrote to you"),
        "contact": ("{author} wrote to {practice} about {pet}", "{author} wrote to {practice}"),
        "system": ("{practice} wrote about {pet}", "{practice} wrote to you"),
        "several": ("New messages about {pet} at {practice}", "New messages at {practice}"),
    },
    "es": {
        "staff": ("{author}, de {practice}, ha escrito sobre {pet}", "{author}, de {practice}, le ha escrito"),
        "contact": ("{author} ha escrito a {practice} sobre {pet}", "{author} ha escrito a {practice}"),
        "system": ("{practice} ha escrito sobre {pet}", "{practice} le ha escrito"),
        "several": ("Mensajes nuevos sobre {pet} en {practice}", "Mensajes nuevos en {practice}"),
    },
}


@dataclass(frozen=True, slots=True)
class UnreadMailFacts:
    """``to`` is the row of the contact and the clinic, ``messages`` what they have not read, oldest first.

    ``pet``: the one that all of it is about, with ``id`` and ``name``; None: there is none, or there are several.
    """

    to: Any
    messages: Sequence[Any]
    pet: Any

    @property
    def headline(self) -> str:
        author = self.messages[0]
        kind = author.author_kind if len({message.author_id for message in self.messages}) == 1 else "several"
        about_pet, about_nothing = _HEADLINES[self.to.language][kind]
        words = about_pet if self.pet else about_nothing
        return words.format(author=author.author_name, practice=self.to.practice_name, pet=self.pet and self.pet.name)


async def unread_mail_facts(uow: UnitOfWork, notice: ClaimedNotice) -> UnreadMailFacts | None:
    """None: there is nothing to tell any more, or nobody who wants to be told."""
    values = {"practice_id": notice.practice_id, "thread_id": notice.about_id, "contact_id": notice.person_id}
    to = (await uow.execute(_TO_WHOM, values)).one_or_none()
    if to is None:
        return None
    burst = {"first_seq": notice.first_seq, "up_to_seq": notice.up_to_seq, "most": _MOST_SHOWN}
    messages = (await uow.execute(_UNREAD, {**values, **burst})).all()
    if not messages:
        return None
    tagged = {"practice_id": notice.practice_id, "message_ids": [message.id for message in messages]}
    living = {"practice_id": notice.practice_id, "family_id": to.family_id}
    pets = (await uow.execute(_TAGGED, tagged)).all() or (await uow.execute(_LIVING, living)).all()
    return UnreadMailFacts(to, messages, pets[0] if len(pets) == 1 else None)
