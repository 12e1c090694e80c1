-- Takes note of what each subscribed browser of the team is told now, so that no other worker tells it again: what families
-- wrote in conversations that its owner answers, notes that call them, and conversations handed to them, alone or with others.
-- Of what nobody answers the clinic's whole team is told: when a family begins to wait, also while whoever answers it is off
-- duty; when it is back in the queue while its family waits; and when the questions to a stranger end.
-- Of several in one thread, the call goes before the hand-off, and that before the message. A moment is left to whoever has the
-- thread open. ``whose`` says to which members of the team; of what ``waits`` no note is taken.
WITH news AS (
    SELECT m.practice_id, m.thread_id, v.assignee_id AS staff_id, m.seq, 'message' AS kind, CAST(NULL AS text) AS by_name,
        CAST(NULL AS text) AS to_team
    FROM practice y
    JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :since
    JOIN conversation v ON v.practice_id = t.practice_id AND v.thread_id = t.id AND v.ended_at IS NULL AND v.assignee_id IS NOT NULL
    JOIN message m ON m.practice_id = t.practice_id AND m.thread_id = t.id AND m.seq > t.last_seq - :most_read
        AND m.conversation_id = v.id AND m.kind = 'text' AND m.author_kind = 'contact' AND m.deleted_at IS NULL
        AND m.created_at > :since AND m.created_at <= :settled
    WHERE NOT EXISTS (
        SELECT FROM person_block b
        WHERE b.practice_id = m.practice_id AND b.blocker_id = v.assignee_id AND b.blocked_id = m.author_id
            AND b.since <= m.created_at AND NOT m.is_from_shared_number)
    UNION ALL
    SELECT o.practice_id, o.thread_id, s.id, o.seq, o.kind, o.by_name, NULL
    FROM (
        SELECT t.practice_id, t.id AS thread_id, t.clinic_id, m.seq, m.author_id, m.created_at, 'unanswered' AS kind,
            CAST(NULL AS text) AS by_name
        FROM practice y
        JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :since
        JOIN conversation v ON v.practice_id = t.practice_id AND v.thread_id = t.id AND v.ended_at IS NULL AND v.assignee_id IS NULL
        CROSS JOIN LATERAL (
            SELECT m.seq, m.author_id, m.created_at FROM message m
            WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.conversation_id = v.id AND {waits_for_answer}
            ORDER BY m.seq LIMIT 1) m
        WHERE m.created_at > :since AND m.created_at <= :settled
        UNION ALL
        SELECT t.practice_id, t.id, t.clinic_id, m.seq, m.author_id, m.created_at, 'away', p.name
        FROM practice y
        JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :since
        JOIN conversation v ON v.practice_id = t.practice_id AND v.thread_id = t.id AND v.ended_at IS NULL
        JOIN off_duty d ON d.practice_id = v.practice_id AND d.staff_id = v.assignee_id AND (d.until IS NULL OR d.until > :now)
        JOIN person p ON p.practice_id = d.practice_id AND p.id = d.staff_id
        CROSS JOIN LATERAL (
            SELECT m.seq, m.author_id, m.created_at FROM message m
            WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.conversation_id = v.id AND m.created_at > d.since
                AND {waits_for_answer}
            ORDER BY m.seq LIMIT 1) m
        WHERE m.created_at > :since AND m.created_at <= :settled
        UNION ALL
        SELECT q.practice_id, q.thread_id, q.clinic_id, q.seq, q.author_id, q.created_at, 'questions_ended', NULL
        FROM ({ended_questions}) q
    ) o
    JOIN thread t ON t.practice_id = o.practice_id AND t.id = o.thread_id
    JOIN staff_member s ON s.practice_id = o.practice_id AND {team_of_clinic}
    WHERE NOT EXISTS (
        SELECT FROM person_block b
        WHERE b.practice_id = o.practice_id AND b.blocker_id = s.id AND b.blocked_id = o.author_id AND b.since <= o.created_at)
    UNION ALL
    SELECT b.practice_id, b.thread_id, s.id, b.seq, 'returned', NULL, NULL
    FROM hand_off h
    JOIN message b ON b.practice_id = h.practice_id AND b.id = h.message_id
    JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
    JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
    JOIN staff_member s ON s.practice_id = h.practice_id
    WHERE h.at > :since AND h.at <= :settled AND {returned}
    UNION ALL
    SELECT m.practice_id, m.thread_id, x.staff_id, m.seq, 'mention', m.author_name, NULL
    FROM mention x
    JOIN message m ON m.practice_id = x.practice_id AND m.id = x.message_id AND m.deleted_at IS NULL
    WHERE x.made_at > :since AND x.made_at <= :settled AND x.seen_at IS NULL
    UNION ALL
    SELECT m.practice_id, m.thread_id, s.id, m.seq, 'hand_off', p.name,
        CASE WHEN h.to_clinic_id IS NOT NULL THEN 'clinic' ELSE h.to_role END
    FROM hand_off h
    JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
    JOIN person p ON p.practice_id = h.practice_id AND p.id = h.by_id
    JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
    JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
    JOIN staff_member s ON s.practice_id = h.practice_id
    WHERE h.at > :since AND h.at <= :settled AND {reached_by_hand_off}
),
fresh AS (
    SELECT s.practice_id, s.id AS subscription_id, n.thread_id, n.staff_id, n.seq, n.kind, n.by_name, n.to_team,
        max(n.seq) OVER (PARTITION BY s.practice_id, s.id, n.thread_id) AS up_to_seq, {waits} AS is_waiting
    FROM news n
    JOIN login_session l ON l.practice_id = n.practice_id AND l.person_id = n.staff_id
        AND l.revoked_at IS NULL AND l.idle_until > :now AND l.expires_at > :now
    JOIN push_subscription s ON s.practice_id = l.practice_id AND s.session_id = l.id
    LEFT JOIN read_mark r ON r.practice_id = n.practice_id AND r.thread_id = n.thread_id AND r.person_id = n.staff_id
    LEFT JOIN push_told d ON d.practice_id = s.practice_id AND d.subscription_id = s.id AND d.thread_id = n.thread_id
    WHERE n.seq > greatest(coalesce(r.up_to_seq, 0), coalesce(d.up_to_seq, 0)) AND {whose}
),
due AS (
    SELECT DISTINCT ON (f.practice_id, f.subscription_id, f.thread_id) f.*
    FROM fresh f
    ORDER BY f.practice_id, f.subscription_id, f.thread_id, f.kind = 'mention' DESC, f.kind = 'hand_off' DESC, f.seq DESC
),
told AS (
    INSERT INTO push_told (practice_id, subscription_id, thread_id, up_to_seq)
    SELECT d.practice_id, d.subscription_id, d.thread_id, d.up_to_seq FROM due d WHERE NOT d.is_waiting
    ON CONFLICT (practice_id, subscription_id, thread_id) DO UPDATE SET up_to_seq = excluded.up_to_seq
        WHERE push_told.up_to_seq < excluded.up_to_seq
    RETURNING practice_id, subscription_id, thread_id
)
SELECT d.* FROM due d
LEFT JOIN told n ON n.practice_id = d.practice_id AND n.subscription_id = d.subscription_id AND n.thread_id = d.thread_id
WHERE d.is_waiting OR n.thread_id IS NOT NULL
