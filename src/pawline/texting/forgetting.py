"""Taking the words and pictures of a deleted message out of what the carrier brought. Its id, time and hash stay."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

# By its key, which receiving.py gives the message to repeat it by: the table has every text that ever came, and no index of
# messages. What is told of a missed call has no words of anybody.
FORGET_TEXT = text("""
    UPDATE inbound_event e SET body = '', media = '[]'
    WHERE e.practice_id = :practice_id AND e.message_id = :message_id
        AND e.id = (SELECT m.client_id FROM message m WHERE m.practice_id = :practice_id AND m.id = :message_id)
""")
_FORGET_LINKS = text("""
    UPDATE inbound_media i SET url = ''
    WHERE i.practice_id = :practice_id AND i.message_id = :message_id AND i.state <> 'waiting'
""")
_WAITS = text("""
    SELECT EXISTS (
        SELECT FROM inbound_media i
        WHERE i.practice_id = :practice_id AND i.message_id = :message_id AND i.state = 'waiting')
""")


async def forget_texted_words(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> bool:
    """False: a picture of it is still to be fetched."""
    values = {"practice_id": practice_id, "message_id": message_id}
    await uow.execute(FORGET_TEXT, values)
    await uow.execute(_FORGET_LINKS, values)
    return not (await uow.execute(_WAITS, values)).scalar_one()
