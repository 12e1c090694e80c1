import { app } from "./api";

const SHELF = `pawline keeps for ${app}`;

/** For browsers that refuse storage: then nothing is kept beyond the page. */
let noted: string | null = null;

/** Whose copies and drafts this browser keeps; for all of its tabs. */
export function keptFor(): string | null {
  try {
    return localStorage.getItem(SHELF) ?? noted;
  } catch {
    return noted;
  }
}

export function noteKeptFor(personId: string): void {
  noted = personId;
  try {
    localStorage.setItem(SHELF, personId);
  } catch {
    // See above.
  }
}
