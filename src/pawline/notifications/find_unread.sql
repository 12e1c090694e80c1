-- Which contacts have to be told by e-mail now. Looks only at threads in which something may have become due since the last
-- search: written in so lately that it was not due then, or with a contact whose quiet hour has ended meanwhile.
WITH candidate AS (
    SELECT t.practice_id, t.id, t.family_id
    FROM practice y
    JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :written_since
    UNION
    SELECT t.practice_id, t.id, t.family_id
    FROM unread_notice n
    JOIN thread t ON t.practice_id = n.practice_id AND t.id = n.thread_id
    WHERE n.quiet_until > :quiet_since AND n.quiet_until <= :now
)
SELECT t.practice_id, t.id AS thread_id, c.id AS contact_id, burst.first_seq, burst.up_to_seq
FROM candidate t
JOIN contact c ON c.practice_id = t.practice_id AND c.family_id = t.family_id
    AND c.role IN ('primary', 'secondary') AND c.email IS NOT NULL
LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = c.id
LEFT JOIN LATERAL (
    SELECT n.first_seq, n.up_to_seq, n.state, n.quiet_until
    FROM unread_notice n
    WHERE n.practice_id = t.practice_id AND n.thread_id = t.id AND n.contact_id = c.id
    ORDER BY n.first_seq DESC
    LIMIT 1
) told ON true
-- From the end of the thread backwards: where nobody has ever read, there may be years of it.
CROSS JOIN LATERAL (
    SELECT min(m.seq) AS first_seq, max(m.seq) AS up_to_seq, min(m.created_at) AS waits_since
    FROM (
        SELECT m.*
        FROM message m
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id
            AND m.seq > greatest(coalesce(r.up_to_seq, 0), coalesce(told.up_to_seq, 0))
        ORDER BY m.seq DESC
        LIMIT :most_read
    ) m
    -- What is older than this search, and was never told, was not to be told.
    WHERE m.created_at > CASE WHEN told.first_seq IS NULL THEN :written_since ELSE :oldest END AND m.created_at <= :now
        AND {unread_for_contact}
) burst
WHERE burst.waits_since <= :due
    AND (told.first_seq IS NULL OR told.state = 'skipped'
        OR told.state NOT IN ('queued', 'sending') AND (coalesce(r.up_to_seq, 0) >= told.first_seq OR told.quiet_until <= :now))
    AND {takes_mail}
