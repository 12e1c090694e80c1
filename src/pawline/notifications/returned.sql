h.act = 'given_back' AND v.ended_at IS NULL AND v.assigned_revision = h.revision AND coalesce(v.snoozed_until, :now) <= :now
        AND s.practice_id = h.practice_id AND s.id <> h.by_id AND {team_of_clinic}
        AND EXISTS (
            SELECT FROM message m
            WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.conversation_id = v.id AND {waits_for_answer})
