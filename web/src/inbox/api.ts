import { answerOf, client } from "$/platform/api";
import type { InboxPage, UnreadCount } from "$/platform/types";

/** `waiting`: the open ones again, those where the family waits, and whoever waits longest first. */
export type QueueFilter = "open" | "waiting" | "mine" | "handed_to_me" | "unread" | "ended";

export function getInbox(query: { filter: QueueFilter; q: string; cursor: string | null }): Promise<InboxPage> {
  // Who searches wants to find, wherever it is.
  const state = query.q === "" ? query.filter : "all";
  const optional = { ...(query.q && { q: query.q }), ...(query.cursor && { cursor: query.cursor }) };
  return answerOf(client.GET("/api/v1/inbox", { params: { query: { state, limit: 50, ...optional } } }));
}

export function getUnread(): Promise<UnreadCount> {
  return answerOf(client.GET("/api/v1/inbox/unread"));
}
