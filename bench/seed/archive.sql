-- The practice after some years. The reader works at one clinic of two: {threads} threads there, a tenth as many at the other;
-- the first thread has {longest} messages, the others share the rest. The reader has read all but the end of the latest 60. Who works
-- at the other clinic sees a tenth of it all. Of 1,700 threads each, one has a rabbit, one was started by the reader, one is answered
-- by the reader, and one has a label.
SET session_replication_role = replica; -- the rows refer to each other by construction; checking that would take most of the time
SET synchronous_commit = off;

-- Of 8,000 words and names, whose beginnings many have in common.
CREATE FUNCTION pg_temp.word(rank int, syllables int) RETURNS text LANGUAGE sql AS $$
SELECT string_agg(s[rank / power(20, i)::int % 20 + 1], '' ORDER BY i)
FROM string_to_array('ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu', ' ') s, generate_series(0, syllables - 1) i $$;
CREATE TEMP TABLE archive AS
SELECT n, initcap(pg_temp.word(n * 7 % 400, 2)) AS first_name, initcap(pg_temp.word(n * 77 % 8000, 3)) AS last_name,
    n > {threads} AS is_elsewhere, uuidv7() AS family_id, uuidv7() AS contact_id, uuidv7() AS pet_id, uuidv7() AS thread_id,
    uuidv7() AS conversation_id, CASE n WHEN 1 THEN {longest} ELSE {each} END AS last_seq,
    now() - CASE WHEN n BETWEEN 2 AND 61 THEN interval '0' ELSE interval '2 hours' END
        - random() * CASE WHEN n BETWEEN 2 AND 61 THEN interval '2 hours' ELSE interval '365 days' END AS last_message_at
FROM generate_series(1, {threads} + {threads} / 10) n;
CREATE TABLE bench_reader AS SELECT uuidv7() AS id, uuidv7() AS clinic_id, uuidv7() AS other_clinic_id,
    (SELECT thread_id FROM archive WHERE n = 1) AS long_thread_id, uuidv7() AS elsewhere_id;
CREATE TEMP TABLE reader AS SELECT id, clinic_id, 'vane' AS email FROM bench_reader
UNION ALL SELECT elsewhere_id, other_clinic_id, 'ames' FROM bench_reader;

INSERT INTO clinic (practice_id, id, name, country, timezone, created_at)
SELECT '{practice_id}'::uuid, unnest(ARRAY[clinic_id, other_clinic_id]), 'Northside', 'GB', 'Europe/London', now() FROM bench_reader;
INSERT INTO person (practice_id, id, kind, name) SELECT '{practice_id}'::uuid, id, 'staff', 'Dr Vane' FROM reader;
INSERT INTO staff_member (practice_id, id, email, role, job_title, created_at)
SELECT '{practice_id}'::uuid, id, email || '@example.org', 'senior', 'Vet', now() FROM reader;
INSERT INTO staff_clinic (practice_id, staff_id, clinic_id) SELECT '{practice_id}'::uuid, id, clinic_id FROM reader;
INSERT INTO login_session (practice_id, id, person_id, token_hash, created_at, last_seen_at, idle_until, expires_at, device, address)
SELECT '{practice_id}'::uuid, uuidv7(), id, sha256(convert_to('bench-session-' || id, 'UTF8')), now(), now() + interval '1 hour',
    now() + interval '1 day', now() + interval '1 day', 'bench', '127.0.0.1'
FROM reader;

INSERT INTO family (practice_id, id, name, created_at) SELECT '{practice_id}'::uuid, family_id, last_name || ' family', now() FROM archive;
INSERT INTO person (practice_id, id, kind, name) SELECT '{practice_id}'::uuid, contact_id, 'contact', first_name || ' ' || last_name FROM archive;
INSERT INTO contact (practice_id, id, family_id, role, created_at)
SELECT '{practice_id}'::uuid, contact_id, family_id, 'primary', now() FROM archive;
INSERT INTO contact_number (practice_id, id, contact_id, number, created_at)
SELECT '{practice_id}'::uuid, uuidv7(), contact_id, '+44' || 7700000000 + n, now() FROM archive;
INSERT INTO pet (practice_id, id, family_id, name, species, breed, created_at)
SELECT '{practice_id}'::uuid, pet_id, family_id, initcap(pg_temp.word(n * 17 % 400, 2)),
    CASE n % 1700 WHEN 5 THEN 'rabbit' ELSE 'dog' END, '', now() FROM archive;
