-- The queue of one person: threads of their clinics, in the order asked for, with what each row shows.
-- The page is cut before anything else is looked up, so its cost does not grow with the number of threads. What stands above the
-- rest is few, and found by an index of its own; so the rest is read in the order of its index, and no further than a page.
WITH raised AS MATERIALIZED (
    SELECT x.thread_id, max(CASE WHEN x.urgent_at IS NOT NULL THEN 2 ELSE 1 END) AS rank
    FROM conversation x
    WHERE x.practice_id = :practice_id AND x.ended_at IS NULL AND (x.urgent_at IS NOT NULL OR x.back_at IS NOT NULL)
        AND (x.snoozed_until > :now AND NOT {woken}) IS NOT TRUE
    GROUP BY x.thread_id
), asleep AS MATERIALIZED (
    {all_asleep}
), above AS MATERIALIZED (
    SELECT t.*, g.rank, coalesce(r.up_to_seq, 0) AS read_seq, r.marked_unread_seq{since}
    FROM thread t
    JOIN raised g ON g.thread_id = t.id
    LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = :person_id{join}
    WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {filters} {beyond_raised}
    ORDER BY rank DESC, {by}
    LIMIT :limit
), page AS MATERIALIZED (
    SELECT * FROM above
    UNION ALL
    -- Planned as if for a whole page, read only as far as there is room on it.
    SELECT * FROM (
        SELECT t.*, 0 AS rank, coalesce(r.up_to_seq, 0) AS read_seq, r.marked_unread_seq{since}
        FROM {threads}
        LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = :person_id{join}
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {filters} {beyond}
            AND t.id NOT IN (SELECT g.thread_id FROM raised g)
        ORDER BY {by}
        LIMIT :limit) AS rest
    LIMIT :limit
)
SELECT p.id AS thread_id, p.clinic_id, p.family_id, p.revision, p.last_seq, p.last_message_at, p.rank, {shown} AS waiting_since,
    y.name AS family_name,
    (SELECT coalesce(json_agg(n.name ORDER BY c.role = 'primary' DESC, c.created_at, c.id), '[]')
     FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
     WHERE c.practice_id = p.practice_id AND c.family_id = p.family_id) AS contact_names,
    (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'species', a.species) ORDER BY a.created_at, a.name), '[]')
     FROM pet a WHERE a.practice_id = p.practice_id AND a.family_id = p.family_id) AS pets,
    (SELECT coalesce(json_agg(u), '[]') FROM (
        SELECT m.seq, ARRAY(
            SELECT g.pet_id FROM message_pet g WHERE g.practice_id = m.practice_id AND g.message_id = m.id ORDER BY g.pet_id) AS pet_ids
        FROM message m
        WHERE m.practice_id = p.practice_id AND m.thread_id = p.id AND m.kind = 'text'
            AND m.seq >= least(p.read_seq + 1, p.marked_unread_seq) AND (m.seq > p.read_seq OR m.seq = p.marked_unread_seq)
            AND m.author_id <> :person_id {heard}
        ORDER BY m.seq DESC LIMIT 100) u) AS unread,
    (SELECT coalesce(max(r.up_to_seq), 0)
     FROM read_mark r JOIN person n ON n.practice_id = r.practice_id AND n.id = r.person_id AND n.kind = 'contact'
     WHERE r.practice_id = p.practice_id AND r.thread_id = p.id) AS read_by_other_side_seq,
    (SELECT row_to_json(v) FROM (
        SELECT c.id, c.title, c.channel, c.revision, c.opened_at, o.name AS opened_by_name, o.kind AS opened_by_kind, c.ended_at,
            e.name AS ended_by_name, c.contact_number, {assignment} AS assignment, {triage} AS triage
        FROM conversation c
        JOIN person o ON o.practice_id = c.practice_id AND o.id = c.opened_by_id
        LEFT JOIN person e ON e.practice_id = c.practice_id AND e.id = c.ended_by_id
        WHERE c.practice_id = p.practice_id AND c.thread_id = p.id
        ORDER BY c.ended_at IS NULL DESC, ({matches}) IS TRUE DESC, (c.snoozed_until > :now) IS NOT TRUE DESC,
            c.urgent_at IS NOT NULL DESC, (c.assignee_id = :person_id) IS TRUE DESC, c.opened_at DESC, c.id DESC LIMIT 1) v) AS conversation,
    -- Who called this person last in a note that they have not seen.
    (SELECT m.author_name FROM mention x JOIN message m ON m.practice_id = x.practice_id AND m.id = x.message_id
     WHERE x.practice_id = p.practice_id AND x.staff_id = :person_id AND x.seen_at IS NULL
        AND m.thread_id = p.id AND m.deleted_at IS NULL
     ORDER BY m.seq DESC LIMIT 1) AS mentioned_by
FROM page p
JOIN family y ON y.practice_id = p.practice_id AND y.id = p.family_id
ORDER BY p.rank DESC, {by_page}
