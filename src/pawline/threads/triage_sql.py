"""How a query on ``conversation c`` tells what the team set down with it: as JSON of the form of ``TriageView``.

A conversation ``x`` sleeps until its time, or until the family writes: the family's text alone ends it, whoever stores it.
"""

WOKEN = """EXISTS (
        SELECT FROM message w
        WHERE w.practice_id = x.practice_id AND w.thread_id = x.thread_id AND w.seq > x.snoozed_seq
            AND w.conversation_id = x.id AND w.kind = 'text' AND w.author_kind = 'contact')"""
# Who asks sees it awake from the family's text on; that its row says so too comes within the minute.
TRIAGE = f"""CASE WHEN num_nonnulls(c.urgent_at, c.snoozed_until, c.back_at) > 0 OR EXISTS (
        SELECT FROM conversation_label l WHERE l.practice_id = c.practice_id AND l.conversation_id = c.id) THEN (SELECT
        json_build_object(
        'urgent_at', c.urgent_at,
        'urgent_by_name', (SELECT n.name FROM person n WHERE n.practice_id = c.practice_id AND n.id = c.urgent_by_id),
        'snoozed_until', z.until, 'snoozed_seq', z.seq,
        'snoozed_by_name', (SELECT n.name FROM person n WHERE n.practice_id = c.practice_id AND n.id = z.by_id),
        'back_at', c.back_at,
        'label_ids', (SELECT coalesce(json_agg(l.label_id ORDER BY l.label_id), '[]') FROM conversation_label l
            WHERE l.practice_id = c.practice_id AND l.conversation_id = c.id))
        FROM (SELECT) one LEFT JOIN LATERAL (SELECT c.snoozed_until AS until, c.snoozed_seq AS seq, c.snoozed_by_id AS by_id
            WHERE NOT {WOKEN.replace("x.", "c.")}) z ON true) END"""  # noqa: S608 - made of constants
# Threads all of whose open conversations sleep. What else is open there is looked up row by row: only few sleep at all.
ALL_ASLEEP = f"""SELECT DISTINCT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.ended_at IS NULL AND x.snoozed_until > :now AND NOT {WOKEN}
        AND coalesce((
            SELECT bool_and(coalesce(o.snoozed_until > :now AND NOT {WOKEN.replace("x.", "o.")}, false)) FROM conversation o
            WHERE o.practice_id = x.practice_id AND o.thread_id = x.thread_id AND o.ended_at IS NULL AND o.id <> x.id), true)"""  # noqa: S608
