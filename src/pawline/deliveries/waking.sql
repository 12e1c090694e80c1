-- In how many seconds the next text can be claimed, as far as that follows from a number's pace or a text's due time.
WITH RECURSIVE waiting AS (
    (SELECT d.practice_id, d.number_id FROM delivery d WHERE d.state = 'queued' ORDER BY d.practice_id, d.number_id LIMIT 1)
    UNION ALL
    SELECT next.practice_id, next.number_id
    FROM waiting w
    CROSS JOIN LATERAL (
        SELECT d.practice_id, d.number_id FROM delivery d
        WHERE d.state = 'queued' AND (d.practice_id, d.number_id) > (w.practice_id, w.number_id)
        ORDER BY d.practice_id, d.number_id LIMIT 1
    ) next
)
SELECT CAST(extract(epoch FROM least(
    (SELECT min(n.free_from) FROM waiting w JOIN number n ON n.practice_id = w.practice_id AND n.id = w.number_id
     WHERE n.free_from > now()),
    (SELECT min(d.due_at) FROM delivery d WHERE d.state = 'queued' AND d.due_at > now())
) - now()) AS double precision) AS seconds
