-- Which staff members are told at once: they have an appointment with the family on the day of the message, by the calendar of
-- the clinic (``day``: what that is today and was yesterday, zone by zone), or the thread was handed to them before the message.
-- Looks only at threads that were written in lately, or whose family was lately put on somebody's schedule of that day. Some
-- messages were kept back by the release before this one, for as long as its last e-mail said.
WITH day AS MATERIALIZED (
    SELECT * FROM unnest(
        CAST(:zones AS text[]), CAST(:dates AS date[]), CAST(:begins AS timestamptz[]), CAST(:ends AS timestamptz[])
    ) AS d(zone, on_date, begins_at, ends_at)
),
candidate AS (
    SELECT t.practice_id, t.id, t.family_id, t.clinic_id
    FROM practice y
    JOIN thread t ON t.practice_id = y.id AND t.last_message_at > :written_since
    UNION
    SELECT t.practice_id, t.id, t.family_id, t.clinic_id
    FROM staff_notice n
    JOIN thread t ON t.practice_id = n.practice_id AND t.id = n.thread_id
    WHERE n.quiet_until > :quiet_since AND n.quiet_until <= :now
    UNION
    SELECT t.practice_id, t.id, t.family_id, t.clinic_id
    FROM appointment a
    JOIN thread t ON t.practice_id = a.practice_id AND t.family_id = a.family_id AND t.clinic_id = a.clinic_id
    WHERE a.changed_at > :written_since AND a.on_date = ANY(CAST(:dates AS date[])) AND a.status <> 'cancelled'
        AND a.staff_id IS NOT NULL
),
-- Of several appointments of one day one is enough.
reached AS (
    SELECT t.practice_id, t.id AS thread_id, a.staff_id, d.begins_at, d.ends_at
    FROM candidate t
    JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
    JOIN day d ON d.zone = k.timezone
    JOIN appointment a ON a.practice_id = t.practice_id AND a.family_id = t.family_id AND a.clinic_id = t.clinic_id
        AND a.on_date = d.on_date AND a.status <> 'cancelled' AND a.staff_id IS NOT NULL
    UNION
    SELECT t.practice_id, t.id, g.staff_id, g.granted_at, g.until
    FROM candidate t
    JOIN thread_grant g ON g.practice_id = t.practice_id AND g.thread_id = t.id AND g.ended_at IS NULL AND g.until > :now
)
SELECT d.practice_id, d.thread_id, s.id AS staff_id, min(burst.first_seq) AS first_seq, max(burst.up_to_seq) AS up_to_seq
FROM reached d
JOIN staff_member s ON s.practice_id = d.practice_id AND s.id = d.staff_id AND s.left_at IS NULL AND {takes_mail}
LEFT JOIN read_mark r ON r.practice_id = d.practice_id AND r.thread_id = d.thread_id AND r.person_id = s.id
LEFT JOIN LATERAL (
    SELECT n.up_to_seq
    FROM staff_notice n
    WHERE n.practice_id = d.practice_id AND n.thread_id = d.thread_id AND n.staff_id = s.id
    ORDER BY n.first_seq DESC
    LIMIT 1
) told ON true
CROSS JOIN LATERAL (
    SELECT min(m.seq) AS first_seq, max(m.seq) AS up_to_seq
    FROM (
        SELECT m.*
        FROM message m
        WHERE m.practice_id = d.practice_id AND m.thread_id = d.thread_id
            AND m.seq > greatest(coalesce(r.up_to_seq, 0), coalesce(told.up_to_seq, 0))
        ORDER BY m.seq DESC
        LIMIT :most_read
    ) m
    WHERE m.created_at > :oldest AND m.created_at <= :now
        AND {written_for_staff}
) burst
WHERE burst.first_seq IS NOT NULL
GROUP BY d.practice_id, d.thread_id, s.id
