-- Who hears of hand-offs that reach nobody, now or since an e-mail of theirs came back: whoever manages the clinic's team, and if
-- they cannot be mailed either or it was they who handed it off, everybody else of it.
WITH recent AS (
    SELECT h.* FROM hand_off h WHERE h.at > :since AND h.at <= :now
    UNION
    SELECT h.* FROM staff_mail_refusal r
    JOIN hand_off h ON h.practice_id = r.practice_id AND h.at > :oldest
    WHERE r.refused_at > :since AND r.refused_at <= :now
),
candidate AS (
    SELECT h.practice_id, h.id AS hand_off_id, t.id AS thread_id, s.id AS staff_id, m.seq, rank.of_staff,
        min(rank.of_staff) OVER (PARTITION BY h.practice_id, h.id) AS next
    FROM recent h
    JOIN conversation v ON v.practice_id = h.practice_id AND v.id = h.conversation_id
    JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
    JOIN message m ON m.practice_id = h.practice_id AND m.id = h.message_id
    JOIN staff_member s ON s.practice_id = h.practice_id AND {team_of_clinic} AND {takes_mail}
    CROSS JOIN LATERAL (
        SELECT CASE WHEN s.id <> h.by_id AND s.role IN ('administrator', 'practice_owner') THEN 1 ELSE 2 END AS of_staff) rank
    WHERE {unheard}
)
SELECT c.* FROM candidate c
WHERE c.of_staff = c.next AND NOT EXISTS (
    SELECT FROM hand_off_notice n
    WHERE n.practice_id = c.practice_id AND n.hand_off_id = c.hand_off_id AND n.staff_id = c.staff_id)
