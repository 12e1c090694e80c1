/** The cast of the tests: Nora and Dr Vane of Northside; Olive with her dog Pixel, and her brother Omar. */
import type { Changes, ConversationView, MessageView, ReadMarkView, ThreadView } from "$/platform/types";

export const nora = { id: "nora", name: "Nora", kind: "staff" } as const;
export const vane = { id: "vane", name: "Dr Vane", kind: "staff" } as const;
export const olive = { id: "olive", name: "Olive", kind: "contact" } as const;
export const omar = { id: "omar", name: "Omar", kind: "contact" } as const;
type Person = typeof nora | typeof vane | typeof olive | typeof omar;

export const ZONE = "America/Los_Angeles";
const MONDAY = Date.parse("2026-11-16T17:00:00Z");

/** Nine o'clock on a Monday at Northside, and so many minutes on. */
export const minute = (count: number) => new Date(MONDAY + count * 60_000).toISOString();

export function message(seq: number, author: Person, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `message-${seq}`,
    client_id: `client-${seq}`,
    conversation_id: "cough",
    seq,
    revision: seq,
    kind: "text",
    channel: "app",
    author_id: author.id,
    author_name: author.name,
    author_kind: author.kind,
    body: `Words ${seq}`,
    pet_ids: ["pixel"],
    attachments: [],
    created_at: minute(seq),
    deleted_at: null,
    files_waiting: 0,
    is_from_shared_number: false,
    is_removed: false,
    mentions: [],
    ...more,
  };
}

export function conversation(id: string, revision: number, more: Partial<ConversationView> = {}): ConversationView {
  return {
    id,
    title: id,
    channel: "app",
    revision,
    opened_at: minute(0),
    opened_by_name: "Olive",
    opened_by_kind: "contact",
    ended_at: null,
    ended_by_name: null,
    ...more,
  };
}

export function mark(person: Person, up_to_seq: number, revision: number): ReadMarkView {
  return {
    person_id: person.id,
    person_name: person.name,
    person_kind: person.kind,
    up_to_seq,
    revision,
    read_at: minute(revision),
  };
}

export function changes(after: number, revision: number, more: Partial<Changes> = {}): Changes {
  const messages = more.messages ?? [];
  const last_seq = Math.max(0, ...messages.map((each) => each.seq));
  return {
    type: "changes",
    thread_id: "hart",
    clinic_id: "northside",
    family_id: "hart-family",
    after,
    revision,
    last_seq,
    last_message_at: minute(more.last_seq ?? last_seq),
    messages,
    conversations: [],
    read_marks: [],
    is_complete: true,
    ...more,
  };
}

export function snapshot(messages: MessageView[], more: Partial<ThreadView> = {}): ThreadView {
  const last_seq = messages.at(-1)?.seq ?? 0;
  return {
    thread_id: "hart",
    revision: Math.max(0, ...messages.map((each) => each.revision)),
    last_seq,
    last_message_at: minute(last_seq),
    clinic: {
      id: "northside",
      name: "Northside Veterinary",
      timezone: ZONE,
      phone: null,
      emergency_number: null,
      address: null,
    },
    family: { id: "hart-family", name: "Hart", since: minute(0), contacts: [], pets: [] },
    conversations: [conversation("cough", 1)],
    messages,
    has_older: false,
    read_marks: [],
    unread: [],
    can_post: true,
    must_agree: false,
    seen_through: "role",
    is_chat_barred: false,
    payment_currency: null,
    ...more,
  };
}
