-- Leases what may go to the carriers now: at most one text of each number, and as many as there is room for.
-- Nobody else can claim from a number at that moment, so neither its pace nor the order in a conversation needs another lock.
WITH RECURSIVE waiting AS (
    (SELECT d.practice_id, d.number_id FROM delivery d WHERE d.state = 'queued' ORDER BY d.practice_id, d.number_id LIMIT 1)
    UNION ALL
    -- From number to number along the index: a campaign of 100,000 texts costs no more to step over than a single one.
    SELECT next.practice_id, next.number_id
    FROM waiting w
    CROSS JOIN LATERAL (
        SELECT d.practice_id, d.number_id FROM delivery d
        WHERE d.state = 'queued' AND (d.practice_id, d.number_id) > (w.practice_id, w.number_id)
        ORDER BY d.practice_id, d.number_id LIMIT 1
    ) next
),
-- A carrier that failed several times in a row gets one text after the pause, from whichever worker gets hold of the row.
trial AS MATERIALIZED (
    SELECT c.carrier FROM carrier_circuit c WHERE c.open_until <= now() FOR UPDATE SKIP LOCKED
),
first AS MATERIALIZED (
    SELECT n.practice_id, n.id AS number_id, n.free_from, head.id AS delivery_id, head.carrier, head.is_automatic,
        -- Every practice gets a turn before any gets its second one.
        row_number() OVER (PARTITION BY n.practice_id ORDER BY head.is_automatic, n.free_from) AS turn,
        row_number() OVER (PARTITION BY head.carrier ORDER BY head.is_automatic, n.free_from) AS nth_of_carrier
    FROM waiting w
    JOIN number n ON n.practice_id = w.practice_id AND n.id = w.number_id
    CROSS JOIN LATERAL (
        SELECT d.to_number, d.carrier, d.is_automatic
        FROM delivery d
        WHERE d.practice_id = n.practice_id AND d.number_id = n.id AND d.state = 'queued' AND d.due_at <= now()
            AND d.carrier = ANY(CAST(%(carriers)s AS text[]))
            AND NOT EXISTS (
                SELECT FROM carrier_circuit c
                WHERE c.carrier = d.carrier AND c.open_until IS NOT NULL AND c.carrier NOT IN (SELECT t.carrier FROM trial t))
            AND NOT EXISTS (
                SELECT FROM delivery e
                WHERE e.practice_id = d.practice_id AND e.number_id = d.number_id AND e.to_number = d.to_number
                    AND e.state IN ('leased', 'attempting') AND (e.queued_at, e.id) < (d.queued_at, d.id))
        ORDER BY d.is_automatic, d.queued_at, d.id
        LIMIT 1
    ) urgent
    -- A conversation keeps its order: what waits before an urgent text goes first, and is as urgent.
    CROSS JOIN LATERAL (
        SELECT e.id, e.carrier, urgent.is_automatic
        FROM delivery e
        WHERE e.practice_id = n.practice_id AND e.number_id = n.id AND e.to_number = urgent.to_number
            AND e.state = 'queued' AND e.due_at <= now() AND e.carrier = urgent.carrier
        ORDER BY e.queued_at, e.id
        LIMIT 1
    ) head
    WHERE n.free_from <= now() OR n.state <> 'enabled'
),
-- The conditions once more: they are checked again on a row that changed before it was locked.
locked AS MATERIALIZED (
    SELECT d.practice_id, d.id, d.number_id, d.to_number, d.category, d.carrier, d.segments, d.claims, d.confirms_opt_out,
        d.message_id, d.pet_id, d.bot_run_id, d.requested_by_id, d.queued_at, n.state AS number_state, n.segments_per_second
    FROM first f
    JOIN number n ON n.practice_id = f.practice_id AND n.id = f.number_id
    JOIN delivery d ON d.practice_id = f.practice_id AND d.id = f.delivery_id
    WHERE (n.free_from <= now() OR n.state <> 'enabled') AND d.state = 'queued'
        AND (f.nth_of_carrier = 1 OR f.carrier NOT IN (SELECT t.carrier FROM trial t))
    ORDER BY f.is_automatic, f.turn, f.free_from
    LIMIT %(most)s
    FOR NO KEY UPDATE OF n, d SKIP LOCKED
),
judged AS MATERIALIZED (
    SELECT d.practice_id, d.id, d.number_id, d.carrier, d.segments, d.segments_per_second,
        CASE
            WHEN d.claims >= %(most_claims)s THEN 'too_many_claims'
            WHEN d.number_state <> 'enabled' THEN 'texting_disabled'
            WHEN NOT {code_is_fresh} THEN 'code_expired'
            WHEN NOT {bot_goes_on} THEN 'bot_stopped'
            WHEN NOT {message_stands} THEN 'message_deleted'
            WHEN NOT {author_works_here} THEN 'author_left'
            WHEN NOT {author_is_heard} THEN 'author_blocked'
            WHEN NOT {pet_lives} THEN 'pet_died'
            WHEN d.confirms_opt_out OR {sendable} THEN NULL
            WHEN EXISTS (
                SELECT FROM carrier_block b
                WHERE b.practice_id = d.practice_id AND b.number_id = d.number_id AND b.contact_number = d.to_number
            ) THEN 'carrier_block'
            ELSE 'opted_out'
        END AS verdict
    FROM locked d
),
paced AS (
    UPDATE number n
    SET free_from = now() + make_interval(secs => j.segments / n.segments_per_second)
    FROM judged j
    WHERE n.practice_id = j.practice_id AND n.id = j.number_id AND j.verdict IS NULL
),
tried AS (
    UPDATE carrier_circuit c
    SET open_until = now() + make_interval(secs => %(circuit_pause)s)
    WHERE c.carrier IN (SELECT t.carrier FROM trial t)
        AND c.carrier IN (SELECT j.carrier FROM judged j WHERE j.verdict IS NULL)
)
UPDATE delivery d
SET state = 'leased', claims = d.claims + 1, fence = d.fence + 1, leased_until = now() + make_interval(secs => %(lease)s)
FROM judged j
WHERE d.practice_id = j.practice_id AND d.id = j.id
RETURNING d.practice_id, d.id, d.fence, d.message_id, d.bot_run_id, d.number_id, d.carrier, d.from_number, d.to_number, d.body,
    j.verdict
