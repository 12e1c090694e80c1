import { app } from "./api";

const SHELF = `pawline signing out of ${app}`;

/** For browsers that refuse storage: then it is known as long as the page. */
let noted: string | null = null;

/** Whose sign-out the server has still to hear of. In a storage that answers at once: the page may be closed with the next touch. */
export function dueSignOut(): string | null {
  try {
    return localStorage.getItem(SHELF) ?? noted;
  } catch {
    return noted;
  }
}

export function noteSignOut(personId: string): void {
  noted = personId;
  try {
    localStorage.setItem(SHELF, personId);
  } catch {
    // See above.
  }
}

export function forgetSignOut(): void {
  noted = null;
  try {
    localStorage.removeItem(SHELF);
  } catch {
    // See above.
  }
}

/** Called with who has signed out in another tab of this browser. */
export function onSignOutElsewhere(listen: (personId: string) => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== SHELF) return;
    noted = newValue;
    if (newValue !== null) listen(newValue);
  });
}
