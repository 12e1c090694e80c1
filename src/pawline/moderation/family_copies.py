"""Erasing what carriers brought and took of a family's texts: words, pictures and numbers. What was sent, and when, stays."""

from sqlalchemy import text

from pawline.moderation.family_people import Scope
from pawline.platform.db import UnitOfWork

_OWN_MESSAGES = """
    SELECT m.id FROM message m JOIN thread h ON h.practice_id = m.practice_id AND h.id = m.thread_id
    WHERE m.practice_id = :practice_id AND h.family_id = :family_id"""
_OWN_PETS = "SELECT t.id FROM pet t WHERE t.practice_id = :practice_id AND t.family_id = :family_id"
_OWN_BLOCKS = "SELECT b.id FROM practice_block b WHERE b.practice_id = :practice_id AND b.contact_id = ANY(:contact_ids)"
_OWN_DELIVERIES = f"""
    SELECT d.id FROM delivery d WHERE d.practice_id = :practice_id AND (
        d.to_number = ANY(:numbers) OR d.message_id IN ({_OWN_MESSAGES}) OR d.pet_id IN ({_OWN_PETS}))"""  # noqa: S608 - constants
_AT_REST = "d.state NOT IN ('queued', 'leased', 'attempting', 'unknown')"
_OWN_EVENTS = f"""
    e.from_number = ANY(:numbers) OR e.message_id IN ({_OWN_MESSAGES}) OR e.held_by_block_id IN ({_OWN_BLOCKS})"""
# A number of one's own for each: of one message there is one text to one number.
_STATEMENTS = tuple(
    text(each)
    for each in (
        f"DELETE FROM carrier_exchange WHERE practice_id = :practice_id AND delivery_id IN ({_OWN_DELIVERIES})",  # noqa: S608
        f"""UPDATE inbound_event e SET body = '', media = '[]', from_number = ''
        WHERE e.practice_id = :practice_id AND e.processed_at IS NOT NULL AND ({_OWN_EVENTS})""",  # noqa: S608
        "DELETE FROM away_reply WHERE practice_id = :practice_id AND contact_number = ANY(:numbers)",
        f"""UPDATE delivery d SET body = '', to_number = 'erased ' || CAST(d.id AS text)
        WHERE d.practice_id = :practice_id AND {_AT_REST} AND d.to_number NOT LIKE 'erased %' AND d.id IN ({_OWN_DELIVERIES})""",  # noqa: S608
    )
)
# Until it is known what became of a text, the carrier's list is searched for it by its words and number.
_IS_LEFT = text(f"""
    SELECT EXISTS (
        SELECT FROM delivery d WHERE d.practice_id = :practice_id AND NOT ({_AT_REST}) AND d.id IN ({_OWN_DELIVERIES}))
    OR EXISTS (
        SELECT FROM inbound_event e WHERE e.practice_id = :practice_id AND e.processed_at IS NULL AND ({_OWN_EVENTS}))
    OR EXISTS (
        SELECT FROM sealed_message s
        WHERE s.practice_id = :practice_id AND NOT s.is_settled AND s.message_id IN ({_OWN_MESSAGES}))
""")  # noqa: S608 - constants


async def erase_copies(uow: UnitOfWork, scope: Scope) -> bool:
    """False: a text or a picture is still under way, and has its words until it is known what became of it."""
    values = scope.values()
    for statement in _STATEMENTS:
        await uow.execute(statement, values)
    return not (await uow.execute(_IS_LEFT, values)).scalar_one()
