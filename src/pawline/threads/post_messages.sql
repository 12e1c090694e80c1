-- Stores a batch of posts in one statement, which is one transaction: nothing of a post exists before all of it does.
-- What post_texts.sql does not store comes here. A draft that this does not store either is missing from the answer;
-- service.py then finds out why.
WITH draft AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(%(drafts)s AS jsonb)) AS d(
        ord int, practice_id uuid, thread_id uuid, message_id uuid, offered_conversation_id uuid, client_id uuid,
        request_hash text, author_id uuid, author_name text, author_kind text, kind text, body text,
        clinic_ids uuid[], family_id uuid, scheduled text[], handed text[], seen_up_to bigint, pet_ids uuid[], attachment_ids uuid[],
        mention_ids uuid[], payment_minor bigint, payment_currency text, payment_until timestamptz)
),
-- Lock in one order, so that two batches that share threads wait for each other instead of deadlocking.
target AS MATERIALIZED (
    SELECT t.practice_id, t.id, t.clinic_id, t.family_id, t.open_conversation_id, t.last_seq
    FROM thread t
    WHERE (t.practice_id, t.id) IN (SELECT d.practice_id, d.thread_id FROM draft d)
    ORDER BY t.practice_id, t.id
    FOR UPDATE
),
fresh AS MATERIALIZED (
    SELECT d.*, t.clinic_id AS thread_clinic_id, t.family_id AS thread_family_id,
        row_number() OVER (PARTITION BY d.practice_id, d.thread_id ORDER BY d.ord) AS nth
    FROM draft d
    JOIN target t ON t.practice_id = d.practice_id AND t.id = d.thread_id
    WHERE {may_post}
        AND NOT EXISTS (
            SELECT FROM message m
            WHERE m.practice_id = d.practice_id AND m.author_id = d.author_id AND m.client_id = d.client_id)
        -- The team may speak of every pet of the family, the family itself only of those that the clinic treats (AL-20).
        AND (cardinality(d.pet_ids) = 0 OR cardinality(d.pet_ids) = CASE d.author_kind
            WHEN 'staff' THEN (
                SELECT count(*) FROM pet p
                WHERE p.practice_id = d.practice_id AND p.family_id = t.family_id AND p.id = ANY(d.pet_ids))
            WHEN 'contact' THEN (
                SELECT count(*) FROM connection k
                WHERE k.practice_id = d.practice_id AND k.family_id = t.family_id AND k.clinic_id = t.clinic_id
                    AND k.state = 'accepted' AND k.pet_id = ANY(d.pet_ids)) END)
        AND (cardinality(d.attachment_ids) = 0 OR cardinality(d.attachment_ids) = (
            SELECT count(*) FROM attachment a
            WHERE a.practice_id = d.practice_id AND a.thread_id = d.thread_id AND a.uploader_id = d.author_id
                AND a.id = ANY(d.attachment_ids) AND a.message_id IS NULL))
),
arriving AS (
    SELECT f.practice_id, f.thread_id, count(*) AS many, bool_or(f.kind = 'text') AS has_text,
        (array_agg(f.offered_conversation_id ORDER BY f.ord))[1] AS offered_conversation_id,
        CASE WHEN NOT bool_or(f.kind = 'text') THEN (
            SELECT c.id FROM conversation c
            WHERE c.practice_id = f.practice_id AND c.thread_id = f.thread_id
            ORDER BY c.opened_at DESC, c.id DESC LIMIT 1) END AS latest_conversation_id
    FROM fresh f
    GROUP BY f.practice_id, f.thread_id
),
-- A text opens a conversation when none is open; a note alone joins the latest one, for it is nobody's turn to answer.
bumped AS (
    UPDATE thread t
    SET last_seq = t.last_seq + n.many,
        revision = t.revision + n.many,
        last_message_at = CASE WHEN n.has_text THEN greatest(t.last_message_at, CAST(%(now)s AS timestamptz)) ELSE t.last_message_at END,
        open_conversation_id = CASE
            WHEN n.has_text OR n.latest_conversation_id IS NULL THEN coalesce(t.open_conversation_id, n.offered_conversation_id)
            ELSE t.open_conversation_id END
    FROM arriving n
    WHERE t.practice_id = n.practice_id AND t.id = n.thread_id
    RETURNING t.practice_id, t.id, t.clinic_id, t.family_id, t.last_message_at,
        t.last_seq - n.many AS seq_before, t.revision - n.many AS revision_before,
        coalesce(t.open_conversation_id, n.latest_conversation_id) AS conversation_id,
        t.open_conversation_id IS NOT DISTINCT FROM n.offered_conversation_id AS is_opened
),
opened AS (
    INSERT INTO conversation (practice_id, id, thread_id, title, channel, revision, opened_at, opened_by_id)
    SELECT b.practice_id, b.conversation_id, b.id,
        coalesce(
            (SELECT p.name FROM pet p WHERE p.practice_id = b.practice_id AND p.id = f.pet_ids[1]),
            (SELECT y.name FROM family y WHERE y.practice_id = b.practice_id AND y.id = b.family_id)
        ) || ' · ' || (
            SELECT to_char(CAST(%(now)s AS timestamptz) AT TIME ZONE k.timezone, 'FMDD Mon YYYY')
            FROM clinic k WHERE k.practice_id = b.practice_id AND k.id = b.clinic_id),
        'app', b.revision_before + 1, %(now)s, f.author_id
    FROM bumped b
    JOIN fresh f ON f.practice_id = b.practice_id AND f.thread_id = b.id AND f.nth = 1
    WHERE b.is_opened
    RETURNING practice_id, id, title
),
stored AS (
    INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash,
        author_id, author_name, author_kind, kind, channel, body, has_attachments, created_at)
    SELECT f.practice_id, f.message_id, f.thread_id, b.conversation_id, b.seq_before + f.nth, b.revision_before + f.nth,
        f.client_id, decode(f.request_hash, 'hex'), f.author_id, f.author_name, f.author_kind, f.kind, 'app', f.body,
        cardinality(f.attachment_ids) > 0, %(now)s
    FROM fresh f
    JOIN bumped b ON b.practice_id = f.practice_id AND b.id = f.thread_id
),
tagged AS (
    INSERT INTO message_pet (practice_id, message_id, pet_id)
    SELECT f.practice_id, f.message_id, unnest(f.pet_ids) FROM fresh f
),
mentioned AS (
    INSERT INTO mention (practice_id, message_id, staff_id, name, made_at)
    SELECT f.practice_id, f.message_id, p.id, p.name, %(now)s
    FROM fresh f
    JOIN person p ON p.practice_id = f.practice_id AND p.id = ANY(f.mention_ids) AND p.kind = 'staff'
),
asked AS (
    INSERT INTO payment_request (practice_id, message_id, amount_minor, currency, state, changed_at, expires_at)
    SELECT f.practice_id, f.message_id, f.payment_minor, f.payment_currency, 'requested', %(now)s, f.payment_until
    FROM fresh f WHERE f.payment_minor IS NOT NULL
),
attached AS (
    UPDATE attachment a
    SET message_id = f.message_id, position = array_position(f.attachment_ids, a.id)
    FROM fresh f
    WHERE a.practice_id = f.practice_id AND a.id = ANY(f.attachment_ids)
)
SELECT f.ord, b.clinic_id, b.family_id, b.last_message_at, b.conversation_id,
    b.seq_before + f.nth AS seq, b.revision_before + f.nth AS revision,
    CASE WHEN b.is_opened AND f.nth = 1 THEN (
        SELECT o.title FROM opened o WHERE o.practice_id = b.practice_id AND o.id = b.conversation_id) END AS opened_title
FROM fresh f
JOIN bumped b ON b.practice_id = f.practice_id AND b.id = f.thread_id
ORDER BY f.ord
