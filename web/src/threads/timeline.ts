/** The order of things on the screen: days, the edges of conversations, messages, and what is on its way. Pure. */
import { isoDay } from "$/platform/dates";
import type { ConversationView, MessageView } from "$/platform/types";
import type { PendingMessage } from "./outbox.svelte";

export type TimelineItem =
  | { type: "day"; key: string; at: string }
  | { type: "started" | "restarted" | "ended"; key: string; conversation: ConversationView }
  | { type: "unread"; key: string }
  | { type: "message"; key: string; message: MessageView; isRunOn: boolean }
  | { type: "pending"; key: string; message: PendingMessage };

export type TimelineSource = {
  messages: MessageView[];
  pending: PendingMessage[];
  conversations: ConversationView[];
  hasOlder: boolean;
  zone: string;
  /** The first message that was new when the thread was opened, if any. */
  firstUnreadSeq: number | null;
};

const RUN_MS = 5 * 60_000;

export function buildTimeline(source: TimelineSource): TimelineItem[] {
  const items: TimelineItem[] = [];
  const conversations = new Map(source.conversations.map((each) => [each.id, each]));
  const seen = new Set<string>();
  let previous: MessageView | null = null;
  for (const message of source.messages) {
    items.push(...edgesBefore(message, previous, { conversations, seen, source }));
    const isNewDay = items.at(-1)?.type !== "message";
    items.push({ type: "message", key: keyOf(message), message, isRunOn: !isNewDay && runsOn(message, previous) });
    previous = message;
  }
  items.push(...edgesAtEnd(previous, conversations, seen));
  return [...items, ...source.pending.map((message) => ({ type: "pending" as const, key: keyOf(message), message }))];
}

type Place = { conversations: Map<string, ConversationView>; seen: Set<string>; source: TimelineSource };

function edgesBefore(message: MessageView, previous: MessageView | null, place: Place): TimelineItem[] {
  const { conversations, seen, source } = place;
  const items: TimelineItem[] = [];
  const isOther = previous?.conversation_id !== message.conversation_id;
  const left = previous === null || !isOther ? undefined : conversations.get(previous.conversation_id);
  if (left?.ended_at) items.push({ type: "ended", key: `e${left.id}${message.seq}`, conversation: left });
  const isSameDay =
    previous !== null && isoDay(previous.created_at, source.zone) === isoDay(message.created_at, source.zone);
  if (!isSameDay) items.push({ type: "day", key: `d${message.seq}`, at: message.created_at });
  const entered = conversations.get(message.conversation_id);
  if (entered !== undefined && isOther && (previous !== null || !source.hasOlder)) {
    const type = seen.has(entered.id) ? "restarted" : "started";
    items.push({ type, key: `s${entered.id}${type === "started" ? "" : message.seq}`, conversation: entered });
  }
  seen.add(message.conversation_id);
  if (message.seq === source.firstUnreadSeq) items.push({ type: "unread", key: "unread" });
  return items;
}

function edgesAtEnd(
  last: MessageView | null,
  conversations: Map<string, ConversationView>,
  seen: Set<string>,
): TimelineItem[] {
  const current = last === null ? undefined : conversations.get(last.conversation_id);
  const items: TimelineItem[] = [];
  if (current?.ended_at) items.push({ type: "ended", key: `e${current.id}`, conversation: current });
  for (const conversation of conversations.values()) {
    const isWithoutMessages = conversation.ended_at === null && !seen.has(conversation.id);
    if (isWithoutMessages) items.push({ type: "started", key: `s${conversation.id}`, conversation });
  }
  return items;
}

function runsOn(message: MessageView, previous: MessageView | null): boolean {
  if (previous === null || previous.author_id !== message.author_id || previous.kind !== message.kind) return false;
  return Date.parse(message.created_at) - Date.parse(previous.created_at) < RUN_MS;
}

/** The same before and after the server has it, so that the bubble stays in place. */
function keyOf(message: { client_id: string }): string {
  return `m${message.client_id}`;
}
