const SHELF = "pawline passkey offered";

/** Once on each device for each person; it outlasts signing out, or they would be asked each time they come back. */
export function isOffered(personId: string): boolean {
  return !answered().includes(personId);
}

export function neverOfferAgain(personId: string): void {
  try {
    localStorage.setItem(SHELF, [...new Set([...answered(), personId])].join(" "));
  } catch {
    // Storage may be refused; then we ask again.
  }
}

function answered(): string[] {
  try {
    return localStorage.getItem(SHELF)?.split(" ") ?? [];
  } catch {
    return [];
  }
}
