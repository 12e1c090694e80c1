h.act = 'handed' AND v.ended_at IS NULL AND v.assigned_revision = h.revision
        AND v.assignee_id IS NOT DISTINCT FROM h.to_staff_id AND v.handed_clinic_id IS NOT DISTINCT FROM h.to_clinic_id
        AND v.handed_role IS NOT DISTINCT FROM h.to_role
        AND coalesce(h.to_clinic_id, t.clinic_id) = t.clinic_id AND s.practice_id = h.practice_id AND s.left_at IS NULL
        AND (s.id = h.to_staff_id OR h.to_staff_id IS NULL AND s.id <> h.by_id AND s.role <> 'basic'
            AND s.role = coalesce(h.to_role, s.role))
        AND (s.role = 'practice_owner' OR EXISTS (
            SELECT FROM staff_clinic x WHERE x.practice_id = s.practice_id AND x.staff_id = s.id AND x.clinic_id = t.clinic_id))
