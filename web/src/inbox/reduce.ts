/** The rows of the queue, and how changes move them. Pure: no fetch, no DOM, no clock. */

import { isHandedTo, isMine, type Reader } from "$/handing_off/assignment";
import type { Changes, ConversationView, InboxRow, MessageView, UnreadMessage } from "$/platform/types";
import { isAsleep, isUrgent, rankOf, wokenBy } from "$/triage/triaged";
import type { QueueFilter } from "./api";
import { isFamilyWaiting } from "./waiting";

const UNREAD_COUNTED = 100;
const NOBODY = { id: "", role: null, now: 0 };

/** The row after a change; `null` when something in between is missing, so the row has to be loaded anew. */
export function applyChangesToRow(row: InboxRow, changes: Changes, me: string): InboxRow | null {
  if (changes.revision <= row.revision) return row;
  if (!changes.is_complete || changes.after > row.revision || mayWaitOtherwise(row, changes)) return null;
  return {
    ...row,
    revision: changes.revision,
    last_seq: Math.max(row.last_seq, changes.last_seq),
    last_message_at: changes.last_message_at,
    waiting_since: waitingSince(row, changes.messages),
    last_message: newestMessage(row.last_message, changes.messages),
    conversation: wokenBy(currentConversation(row.conversation, changes.conversations, me), changes.messages),
    unread: unreadAfter(row, changes, me),
    mentioned_by: mentionedBy(row, changes, me),
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
  const rank = (row: InboxRow) => rankOf(row.conversation);
  if (filter === "waiting")
    return [...rows].sort(
      (a, b) => rank(b) - rank(a) || longest(a) - longest(b) || (a.thread_id < b.thread_id ? -1 : 1),
    );
  return [...rows].sort(
    (a, b) =>
      rank(b) - rank(a) ||
      Date.parse(b.last_message_at) - Date.parse(a.last_message_at) ||
      (a.thread_id < b.thread_id ? 1 : -1),
  );
}

/** `reader.now`: what sleeps at that moment is in its own list alone. */
export function belongsTo(row: InboxRow, filter: QueueFilter, reader: Reader & { now: number } = NOBODY): boolean {
  const sleeps = isAsleep(row.conversation, reader.now);
  switch (filter) {
    case "snoozed":
      return sleeps;
    case "mine":
      return isMine(row.conversation, reader.id) && !sleeps;
    case "handed_to_me":
      return isHandedTo(row.conversation, reader, row.clinic_id) && !sleeps;
    case "mentions":
      return true; // whether a note far up calls me, the row does not tell
    case "open":
      return row.conversation !== null && row.conversation.ended_at === null && !sleeps;
    case "ended":
      return row.conversation !== null && row.conversation.ended_at !== null;
    case "waiting":
      return isFamilyWaiting(row) && !sleeps;
    case "unread":
      return row.unread.length > 0;
  }
}

/** Who called me last in a note that I have not seen. */
function mentionedBy(row: InboxRow, changes: Changes, me: string): string | null {
  const upTo = readUpTo(changes, me);
  const calls = changes.messages.filter(
    (message) => message.seq > row.last_seq && message.mentions?.some((each) => each.staff_id === me),
  );
  const latest = calls.sort((a, b) => b.seq - a.seq)[0];
  if (latest !== undefined && latest.seq > upTo) return latest.author_name;
  return upTo >= row.last_seq ? null : row.mentioned_by;
}

/** How the number of threads with something unread changes when a row does. */
export function unreadDelta(before: InboxRow, after: InboxRow): number {
  return Number(after.unread.length > 0) - Number(before.unread.length > 0);
}

/** The row knows the one message that waits: when that goes, or the team's answer, or a conversation starts or ends. */
function mayWaitOtherwise(row: InboxRow, changes: Changes): boolean {
  const { conversation, waiting_since } = row;
  const isGone = changes.messages.some((each) => each.deleted_at !== null && each.seq <= row.last_seq);
  const hasEndedBeside = changes.conversations.some((each) => each.ended_at !== null && each.id !== conversation?.id);
  const isOpenAgain =
    !!conversation?.ended_at &&
    changes.conversations.some((each) => each.id === conversation.id && each.ended_at === null);
  return isGone || (hasEndedBeside && waiting_since !== null) || (isOpenAgain && waiting_since === null);
}

/** From the family's first message on that no staff member has answered. */
function waitingSince(row: InboxRow, incoming: MessageView[]): string | null {
  const texts = incoming.filter(
    (message) => message.kind === "text" && message.seq > row.last_seq && message.deleted_at === null,
  );
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
    (a, b) =>
      Number(isUrgent(b)) - Number(isUrgent(a)) ||
      Number(isMine(b, me)) - Number(isMine(a, me)) ||
      Date.parse(b.opened_at) - Date.parse(a.opened_at),
  );
  return latestFirst.find((each) => each.ended_at === null) ?? latestFirst[0] ?? null;
}

function unreadAfter(row: InboxRow, changes: Changes, me: string): UnreadMessage[] {
  const upTo = readUpTo(changes, me);
  const unread = new Map(row.unread.map((each) => [each.seq, each]));
  for (const message of changes.messages) {
    const isKnown = unread.has(message.seq);
    const isNew = message.seq > row.last_seq && message.kind === "text" && message.author_id !== me;
    if (isKnown || isNew) unread.set(message.seq, { seq: message.seq, pet_ids: message.pet_ids });
  }
  const again = changes.read_marks.find((mark) => mark.person_id === me)?.marked_unread_seq ?? null;
  if (again !== null && !unread.has(again)) unread.set(again, { seq: again, pet_ids: petsOf(row, again) });
  const above = [...unread.values()].filter((each) => each.seq > upTo || each.seq === again);
  return above.sort((a, b) => a.seq - b.seq).slice(-UNREAD_COUNTED);
}

/** As far as the row knows: it has the last message alone. */
function petsOf(row: InboxRow, seq: number): string[] {
  return row.last_message?.seq === seq ? row.last_message.pet_ids : [];
}

function readUpTo(changes: Changes, me: string): number {
  return Math.max(0, ...changes.read_marks.filter((mark) => mark.person_id === me).map((mark) => mark.up_to_seq));
}
