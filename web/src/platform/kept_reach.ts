import { app } from "./api";
import type { SessionView } from "./types";

const SHELF = `pawline reach of ${app}`;

/** For browsers that refuse storage: then it is known as long as the page. */
let noted: string | null = null;

/**
 * Whether a staff member has another role or other clinics than whoever was here last: what is kept may be closed to them.
 * Asked once of each; of a locked computer the server says neither. An owner's family stays the same.
 */
export function hasOtherReach({ person, clinics, can_use_inbox, desk }: SessionView): boolean {
  if (person?.kind !== "staff" || desk?.is_locked) return false;
  const reach = [person.id, person.role, can_use_inbox, ...clinics.map((each) => each.id).sort()].join(" ");
  const isOther = lastReach() !== reach;
  noted = reach;
  try {
    localStorage.setItem(SHELF, reach);
  } catch {
    // See above.
  }
  return isOther;
}

function lastReach(): string | null {
  try {
    return localStorage.getItem(SHELF) ?? noted;
  } catch {
    return noted;
  }
}