INSERT INTO connection (practice_id, id, pet_id, family_id, clinic_id, state, changed_at)
SELECT '{practice_id}'::uuid, uuidv7(), pet_id, family_id, CASE WHEN is_elsewhere THEN other_clinic_id ELSE clinic_id END, 'accepted', now()
FROM archive, bench_reader;
INSERT INTO thread (practice_id, id, family_id, clinic_id, last_seq, revision, last_message_at, open_conversation_id, created_at)
SELECT '{practice_id}'::uuid, thread_id, family_id, CASE WHEN is_elsewhere THEN other_clinic_id ELSE clinic_id END, last_seq, last_seq + 3,
    last_message_at, conversation_id, now() - interval '2 years'
FROM archive, bench_reader;
INSERT INTO conversation (practice_id, id, thread_id, title, channel, revision, opened_at, opened_by_id, assignee_id, assigned_by_id,
    assigned_at, assigned_revision)
SELECT '{practice_id}'::uuid, conversation_id, thread_id, 'Pixel', 'app', 1, now() - interval '2 years',
    CASE n % 1700 WHEN 7 THEN r.id ELSE contact_id END, taken.*
FROM archive, bench_reader r, LATERAL (
    SELECT CASE n % 1700 WHEN 9 THEN r.id END, CASE n % 1700 WHEN 9 THEN r.id END, CASE n % 1700 WHEN 9 THEN now() END,
        CASE n % 1700 WHEN 9 THEN 1 END) AS taken;
INSERT INTO label (practice_id, id, name, colour, created_at) VALUES ('{practice_id}'::uuid, '{label_id}'::uuid, 'Surgery', 'red', now());
INSERT INTO conversation_label (practice_id, conversation_id, label_id, put_by_id, put_at)
SELECT '{practice_id}'::uuid, conversation_id, '{label_id}'::uuid, r.id, now() FROM archive, bench_reader r WHERE n % 1700 = 11;
INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash, author_id, author_name,
    author_kind, kind, channel, body, has_attachments, created_at)
SELECT '{practice_id}'::uuid, uuidv7(), thread_id, conversation_id, seq, seq + 1, gen_random_uuid(), '\x00',
    CASE WHEN is_staff THEN r.id ELSE contact_id END, CASE WHEN is_staff THEN 'Dr Vane' ELSE first_name || ' ' || last_name END,
    CASE WHEN is_staff THEN 'staff' ELSE 'contact' END, CASE WHEN seq % 10 = 4 THEN 'note' ELSE 'text' END, 'app',
    'Pixel slept through the night. ' || words, false, last_message_at - (last_seq - seq) * interval '7 minutes'
FROM archive, bench_reader r, generate_series(1, last_seq) seq, LATERAL (SELECT seq % 2 = 0) AS s(is_staff), LATERAL (
    -- As unequally frequent as those of a language are. The function written out: it is called ten million times.
    SELECT string_agg(syllables[rank % 20 + 1] || syllables[rank / 20 % 20 + 1] || syllables[rank / 400 + 1], ' ') AS words
    FROM (SELECT floor(power(8000, random()))::int - 1 AS rank FROM generate_series(1, 3 + seq % 14)) AS chosen,
        (SELECT string_to_array('ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu', ' ')) AS s(syllables)
) AS written;
INSERT INTO message_pet (practice_id, message_id, pet_id)
SELECT m.practice_id, m.id, a.pet_id FROM message m JOIN archive a ON a.thread_id = m.thread_id WHERE m.seq % 3 = 0;
INSERT INTO read_mark (practice_id, thread_id, person_id, up_to_seq, revision, read_at)
SELECT '{practice_id}'::uuid, thread_id, contact_id, last_seq, last_seq + 2, last_message_at FROM archive
UNION ALL
SELECT '{practice_id}'::uuid, thread_id, id, CASE WHEN n BETWEEN 2 AND 61 THEN last_seq - 6 ELSE last_seq END, last_seq + 3, last_message_at
FROM archive, bench_reader WHERE NOT is_elsewhere;
