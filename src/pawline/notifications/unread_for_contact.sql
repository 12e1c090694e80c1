m.kind = 'text' AND m.deleted_at IS NULL AND m.author_id <> c.id
    AND NOT EXISTS (
        SELECT FROM person_block b
        WHERE b.practice_id = m.practice_id AND b.blocker_id = c.id AND b.blocked_id = m.author_id AND b.since <= m.created_at
            AND NOT m.is_from_shared_number)
    -- A text is read on the phone it went to or came from, and nobody can know when. Counted, for of an EXISTS the planner may
    -- make a scan of all conversations.
    AND (m.channel <> 'sms' OR 0 = (
        SELECT count(*) FROM conversation v
        JOIN contact_number p ON p.practice_id = v.practice_id AND p.number = v.contact_number AND p.contact_id = c.id
        WHERE v.practice_id = m.practice_id AND v.id = m.conversation_id))
