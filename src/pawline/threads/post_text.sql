-- Stores one text as post_texts.sql does several: most have no company, and a statement that knows of one alone costs the server
-- two thirds. ``author`` is what their kind asks of somebody who is still who their session said a moment ago.
WITH stored_in AS (
    UPDATE thread t
    SET last_seq = t.last_seq + 1,
        revision = t.revision + 1,
        last_message_at = greatest(t.last_message_at, CAST(%(now)s AS timestamptz))
    FROM (SELECT CAST(%(practice_id)s AS uuid) AS practice_id, CAST(%(thread_id)s AS uuid) AS thread_id,
            CAST(%(client_id)s AS uuid) AS client_id, CAST(%(session_id)s AS uuid) AS session_id,
            CAST(%(author_id)s AS uuid) AS author_id, CAST(%(author_name)s AS text) AS author_name, {fields}) d
    JOIN login_session s ON s.practice_id = d.practice_id AND s.id = d.session_id AND s.person_id = d.author_id
    JOIN person p ON p.practice_id = d.practice_id AND p.id = d.author_id
    {author}
    WHERE t.practice_id = d.practice_id AND t.id = d.thread_id
        AND s.revoked_at IS NULL AND s.idle_until > %(now)s AND s.expires_at > %(now)s
        AND (s.locks_at IS NULL OR s.locks_at > %(now)s)
        AND p.kind = '{kind}' AND p.name = d.author_name
        AND t.open_conversation_id IS NOT NULL
        AND {is_still}
        AND {may_post}
        AND (SELECT true FROM message o
            WHERE o.practice_id = d.practice_id AND o.author_id = d.author_id AND o.client_id = d.client_id) IS NULL
    RETURNING t.clinic_id, t.family_id, t.last_message_at, t.open_conversation_id AS conversation_id, t.last_seq AS seq, t.revision
),
stored AS (
    INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash,
        author_id, author_name, author_kind, kind, channel, body, has_attachments, created_at)
    SELECT CAST(%(practice_id)s AS uuid), CAST(%(message_id)s AS uuid), CAST(%(thread_id)s AS uuid), i.conversation_id, i.seq, i.revision,
        CAST(%(client_id)s AS uuid), decode(CAST(%(request_hash)s AS text), 'hex'), CAST(%(author_id)s AS uuid),
        CAST(%(author_name)s AS text), '{kind}', 'text', 'app', CAST(%(body)s AS text), false, %(now)s
    FROM stored_in i
)
SELECT 0 AS ord, i.clinic_id, i.family_id, i.last_message_at, i.conversation_id, i.seq, i.revision, CAST(NULL AS text) AS opened_title
FROM stored_in i
