import { session } from "$/platform/session.svelte";

/** Whether whoever is signed in may read what deleted messages said, and erase it. The server has the last word. */
export const mayReadDeleted = (): boolean => ["administrator", "practice_owner"].includes(session.person?.role ?? "");

/** What they choose; owners never see it. */
export const SHOW_DELETED = "Show what it said";
export const ERASE = "Erase for good";
