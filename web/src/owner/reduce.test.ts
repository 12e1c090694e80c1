import { expect, test } from "vitest";
import type { Changes, MessageView, OwnerHome, ReadMarkView } from "$/platform/types";
import { applyToHome, keepNewer } from "./reduce";

const OLIVE = "olive";
const NORA = "nora";
const PIXEL = "pixel";
const CLINIC = {
  id: "clinic",
  name: "Northside",
  timezone: "Europe/London",
  phone: null,
  emergency_number: null,
  address: null,
};

function homeAt(revision: number, ...unread: { seq: number; pet_ids: string[] }[]): OwnerHome {
  const thread = {
    thread_id: "thread",
    clinic: CLINIC,
    revision,
    last_seq: revision,
    last_message_at: "2026-11-21T10:00:00Z",
    last_message: null,
    unread,
  };
  const welcome = { is_turned_away: false, is_chat_disabled: false, closed_clinic_ids: [], silent_clinic_ids: [] };
  return { pets: [], threads: [thread], ...welcome };
}

function message(seq: number, author_id: string, pet_ids: string[] = []): MessageView {
  return {
    id: `message ${seq}`,
    client_id: `client ${seq}`,
    conversation_id: "conversation",
    seq,
    revision: seq,
    kind: "text",
    channel: "app",
    author_id,
    author_name: author_id,
    author_kind: author_id === NORA ? "staff" : "contact",
    body: "Hello",
    pet_ids,
    attachments: [],
    created_at: "2026-11-21T10:00:00Z",
    deleted_at: null,
    files_waiting: 0,
    is_from_shared_number: false,
    is_removed: false,
  };
}

function changes(after: number, revision: number, messages: MessageView[], read_marks: ReadMarkView[] = []): Changes {
  return {
    type: "changes",
    thread_id: "thread",
    clinic_id: "clinic",
    family_id: "family",
    after,
    revision,
    last_seq: Math.max(after, ...messages.map(({ seq }) => seq)),
    last_message_at: "2026-11-21T10:00:00Z",
    messages,
    conversations: [],
    read_marks,
    is_complete: true,
  };
}

function readBy(person_id: string, up_to_seq: number): ReadMarkView {
  return {
    person_id,
    person_name: "",
    person_kind: "contact",
    up_to_seq,
    revision: 0,
    read_at: "2026-11-21T10:00:00Z",
  };
}

const unreadOf = (home: OwnerHome | null) => home?.threads[0]?.unread;

test("AL-48: a reply of the practice becomes unread, with its pets", () => {
  const after = applyToHome(homeAt(4), changes(4, 5, [message(5, NORA, [PIXEL])]), OLIVE);

  expect(unreadOf(after)).toEqual([{ seq: 5, pet_ids: [PIXEL] }]);
});

test("one's own message is never unread", () => {
  expect(unreadOf(applyToHome(homeAt(4), changes(4, 5, [message(5, OLIVE)]), OLIVE))).toEqual([]);
});

test("AL-50: reading on any device clears the badge up to the mark", () => {
  const home = homeAt(5, { seq: 4, pet_ids: [] }, { seq: 5, pet_ids: [] });

  expect(unreadOf(applyToHome(home, changes(5, 6, [], [readBy(OLIVE, 4)]), OLIVE))).toEqual([{ seq: 5, pet_ids: [] }]);
  expect(unreadOf(applyToHome(home, changes(5, 6, [], [readBy(NORA, 5)]), OLIVE))).toHaveLength(2);
});

test("D15: staff tagging an unread message moves its badge; a read one stays read", () => {
  const home = homeAt(5, { seq: 5, pet_ids: [] });

  expect(unreadOf(applyToHome(home, changes(5, 6, [message(5, NORA, [PIXEL])]), OLIVE))).toEqual([
    { seq: 5, pet_ids: [PIXEL] },
  ]);
  expect(unreadOf(applyToHome(homeAt(5), changes(5, 6, [message(3, NORA, [PIXEL])]), OLIVE))).toEqual([]);
});

test("a frame that was seen changes nothing; a gap or an unknown thread asks for a fresh start", () => {
  const home = homeAt(5);

  expect(applyToHome(home, changes(3, 5, [message(5, NORA)]), OLIVE)).toBe(home);
  expect(applyToHome(home, changes(6, 7, [message(7, NORA)]), OLIVE)).toBeNull();
  expect(applyToHome({ ...home, threads: [] }, changes(0, 1, []), OLIVE)).toBeNull();
});

test("an answer that was overtaken by a live frame does not take the badge back (AL-49)", () => {
  const known = homeAt(3, { seq: 3, pet_ids: [PIXEL] });

  expect(keepNewer(known, homeAt(2)).threads).toEqual(known.threads);
  expect(keepNewer(known, homeAt(4)).threads).toEqual(homeAt(4).threads);
});
