/** The rows of the queue, and how changes move them. Pure: no fetch, no DOM, no clock. */

import { isHandedTo, isMine, type Reader } from "$/handing_off/assignment";
import type { Changes, ConversationView, InboxRow, MessageView, UnreadMessage } from "$/platform/types";
import type { QueueFilter } from "./api";

const UNREAD_COUNTED = 100;

/** The row after a change; `null` when something in between is missing, so the row has to be loaded anew. */
export function applyChangesToRow(row: InboxRow, changes: Changes, me: string): InboxRow | null {
  if (changes.revision <= row.revision) return row;
  if (!changes.is_complete || changes.after > row.revision) return null;
  return {
    ...row,
    revision: changes.revision,
    last_seq: Math.max(row.last_seq, changes.last_seq),
    last_message_at: changes.last_message_at,
    waiting_since: waitingSince(row, changes.messages),
    last_message: newestMessage(row.last_message, changes.messages),
    conversation: currentConversation(row.conversation, changes.conversations, me),
    unread: unreadAfter(row, changes, me),
    read_by_other_side_seq: Math.max(
      row.read_by_other_side_seq,
      ...changes.read_marks.filter((mark) => mark.person_kind === "contact").map((mark) => mark.up_to_seq),
    ),
  };
}

/** Rows of a fresh page win unless the known row is newer already. */
export function mergeRows(known: InboxRow[], fresh: InboxRow[], filter: QueueFilter = "open"): InboxRow[] {
  const rows = new Map(known.map((row) => [row.thread_id, row]));
  for (const row of fresh) {
    const old = rows.get(row.thread_id);
    if (old === undefined || row.revision >= old.revision) rows.set(row.thread_id, row);
  }
  return sortRows([...rows.values()], filter);
}

export function sortRows(rows: InboxRow[], filter: QueueFilter = "open"): InboxRow[] {
  const longest = (row: InboxRow) => Date.parse(row.waiting_since ?? row.last_message_at);
  if (filter === "waiting")
    return [...rows].sort((a, b) => longest(a) - longest(b) || (a.thread_id < b.thread_id ? -1 : 1));
  return [...rows].sort(
    (a, b) => Date.parse(b.last_message_at) - Date.parse(a.last_message_at) || (a.thread_id < b.thread_id ? 1 : -1),
  );
}

export function belongsTo(row: InboxRow, filter: QueueFilter, reader: Reader = { id: "", role: null }): boolean {
  switch (filter) {
    case "mine":
      return isMine(row.conversation, reader.id);
    case "handed_to_me":
      return isHandedTo(row.conversation, reader);
    case "open":
      return row.conversation !== null && row.conversation.ended_at === null;
    case "ended":
      return row.conversation !== null && row.conversation.ended_at !== null;
    case "waiting":
      return isFamilyWaiting(row);
    case "unread":
      return row.unread.length > 0;
  }
}

/** Whose turn it is: the family waits when the last word of an open conversation is theirs; an automatic reply is no answer. */
export function isFamilyWaiting(row: InboxRow): boolean {
  const last = row.last_message;
  const isTheirs = last?.author_kind === "contact" || (last?.author_kind === "system" && last.kind === "text");
  return isTheirs && row.conversation !== null && row.conversation.ended_at === null;
}

/** How the number of threads with something unread changes when a row does. */
export function unreadDelta(before: InboxRow, after: InboxRow): number {
  return Number(after.unread.length > 0) - Number(before.unread.length > 0);
}

/** From the family's first message on that no staff member has answered. */
function waitingSince(row: InboxRow, incoming: MessageView[]): string | null {
  const texts = incoming.filter((message) => message.kind === "text" && message.seq > row.last_seq);
  return [...texts]
    .sort((a, b) => a.seq - b.seq)
    .reduce<string | null>((since, message) => {
      if (message.author_kind === "staff") return null;
      return message.author_kind === "contact" ? (since ?? message.created_at) : since;
    }, row.waiting_since);
}

function newestMessage(known: MessageView | null, incoming: MessageView[]): MessageView | null {
  return incoming.reduce((newest, message) => {
    if (message.kind === "system" && message.author_kind === "staff") return newest; // who answers is no news of the family
    const isNewer = newest === null || message.seq > newest.seq;
    const isSameAndLater = newest?.id === message.id && message.revision > newest.revision;
    return isNewer || isSameAndLater ? message : newest;
  }, known);
}

/** The open one, of several the reader's own. */
function currentConversation(
  known: ConversationView | null,
  incoming: ConversationView[],
  me: string,
): ConversationView | null {
  const changed = incoming.find((each) => each.id === known?.id);
  const candidates = [changed ?? known, ...incoming].filter((each) => each !== null);
  const latestFirst = candidates.sort(
    (a, b) => Number(isMine(b, me)) - Number(isMine(a, me)) || Date.parse(b.opened_at) - Date.parse(a.opened_at),
  );
  return latestFirst.find((each) => each.ended_at === null) ?? latestFirst[0] ?? null;
}

function unreadAfter(row: InboxRow, changes: Changes, me: string): UnreadMessage[] {
  const upTo = Math.max(0, ...changes.read_marks.filter((mark) => mark.person_id === me).map((mark) => mark.up_to_seq));
  const unread = new Map(row.unread.map((each) => [each.seq, each]));
  for (const message of changes.messages) {
    const isKnown = unread.has(message.seq);
    const isNew = message.seq > row.last_seq && message.kind === "text" && message.author_id !== me;
    if (isKnown || isNew) unread.set(message.seq, { seq: message.seq, pet_ids: message.pet_ids });
  }
  const above = [...unread.values()].filter((each) => each.seq > upTo);
  return above.sort((a, b) => a.seq - b.seq).slice(-UNREAD_COUNTED);
}
