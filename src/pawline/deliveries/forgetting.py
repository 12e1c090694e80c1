"""Taking the words of a deleted message out of its texts. What was sent, when and its hash stay."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

# While the outcome of an attempt is not known, the carrier's list is searched for these words.
_AT_REST = "d.state NOT IN ('queued', 'leased', 'attempting', 'unknown')"
_FORGET = text(f"""
    UPDATE delivery d SET body = ''
    WHERE d.practice_id = :practice_id AND d.message_id = :message_id AND {_AT_REST}
""")  # noqa: S608 - constants
# What was searched for another text of the same two numbers shows this one as well.
_FORGET_EXCHANGES = text("""
    DELETE FROM carrier_exchange e USING delivery d, delivery o
    WHERE d.practice_id = :practice_id AND d.message_id = :message_id
        AND o.practice_id = d.practice_id AND o.number_id = d.number_id AND o.to_number = d.to_number
        AND e.practice_id = o.practice_id AND e.delivery_id = o.id AND (o.id = d.id OR e.method = 'GET')
""")
_HAS_UNREST = text(f"""
    SELECT EXISTS (
        SELECT FROM delivery d WHERE d.practice_id = :practice_id AND d.message_id = :message_id AND NOT ({_AT_REST}))
""")  # noqa: S608 - constants


async def forget_delivered_words(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> bool:
    """False: one of its texts is under way, and has its words until it is known what became of it."""
    values = {"practice_id": practice_id, "message_id": message_id}
    await uow.execute(_FORGET, values)
    await uow.execute(_FORGET_EXCHANGES, values)
    return not (await uow.execute(_HAS_UNREST, values)).scalar_one()
