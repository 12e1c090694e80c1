SELECT r.practice_id, t.id AS thread_id, t.clinic_id, m.id AS message_id, m.seq, m.author_id, m.created_at, r.ended_at
    FROM practice y
    JOIN bot_run r ON r.practice_id = y.id AND r.ended_at > :since AND r.ended_at <= {until}
        AND r.state IN ('complete', 'stopped_by_contact')
    JOIN conversation v ON v.practice_id = r.practice_id AND v.id = r.conversation_id AND v.ended_at IS NULL AND v.assignee_id IS NULL
    JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
    CROSS JOIN LATERAL (
        SELECT m.id, m.seq, m.author_id, m.created_at FROM message m
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.conversation_id = v.id
            AND m.created_at <= r.ended_at AND {waits_for_answer}
        ORDER BY m.seq DESC LIMIT 1) m
