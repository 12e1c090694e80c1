-- Everybody who is connected or posts: {threads} threads, each with a clinic, a family and a nurse of its own, so that each has
-- three listeners; one clinic with {crowd} staff members; {idle} contacts who only stay connected.
-- Ids are random as the product's own are. The secret of a session is derived from its person, so that nobody needs a password.
INSERT INTO practice (id, name, created_at, is_demo) VALUES ('{practice_id}'::uuid, 'Northside Veterinary', now(), false);

CREATE TEMP TABLE household AS
SELECT n, uuidv7() AS clinic_id, uuidv7() AS family_id, uuidv7() AS first_contact_id, uuidv7() AS second_contact_id,
    uuidv7() AS nurse_id, uuidv7() AS pet_id, uuidv7() AS thread_id
FROM generate_series(0, {threads}) n;
CREATE TEMP TABLE newcomer AS
SELECT uuidv7() AS id, 'staff' AS kind, h.clinic_id, NULL::uuid AS family_id FROM household h, generate_series(1, {crowd}) WHERE h.n = 0
UNION ALL SELECT nurse_id, 'staff', clinic_id, NULL FROM household WHERE n > 0
UNION ALL SELECT first_contact_id, 'contact', NULL, family_id FROM household
UNION ALL SELECT second_contact_id, 'contact', NULL, family_id FROM household
UNION ALL SELECT uuidv7(), 'contact', NULL, uuidv7() FROM generate_series(1, {idle});

INSERT INTO clinic (practice_id, id, name, country, timezone, created_at)
SELECT '{practice_id}'::uuid, clinic_id, 'Clinic ' || n, 'GB', 'Europe/London', now() FROM household;
INSERT INTO family (practice_id, id, name, created_at)
SELECT DISTINCT '{practice_id}'::uuid, family_id, 'Family', now() FROM newcomer WHERE kind = 'contact';
INSERT INTO person (practice_id, id, kind, name)
SELECT '{practice_id}'::uuid, id, kind, CASE kind WHEN 'staff' THEN 'Nora' ELSE 'Olive' END FROM newcomer;
INSERT INTO staff_member (practice_id, id, email, role, job_title, created_at)
SELECT '{practice_id}'::uuid, id, id || '@example.org', 'senior', 'Nurse', now() FROM newcomer WHERE kind = 'staff';
INSERT INTO staff_clinic (practice_id, staff_id, clinic_id)
SELECT '{practice_id}'::uuid, id, clinic_id FROM newcomer WHERE kind = 'staff';
INSERT INTO contact (practice_id, id, family_id, role, created_at)
SELECT '{practice_id}'::uuid, w.id, w.family_id, CASE WHEN h.n IS NULL THEN 'primary' ELSE 'secondary' END, now()
FROM newcomer w LEFT JOIN household h ON h.second_contact_id = w.id WHERE w.kind = 'contact' AND h.n IS NULL
UNION ALL SELECT '{practice_id}'::uuid, second_contact_id, family_id, 'secondary', now() FROM household;
INSERT INTO app_consent (practice_id, id, contact_id, version, browser, at)
SELECT practice_id, uuidv7(), id, '{terms}', 'bench', now() FROM contact;
INSERT INTO pet (practice_id, id, family_id, name, species, breed, created_at)
SELECT '{practice_id}'::uuid, pet_id, family_id, 'Pixel', 'dog', '', now() FROM household;
INSERT INTO connection (practice_id, id, pet_id, family_id, clinic_id, state, changed_at)
SELECT '{practice_id}'::uuid, uuidv7(), pet_id, family_id, clinic_id, 'accepted', now() FROM household;
INSERT INTO thread (practice_id, id, family_id, clinic_id, last_seq, revision, last_message_at, created_at)
SELECT '{practice_id}'::uuid, thread_id, family_id, clinic_id, 0, 0, now(), now() FROM household;
INSERT INTO conversation (practice_id, id, thread_id, title, channel, revision, opened_at, opened_by_id)
SELECT '{practice_id}'::uuid, uuidv7(), thread_id, 'Pixel', 'app', 0, now(), first_contact_id FROM household;
UPDATE thread t SET open_conversation_id = c.id FROM conversation c WHERE c.practice_id = t.practice_id AND c.thread_id = t.id;
INSERT INTO login_session (practice_id, id, person_id, token_hash, created_at, last_seen_at, idle_until, expires_at, device, address)
SELECT '{practice_id}'::uuid, uuidv7(), id, sha256(convert_to('bench-session-' || id, 'UTF8')), now(), now() + interval '1 hour',
    now() + interval '1 day', now() + interval '1 day', 'bench', '127.0.0.1'
FROM newcomer;

CREATE TABLE bench_household AS SELECT * FROM household;
CREATE TABLE bench_crowd AS SELECT w.id FROM newcomer w JOIN household h ON h.clinic_id = w.clinic_id AND h.n = 0;
CREATE TABLE bench_idle AS SELECT w.id FROM newcomer w LEFT JOIN household h USING (family_id) WHERE w.kind = 'contact' AND h.n IS NULL;
ANALYZE;
