-- Puts the messages of two threads into one, in the order in which they were written. Every message of the kept thread gets a new
-- revision, so that browsers take the new order over. Numbers are unique, so they go below zero on their way.
WITH ordered AS (
    SELECT m.id, row_number() OVER (ORDER BY m.created_at, m.thread_id, m.seq) AS place
    FROM message m
    WHERE m.practice_id = :practice_id AND m.thread_id IN (:source, :target)
)
UPDATE message m
SET thread_id = :target, seq = -o.place, revision = :revision + o.place
FROM ordered o
WHERE m.practice_id = :practice_id AND m.id = o.id
