-- How long families waited for an answer at one clinic: from the first message of a burst to the first one a staff member
-- wrote. Notes, reminders and what was sent by itself are neither. Where the writer changes, a turn begins, and as the two
-- sides take turns, the next turn after a family's is the answer.
WITH written AS (
    SELECT m.thread_id, m.seq, m.author_kind, m.created_at,
        lag(m.author_kind) OVER (PARTITION BY m.thread_id ORDER BY m.seq) AS author_before
    FROM thread t
    JOIN message m ON m.practice_id = t.practice_id AND m.thread_id = t.id
    WHERE t.practice_id = :practice_id AND t.clinic_id = :clinic_id AND t.last_message_at >= :since
        AND m.created_at >= :since AND m.kind = 'text' AND m.author_kind IN ('contact', 'staff') AND m.deleted_at IS NULL
), turns AS (
    SELECT author_kind, created_at, lead(created_at) OVER (PARTITION BY thread_id ORDER BY seq) AS answered_at
    FROM written
    WHERE author_before IS DISTINCT FROM author_kind
)
SELECT created_at AS asked_at, answered_at
FROM turns
WHERE author_kind = 'contact' AND answered_at IS NOT NULL
ORDER BY created_at DESC
LIMIT :most
