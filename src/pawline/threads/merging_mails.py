"""E-mails about two threads that become one. Other features queue them, which know of threads: their tables are named here."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork

_MOVE_TRANSCRIPTS = text("""
UPDATE transcript_mail x
SET thread_id = :target_id, up_to_seq = coalesce((
    SELECT max(m.seq) FROM message m
    WHERE m.practice_id = x.practice_id AND m.conversation_id = x.conversation_id AND m.created_at <= x.queued_at), 0)
WHERE x.practice_id = :practice_id AND x.thread_id IN (:source_id, :target_id)
""")
_MOVE_MENTIONS = text("""
UPDATE mention_notice x SET thread_id = :target_id, first_seq = m.seq, up_to_seq = m.seq
FROM message m
WHERE x.practice_id = :practice_id AND x.thread_id IN (:source_id, :target_id)
    AND m.practice_id = x.practice_id AND m.id = x.message_id
""")
_MOVE_QUESTIONS_ENDED = text("""
UPDATE questions_ended_notice x SET thread_id = :target_id, first_seq = m.seq, up_to_seq = m.seq
FROM message m
WHERE x.practice_id = :practice_id AND x.thread_id IN (:source_id, :target_id)
    AND m.practice_id = x.practice_id AND m.id = x.message_id
""")
_MOVE_HAND_OFFS = text("""
UPDATE hand_off_notice x SET thread_id = :target_id, first_seq = m.seq, up_to_seq = m.seq
FROM hand_off h JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
WHERE x.practice_id = :practice_id AND x.thread_id IN (:source_id, :target_id)
    AND h.practice_id = x.practice_id AND h.id = coalesce(x.hand_off_id, x.id)
""")


async def move_mails(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    """Those that wait, and those that were sent and must not go out again, tell of the kept thread, by the new numbers there."""
    for move in (_MOVE_TRANSCRIPTS, _MOVE_MENTIONS, _MOVE_QUESTIONS_ENDED, _MOVE_HAND_OFFS):
        await uow.execute(move, {"practice_id": practice_id, "source_id": source_id, "target_id": target_id})
