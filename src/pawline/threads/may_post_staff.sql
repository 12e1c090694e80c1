-- Whether a staff member may post a draft d in a thread t. Basic staff have no clinics here, but pairs of clinic and family. Written
-- as one word, for a subquery would cost each post of all others its planning.
(t.clinic_id = ANY(d.clinic_ids)
    OR concat(t.clinic_id, t.family_id) = ANY(d.scheduled)
    OR concat(t.clinic_id, t.family_id) = ANY(d.handed) AND (t.open_conversation_id IS NOT NULL OR d.kind = 'note'))
-- The family would not see it in the app: every one of them is barred from it, or the clinic treats no pet of theirs (AL-10).
-- A note goes to none of them.
AND (d.kind IS NOT DISTINCT FROM 'note' OR (
    SELECT bool_and(coalesce({barred}, false))
    FROM contact c JOIN clinic k ON k.practice_id = c.practice_id AND k.id = t.clinic_id
    WHERE c.practice_id = d.practice_id AND c.family_id = t.family_id
        AND c.role IN ('primary', 'secondary')) IS NOT TRUE
    AND (SELECT true FROM connection n
        WHERE n.practice_id = d.practice_id AND n.family_id = t.family_id AND n.clinic_id = t.clinic_id
            AND n.state = 'accepted' LIMIT 1))
-- A colleague's answer that the writer has not seen: they are asked first. Where this statement waited
-- for the thread it may not see the newest message yet: then it stores nothing, and the next one looks.
AND (d.seen_up_to IS NULL OR t.last_seq <= d.seen_up_to OR (
    SELECT max(q.seq) = t.last_seq AND NOT bool_or(q.kind = 'text' AND q.author_kind = 'staff'
        AND q.author_id <> d.author_id AND q.deleted_at IS NULL)
    FROM message q
    WHERE q.practice_id = d.practice_id AND q.thread_id = d.thread_id
        AND q.seq > greatest(d.seen_up_to, t.last_seq - 200)))
