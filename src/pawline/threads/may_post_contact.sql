-- Whether somebody of a family may post a draft d in a thread t: their own, connected, agreed, and closed to them by nobody.
t.family_id = d.family_id
AND (SELECT true FROM connection k
    WHERE k.practice_id = d.practice_id AND k.family_id = t.family_id AND k.clinic_id = t.clinic_id
        AND k.state = 'accepted' LIMIT 1)
AND (SELECT true FROM app_consent a
    WHERE a.practice_id = d.practice_id AND a.contact_id = d.author_id AND a.version = %(terms)s)
AND (SELECT true FROM practice_block x
    WHERE x.practice_id = d.practice_id AND x.contact_id = d.author_id AND x.lifted_at IS NULL) IS NULL
AND (SELECT {closed} FROM contact c JOIN clinic k ON k.practice_id = c.practice_id AND k.id = t.clinic_id
    WHERE c.practice_id = d.practice_id AND c.id = d.author_id) IS NOT TRUE
