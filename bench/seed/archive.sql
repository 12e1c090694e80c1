-- The practice after some years. The reader works at one clinic of two: {threads} threads there, a tenth as many at the other;
-- the first thread has {longest} messages, the others share the rest. The reader has read all but the end of the latest 60.
SET session_replication_role = replica; -- the rows refer to each other by construction; checking that would take most of the time
SET synchronous_commit = off;

CREATE TEMP TABLE archive AS
SELECT n, n > {threads} AS is_elsewhere, uuidv7() AS family_id, uuidv7() AS contact_id, uuidv7() AS pet_id, uuidv7() AS thread_id,
    uuidv7() AS conversation_id, CASE n WHEN 1 THEN {longest} ELSE {each} END AS last_seq,
    now() - CASE WHEN n BETWEEN 2 AND 61 THEN interval '0' ELSE interval '2 hours' END
        - random() * CASE WHEN n BETWEEN 2 AND 61 THEN interval '2 hours' ELSE interval '365 days' END AS last_message_at
FROM generate_series(1, {threads} + {threads} / 10) n;
CREATE TABLE bench_reader AS SELECT uuidv7() AS id, uuidv7() AS clinic_id, uuidv7() AS other_clinic_id,
    (SELECT thread_id FROM archive WHERE n = 1) AS long_thread_id;

INSERT INTO clinic (practice_id, id, name, country, timezone, created_at)
SELECT '{practice_id}'::uuid, unnest(ARRAY[clinic_id, other_clinic_id]), 'Northside', 'GB', 'Europe/London', now() FROM bench_reader;
INSERT INTO person (practice_id, id, kind, name) SELECT '{practice_id}'::uuid, id, 'staff', 'Dr Vane' FROM bench_reader;
INSERT INTO staff_member (practice_id, id, email, role, job_title, created_at)
SELECT '{practice_id}'::uuid, id, 'vane@example.org', 'senior', 'Vet', now() FROM bench_reader;
INSERT INTO staff_clinic (practice_id, staff_id, clinic_id) SELECT '{practice_id}'::uuid, id, clinic_id FROM bench_reader;
INSERT INTO login_session (practice_id, id, person_id, token_hash, created_at, last_seen_at, idle_until, expires_at, device, address)
SELECT '{practice_id}'::uuid, uuidv7(), id, sha256(convert_to('bench-session-' || id, 'UTF8')), now(), now() + interval '1 hour',
    now() + interval '1 day', now() + interval '1 day', 'bench', '127.0.0.1'
FROM bench_reader;

INSERT INTO family (practice_id, id, name, created_at) SELECT '{practice_id}'::uuid, family_id, 'Family ' || n, now() FROM archive;
INSERT INTO person (practice_id, id, kind, name) SELECT '{practice_id}'::uuid, contact_id, 'contact', 'Olive ' || n FROM archive;
INSERT INTO contact (practice_id, id, family_id, role, created_at)
SELECT '{practice_id}'::uuid, contact_id, family_id, 'primary', now() FROM archive;
INSERT INTO pet (practice_id, id, family_id, name, species, breed, created_at)
SELECT '{practice_id}'::uuid, pet_id, family_id, 'Pixel ' || n, 'dog', '', now() FROM archive;
INSERT INTO connection (practice_id, id, pet_id, family_id, clinic_id, state, changed_at)
SELECT '{practice_id}'::uuid, uuidv7(), pet_id, family_id, CASE WHEN is_elsewhere THEN other_clinic_id ELSE clinic_id END, 'accepted', now()
FROM archive, bench_reader;
INSERT INTO thread (practice_id, id, family_id, clinic_id, last_seq, revision, last_message_at, open_conversation_id, created_at)
SELECT '{practice_id}'::uuid, thread_id, family_id, CASE WHEN is_elsewhere THEN other_clinic_id ELSE clinic_id END, last_seq, last_seq + 3,
    last_message_at, conversation_id, now() - interval '2 years'
FROM archive, bench_reader;
INSERT INTO conversation (practice_id, id, thread_id, title, channel, revision, opened_at, opened_by_id)
SELECT '{practice_id}'::uuid, conversation_id, thread_id, 'Pixel', 'app', 1, now() - interval '2 years', contact_id FROM archive;
INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash, author_id, author_name,
    author_kind, kind, channel, body, has_attachments, created_at)
SELECT '{practice_id}'::uuid, uuidv7(), thread_id, conversation_id, seq, seq + 1, gen_random_uuid(), '\x00',
    CASE WHEN is_staff THEN r.id ELSE contact_id END, CASE WHEN is_staff THEN 'Dr Vane' ELSE 'Olive ' || n END,
    CASE WHEN is_staff THEN 'staff' ELSE 'contact' END, CASE WHEN seq % 10 = 4 THEN 'note' ELSE 'text' END, 'app',
    repeat('Pixel ate well and slept through the night. ', 1 + (seq % 4)::int), false,
    last_message_at - (last_seq - seq) * interval '7 minutes'
FROM archive, bench_reader r, generate_series(1, last_seq) seq, LATERAL (SELECT seq % 2 = 0) AS s(is_staff);
INSERT INTO message_pet (practice_id, message_id, pet_id)
SELECT m.practice_id, m.id, a.pet_id FROM message m JOIN archive a ON a.thread_id = m.thread_id WHERE m.seq % 3 = 0;
INSERT INTO read_mark (practice_id, thread_id, person_id, up_to_seq, revision, read_at)
SELECT '{practice_id}'::uuid, thread_id, contact_id, last_seq, last_seq + 2, last_message_at FROM archive
UNION ALL
SELECT '{practice_id}'::uuid, thread_id, id, CASE WHEN n BETWEEN 2 AND 61 THEN last_seq - 6 ELSE last_seq END, last_seq + 3, last_message_at
FROM archive, bench_reader WHERE NOT is_elsewhere;
