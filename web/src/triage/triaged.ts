/** What the team set down with a conversation, as the queue and the thread show it. Pure. */
import type { ConversationView, MessageView } from "$/platform/types";

export function isUrgent(conversation: ConversationView | null): boolean {
  return conversation?.ended_at === null && Boolean(conversation.triage?.urgent_at);
}

export function isBack(conversation: ConversationView | null): boolean {
  return conversation?.ended_at === null && Boolean(conversation.triage?.back_at);
}

export function isAsleep(conversation: ConversationView | null, now: number): boolean {
  if (conversation?.ended_at !== null || !conversation.triage?.snoozed_until) return false;
  return Date.parse(conversation.triage.snoozed_until) > now;
}

export function labelIds(conversation: ConversationView | null): string[] {
  return conversation?.triage?.label_ids ?? [];
}

/** Urgent ones stand above all others, and then those that are back. */
export function rankOf(conversation: ConversationView | null): number {
  if (isUrgent(conversation)) return 2;
  return isBack(conversation) ? 1 : 0;
}

/** Awake once the family has written in it: the server says so a moment later. */
export function wokenBy(conversation: ConversationView | null, messages: MessageView[]): ConversationView | null {
  const triage = conversation?.triage;
  const since = triage?.snoozed_seq;
  if (!conversation || !triage || since === null || since === undefined) return conversation;
  const isWoken = messages.some(
    (each) =>
      each.seq > since &&
      each.conversation_id === conversation.id &&
      each.kind === "text" &&
      each.author_kind === "contact",
  );
  if (!isWoken) return conversation;
  return { ...conversation, triage: { ...triage, snoozed_until: null, snoozed_seq: null, snoozed_by_name: null } };
}
