import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { InboxPage, UnreadCount } from "$/platform/types";
import type { Person } from "./facet_words";
import type { Facets } from "./facets";

/** `waiting`: the open ones again, those where the family waits, and whoever waits longest first. */
export type QueueFilter = "open" | "waiting" | "mine" | "handed_to_me" | "mentions" | "snoozed" | "unread" | "ended";

export type InboxQuestion = { filter: QueueFilter; facets: Facets; q: string; cursor: string | null };

export function getInbox(query: InboxQuestion): Promise<InboxPage> {
  // Who searches wants to find, wherever it is.
  const state = query.q === "" ? query.filter : "all";
  const optional = { ...(query.q && { q: query.q }), ...(query.cursor && { cursor: query.cursor }) };
  const narrowed = { ...(query.q === "" && narrowing(query.facets)) };
  return answerOf(client.GET("/api/v1/inbox", { params: { query: { state, limit: 50, ...narrowed, ...optional } } }));
}

const narrowing = (facets: Facets) => ({
  ...(facets.unread && { unread: true }),
  ...(facets.unanswered && { unanswered: true }),
  ...(facets.urgent && { urgent: true }),
  ...(facets.channel && { channel: facets.channel }),
  ...(facets.startedBy && { started_by: facets.startedBy }),
  ...(facets.species && { species: facets.species }),
  ...(facets.assigneeId && { assignee_id: facets.assigneeId }),
  ...(facets.labelId && { label_id: facets.labelId }),
  ...(facets.clinicId && { clinic_id: facets.clinicId }),
  ...(facets.formerId && { former_id: facets.formerId }),
});

export function getUnread(): Promise<UnreadCount> {
  return answerOf(client.GET("/api/v1/inbox/unread"));
}

export type QueueTeam = { people: Person[]; former: Person[] };

/** Who may answer what is in the queue, and who did and has left. */
export async function getQueueTeam(): Promise<QueueTeam> {
  const { people, former } = await answerOf(client.GET("/api/v1/inbox/team"));
  return { people: people.map(asPerson), former: former.map(asPerson) };
}

const asPerson = ({ staff_id, name }: components["schemas"]["QueueMember"]): Person => ({ id: staff_id, name });

/** In lower case, the most frequent first. */
export async function getQueueSpecies(): Promise<string[]> {
  return (await answerOf(client.GET("/api/v1/inbox/species"))).species;
}

export type Chosen = components["schemas"]["ChosenConversation"];
/** For each: why it was not done; `null`: it was. */
export type Outcome = string | null;

export async function endConversations(conversations: Chosen[]): Promise<Outcome[]> {
  const done = await answerOf(client.POST("/api/v1/threads/conversations/end", { body: { conversations } }));
  return done.words;
}

export async function restartConversations(conversations: Chosen[]): Promise<Outcome[]> {
  const done = await answerOf(client.POST("/api/v1/threads/conversations/restart", { body: { conversations } }));
  return done.words;
}
