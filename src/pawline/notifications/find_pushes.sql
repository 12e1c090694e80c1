-- Takes note of what each subscribed browser is told now, so that no other worker tells it again. A moment is left to whoever
-- has the thread open: what they read at once, no other browser of theirs has to ring for.
-- A browser has one session, at whichever of its owner's practices they were last: it rings for all of these.
INSERT INTO push_told (practice_id, subscription_id, thread_id, up_to_seq)
SELECT t.practice_id, s.id, t.id, fresh.up_to_seq
FROM practice y
JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :since
JOIN contact c ON c.practice_id = t.practice_id AND c.family_id = t.family_id AND c.role IN ('primary', 'secondary')
CROSS JOIN LATERAL (
    SELECT c.practice_id, c.id AS contact_id
    UNION
    SELECT other.practice_id, other.contact_id
    FROM contact_link me
    JOIN contact_link other ON other.account_id = me.account_id
    JOIN contact o ON o.practice_id = other.practice_id AND o.id = other.contact_id AND o.role IN ('primary', 'secondary')
    WHERE me.practice_id = c.practice_id AND me.contact_id = c.id
) own
JOIN login_session l ON l.practice_id = own.practice_id AND l.person_id = own.contact_id
    AND l.revoked_at IS NULL AND l.idle_until > :now AND l.expires_at > :now
JOIN push_subscription s ON s.practice_id = l.practice_id AND s.session_id = l.id
LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = c.id
LEFT JOIN push_told d ON d.practice_id = t.practice_id AND d.subscription_id = s.id AND d.thread_id = t.id
CROSS JOIN LATERAL (
    SELECT max(m.seq) AS up_to_seq
    FROM (
        SELECT m.*
        FROM message m
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id
            AND m.seq > greatest(coalesce(r.up_to_seq, 0), coalesce(d.up_to_seq, 0))
        ORDER BY m.seq DESC
        LIMIT :most_read
    ) m
    WHERE m.created_at > greatest(:since, s.created_at) AND m.created_at <= :settled AND {unread_for_contact}
) fresh
WHERE fresh.up_to_seq IS NOT NULL
ON CONFLICT (practice_id, subscription_id, thread_id) DO UPDATE SET up_to_seq = excluded.up_to_seq
    WHERE push_told.up_to_seq < excluded.up_to_seq
RETURNING practice_id, subscription_id, thread_id, up_to_seq
