EXISTS (SELECT FROM staff_member s WHERE {reached})
        AND NOT EXISTS (
            SELECT FROM staff_member s
            LEFT JOIN read_mark r ON r.practice_id = h.practice_id AND r.thread_id = t.id AND r.person_id = s.id
            WHERE {reached} AND (m.seq <= r.up_to_seq OR {takes_mail} OR EXISTS (
                SELECT FROM login_session l
                JOIN push_subscription b ON b.practice_id = l.practice_id AND b.session_id = l.id AND NOT b.only_on_duty
                WHERE l.practice_id = s.practice_id AND l.person_id = s.id
                    AND l.revoked_at IS NULL AND l.idle_until > :now AND l.expires_at > :now AND NOT EXISTS (
                        SELECT FROM off_duty o
                        WHERE o.practice_id = s.practice_id AND o.staff_id = s.id AND (o.until IS NULL OR o.until > :now)))))
