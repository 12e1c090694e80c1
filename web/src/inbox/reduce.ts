/** The rows of the queue, and how changes move them. Pure: no fetch, no DOM, no clock. */
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
    last_message: newestMessage(row.last_message, changes.messages),
    conversation: currentConversation(row.conversation, changes.conversations),
    unread: unreadAfter(row, changes, me),
    read_by_other_side_seq: Math.max(
      row.read_by_other_side_seq,
      ...changes.read_marks.filter((mark) => mark.person_kind === "contact").map((mark) => mark.up_to_seq),
    ),
  };
}

/** Rows of a fresh page win unless the known row is newer already. */
export function mergeRows(known: InboxRow[], fresh: InboxRow[]): InboxRow[] {
  const rows = new Map(known.map((row) => [row.thread_id, row]));
  for (const row of fresh) {
    const old = rows.get(row.thread_id);
    if (old === undefined || row.revision >= old.revision) rows.set(row.thread_id, row);
  }
  return sortRows([...rows.values()]);
}

export function sortRows(rows: InboxRow[]): InboxRow[] {
  return [...rows].sort(
    (a, b) => Date.parse(b.last_message_at) - Date.parse(a.last_message_at) || (a.thread_id < b.thread_id ? 1 : -1),
  );
}

export function belongsTo(row: InboxRow, filter: QueueFilter): boolean {
  switch (filter) {
    case "open":
      return row.conversation !== null && row.conversation.ended_at === null;
    case "ended":
      return row.conversation !== null && row.conversation.ended_at !== null;
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

function newestMessage(known: MessageView | null, incoming: MessageView[]): MessageView | null {
  return incoming.reduce((newest, message) => {
    const isNewer = newest === null || message.seq > newest.seq;
    const isSameAndLater = newest?.id === message.id && message.revision > newest.revision;
    return isNewer || isSameAndLater ? message : newest;
  }, known);
}

function currentConversation(known: ConversationView | null, incoming: ConversationView[]): ConversationView | null {
  const changed = incoming.find((each) => each.id === known?.id);
  const candidates = [changed ?? known, ...incoming].filter((each) => each !== null);
  const latestFirst = candidates.sort((a, b) => Date.parse(b.opened_at) - Date.parse(a.opened_at));
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
