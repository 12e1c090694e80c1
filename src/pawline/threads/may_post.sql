CASE d.author_kind
            WHEN 'staff' THEN t.clinic_id = ANY(d.clinic_ids)
            WHEN 'contact' THEN t.family_id = d.family_id
                AND (SELECT true FROM connection k
                    WHERE k.practice_id = d.practice_id AND k.family_id = t.family_id AND k.clinic_id = t.clinic_id
                        AND k.state = 'accepted' LIMIT 1)
                AND (SELECT true FROM app_consent a
                    WHERE a.practice_id = d.practice_id AND a.contact_id = d.author_id AND a.version = %(terms)s)
                AND (SELECT true FROM practice_block x
                    WHERE x.practice_id = d.practice_id AND x.contact_id = d.author_id AND x.lifted_at IS NULL) IS NULL
        END
