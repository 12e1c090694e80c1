"""What is unread for one person: pieces of queries on ``thread t`` with their ``read_mark r``."""

# Something may be: there is an entry beyond the mark, whoever wrote it.
MAY_BE_UNREAD = "t.last_seq >= least(coalesce(r.up_to_seq, 0) + 1, r.marked_unread_seq)"
UNREAD = f"""
AND {MAY_BE_UNREAD} AND EXISTS (
    SELECT FROM message m
    WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.kind = 'text'
        AND m.seq >= least(coalesce(r.up_to_seq, 0) + 1, r.marked_unread_seq)
        AND (m.seq > coalesce(r.up_to_seq, 0) OR m.seq = r.marked_unread_seq)
        AND m.author_id <> :person_id {{heard}})
"""
