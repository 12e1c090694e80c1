/** The threads of one family with other clinics, and how changes move them. Pure. */
import { applyChangesToRow } from "$/inbox/reduce";
import type { Changes } from "$/platform/types";
import type { ThreadBeside } from "./api";

/** The same ones after a change; `null` when something in between is missing, or one of them is new. */
export function applyChangesBeside(known: ThreadBeside[], changes: Changes, me: string): ThreadBeside[] | null {
  const changed = known.find(({ row }) => row.thread_id === changes.thread_id);
  const row = changed === undefined ? null : applyChangesToRow(changed.row, changes, me);
  if (changed === undefined || row === null) return null;
  return row === changed.row ? known : known.map((each) => (each === changed ? { ...each, row } : each));
}

/** What an answer says, unless a live frame has told something newer while it was on its way. */
export function mergeBeside(known: ThreadBeside[], fresh: ThreadBeside[]): ThreadBeside[] {
  return fresh.map((each) => {
    const old = known.find(({ row }) => row.thread_id === each.row.thread_id);
    return old !== undefined && old.row.revision > each.row.revision ? { ...each, row: old.row } : each;
  });
}
