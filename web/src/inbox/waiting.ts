import type { InboxRow } from "$/platform/types";

/** The family waits until a staff member writes to them. Notes, lines of the system and automatic replies are no answer. */
export function isFamilyWaiting(row: InboxRow): boolean {
  return row.waiting_since !== null && row.conversation !== null && row.conversation.ended_at === null;
}
