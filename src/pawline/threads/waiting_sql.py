"""When a family's message ``m`` in ``thread t`` waits for an answer: one rule for the queue and the list when the day ends."""

# After whatever a staff member wrote last in the thread and did not take back. Automatic replies are no answer.
WAITS_FOR_ANSWER = """m.kind = 'text' AND m.author_kind = 'contact' AND m.deleted_at IS NULL AND m.seq > coalesce((
                SELECT s.seq FROM message s
                WHERE s.practice_id = t.practice_id AND s.thread_id = t.id AND s.kind = 'text' AND s.author_kind = 'staff'
                    AND s.deleted_at IS NULL
                ORDER BY s.seq DESC LIMIT 1), 0)"""
