import type { InboxRow } from "$/platform/types";

/** Whose turn it is: the family waits when the last word of an open conversation is theirs; an automatic reply is no answer. */
export function isFamilyWaiting(row: InboxRow): boolean {
  const last = row.last_message;
  const isTheirs = last?.author_kind === "contact" || (last?.author_kind === "system" && last.kind === "text");
  return isTheirs && row.conversation !== null && row.conversation.ended_at === null;
}
