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
  const place: Place = {
    conversations,
    seen: new Set(),
    ended: new Set(),
    lanes: new Map(),
    lastSeq: new Map(),
    source,
  };
  for (const { conversation_id, seq } of source.messages) place.lastSeq.set(conversation_id, seq);
  let previous: MessageView | null = null;
  for (const message of source.messages) {
    items.push(...edgesBefore(message, previous, place));
    const isNewDay = items.at(-1)?.type !== "message";
    items.push({ type: "message", key: keyOf(message), message, isRunOn: !isNewDay && runsOn(message, previous) });
    previous = message;
  }
  items.push(...edgesAtEnd(place));
  return [...items, ...source.pending.map((message) => ({ type: "pending" as const, key: keyOf(message), message }))];
}

type Place = {
  conversations: Map<string, ConversationView>;
  seen: Set<string>;
  /** Whose end is marked already. */
  ended: Set<string>;
  /** The app and every number are lanes beside each other, each with one conversation at a time. */
  lanes: Map<string, string>;
  lastSeq: Map<string, number>;
  source: TimelineSource;
};

function edgesBefore(message: MessageView, previous: MessageView | null, place: Place): TimelineItem[] {
  const { conversations, seen, lanes, source } = place;
  const items = endsBefore(message, place);
  const isSameDay =
    previous !== null && isoDay(previous.created_at, source.zone) === isoDay(message.created_at, source.zone);
  if (!isSameDay) items.push({ type: "day", key: `d${message.seq}`, at: message.created_at });
  const entered = conversations.get(message.conversation_id);
  if (entered !== undefined) {
    const lane = laneOf(entered);
    const isOther = lanes.get(lane) !== entered.id;
    if (isOther && (lanes.has(lane) || beginsInView(entered, source))) {
      const type = seen.has(entered.id) ? "restarted" : "started";
      items.push({ type, key: `s${entered.id}${type === "started" ? "" : message.seq}`, conversation: entered });
    }
    lanes.set(lane, entered.id);
  }
  seen.add(message.conversation_id);
  if (message.seq === source.firstUnreadSeq) items.push({ type: "unread", key: "unread" });
  return items;
}

/** What was over when the message came: its lane has gone on, or its end is older. */
function endsBefore(message: MessageView, place: Place): TimelineItem[] {
  const entered = place.conversations.get(message.conversation_id);
  return endsOf(place, (each) => {
    const isOver = message.seq > (place.lastSeq.get(each.id) ?? 0);
    const isSucceeded = entered !== undefined && entered.id !== each.id && laneOf(entered) === laneOf(each);
    return isOver && (isSucceeded || Date.parse(each.ended_at ?? "") <= Date.parse(message.created_at));
  });
}

function endsOf(place: Place, isDue: (conversation: ConversationView) => boolean): TimelineItem[] {
  const due = [...place.conversations.values()].filter((each) => {
    return each.ended_at !== null && place.seen.has(each.id) && !place.ended.has(each.id) && isDue(each);
  });
  for (const { id } of due) place.ended.add(id);
  return due.map((conversation) => ({ type: "ended", key: `e${conversation.id}`, conversation }));
}

function edgesAtEnd(place: Place): TimelineItem[] {
  const items = endsOf(place, () => true);
  for (const conversation of place.conversations.values()) {
    const isWithoutMessages = conversation.ended_at === null && !place.seen.has(conversation.id);
    if (isWithoutMessages) items.push({ type: "started", key: `s${conversation.id}`, conversation });
  }
  return items;
}

/** While older messages are not loaded, a conversation may have begun among them. */
function beginsInView(conversation: ConversationView, { hasOlder, messages }: TimelineSource): boolean {
  const [first] = messages;
  return !hasOlder || first === undefined || Date.parse(conversation.opened_at) >= Date.parse(first.created_at);
}

function laneOf(conversation: ConversationView): string {
  return `${conversation.channel} ${conversation.contact_number ?? ""}`;
}

function runsOn(message: MessageView, previous: MessageView | null): boolean {
  if (previous === null || previous.author_id !== message.author_id) return false;
  if (previous.is_from_shared_number !== message.is_from_shared_number) return false;
  if (previous.kind !== message.kind || previous.channel !== message.channel) return false;
  return Date.parse(message.created_at) - Date.parse(previous.created_at) < RUN_MS;
}

/** The same before and after the server has it, so that the bubble stays in place. */
function keyOf(message: { client_id: string }): string {
  return `m${message.client_id}`;
}
