-- Stores several of what most posts are: texts without pets and files, into conversations that are open. It finds out by itself whether
-- each author is still who their session said a moment ago, so that nobody has to look that up before.
-- A draft that is not stored is missing from the answer, whatever the reason: post_messages.sql is asked next.
WITH draft AS MATERIALIZED (
    SELECT * FROM json_to_recordset(CAST(%(drafts)s AS json)) AS d(
        ord int, practice_id uuid, thread_id uuid, message_id uuid, client_id uuid, request_hash text, session_id uuid,
        author_id uuid, author_name text, author_kind text, author_role text, kind text, clinic_ids uuid[],
        family_id uuid, scheduled text[], handed text[], seen_up_to bigint, body text)
),
-- Lock in one order, so that two batches that share threads wait for each other instead of deadlocking.
allowed AS MATERIALIZED (
    SELECT d.*
    FROM draft d
    JOIN thread t ON t.practice_id = d.practice_id AND t.id = d.thread_id
    JOIN login_session s ON s.practice_id = d.practice_id AND s.id = d.session_id AND s.person_id = d.author_id
    JOIN person p ON p.practice_id = d.practice_id AND p.id = d.author_id
    {authors}
    WHERE s.revoked_at IS NULL AND s.idle_until > %(now)s AND s.expires_at > %(now)s
        AND (s.locks_at IS NULL OR s.locks_at > %(now)s)
        AND p.kind = d.author_kind AND p.name = d.author_name
        AND t.open_conversation_id IS NOT NULL
        AND {are_still}
        AND {may_post}
        AND NOT EXISTS (
            SELECT FROM message o
            WHERE o.practice_id = d.practice_id AND o.author_id = d.author_id AND o.client_id = d.client_id)
    ORDER BY d.practice_id, d.thread_id, d.ord
    FOR UPDATE OF t
),
bumped AS (
    UPDATE thread t
    SET last_seq = t.last_seq + n.many,
        revision = t.revision + n.many,
        last_message_at = greatest(t.last_message_at, CAST(%(now)s AS timestamptz))
    FROM (SELECT a.practice_id, a.thread_id, count(*) AS many FROM allowed a GROUP BY a.practice_id, a.thread_id) n
    WHERE t.practice_id = n.practice_id AND t.id = n.thread_id
    RETURNING t.practice_id, t.id, t.clinic_id, t.family_id, t.last_message_at, t.open_conversation_id AS conversation_id,
        t.last_seq - n.many AS seq_before, t.revision - n.many AS revision_before
),
placed AS MATERIALIZED (
    SELECT a.*, b.clinic_id, b.family_id AS thread_family_id, b.last_message_at, b.conversation_id,
        b.seq_before + a.nth AS seq, b.revision_before + a.nth AS revision
    FROM (SELECT a.*, row_number() OVER (PARTITION BY a.practice_id, a.thread_id ORDER BY a.ord) AS nth FROM allowed a) a
    JOIN bumped b ON b.practice_id = a.practice_id AND b.id = a.thread_id
),
stored AS (
    INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash,
        author_id, author_name, author_kind, kind, channel, body, has_attachments, created_at)
    SELECT f.practice_id, f.message_id, f.thread_id, f.conversation_id, f.seq, f.revision, f.client_id,
        decode(f.request_hash, 'hex'), f.author_id, f.author_name, f.author_kind, 'text', 'app', f.body, false, %(now)s
    FROM placed f
)
SELECT f.ord, f.clinic_id, f.thread_family_id AS family_id, f.last_message_at, f.conversation_id, f.seq, f.revision,
    CAST(NULL AS text) AS opened_title
FROM placed f
