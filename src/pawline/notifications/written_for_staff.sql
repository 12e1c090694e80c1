m.author_kind = 'contact' AND m.kind = 'text' AND m.deleted_at IS NULL AND m.created_at >= d.begins_at AND m.created_at < d.ends_at
    AND NOT EXISTS (
        SELECT FROM person_block b
        WHERE b.practice_id = m.practice_id AND b.blocker_id = s.id AND b.blocked_id = m.author_id AND b.since <= m.created_at
            AND NOT m.is_from_shared_number)
    -- Some who work here have pets here: their own words are no news to them.
    AND NOT EXISTS (
        SELECT FROM contact c WHERE c.practice_id = m.practice_id AND c.id = m.author_id AND lower(c.email) = s.email AND NOT m.is_from_shared_number)
