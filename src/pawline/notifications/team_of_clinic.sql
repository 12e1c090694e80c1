s.left_at IS NULL AND s.role <> 'basic'
        AND (s.role = 'practice_owner' OR EXISTS (
            SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = t.clinic_id))
