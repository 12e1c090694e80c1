/** Where a staff member can write in a thread: to the app, or by text to one of the family's numbers. Pure. */
import type { ConversationView, MessageView } from "$/platform/types";
import type { ThreadState } from "./reduce";

/** `slot` names the draft that is kept for the place. `conversation` is the open one, which in the app may be missing. */
export type Place =
  | { channel: "app"; slot: string; conversation: ConversationView | null }
  | { channel: "sms"; slot: string; conversation: ConversationView; number: string };

export const APP_SLOT = "text";

export function placesOf(state: ThreadState): Place[] {
  const open = state.conversations.filter((each) => each.ended_at === null);
  const texts = open.filter((each) => each.channel === "sms");
  const inApp = open.find((each) => each.channel === "app") ?? null;
  const places = texts.map(
    (conversation): Place => ({
      channel: "sms",
      slot: `text ${conversation.id}`,
      conversation,
      number: conversation.contact_number ?? "",
    }),
  );
  if (inApp === null && !mayUseApp(state)) return places;
  return [{ channel: "app", slot: APP_SLOT, conversation: inApp }, ...places];
}

/** Where the family wrote last, or where the team has begun a conversation since then. */
export function likeliestPlace(places: Place[], messages: MessageView[]): Place | null {
  const last = messages.findLast((message) => message.author_kind === "contact" && message.kind === "text");
  const written = places.find((place) => last !== undefined && isThere(place, last));
  const newest = [...places].sort((a, b) => openedAt(b) - openedAt(a))[0] ?? null;
  if (written === undefined || last === undefined) return newest;
  return newest !== null && openedAt(newest) > Date.parse(last.created_at) ? newest : written;
}

/** Labels say through which channel a message went where that is not plain: always for texts, else where both occur. */
export function hasBothChannels(conversations: ConversationView[]): boolean {
  return new Set(conversations.map((each) => each.channel)).size > 1;
}

/** Somebody has an address to sign in with, or has written there; a guest who only texts has not. */
function mayUseApp(state: ThreadState): boolean {
  const hasTexted = state.conversations.some((each) => each.channel === "sms");
  const hasChatted = state.conversations.some((each) => each.channel === "app");
  return !hasTexted || hasChatted || state.family.contacts.some((contact) => contact.email !== null);
}

function isThere(place: Place, message: MessageView): boolean {
  return place.channel === "app" ? message.channel === "app" : place.conversation.id === message.conversation_id;
}

function openedAt(place: Place): number {
  return place.conversation === null ? 0 : Date.parse(place.conversation.opened_at);
}
