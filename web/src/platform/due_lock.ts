import { app } from "./api";

const SHELF = `pawline locking ${app}`;

/** For browsers that refuse storage: then it is known as long as the page. */
let noted = false;

/** Whether the server has still to hear that somebody locked this shared computer. */
export function isLockDue(): boolean {
  try {
    return localStorage.getItem(SHELF) !== null || noted;
  } catch {
    return noted;
  }
}

export function noteLock(): void {
  noted = true;
  try {
    localStorage.setItem(SHELF, "due");
  } catch {
    // See above.
  }
}

export function forgetLock(): void {
  noted = false;
  try {
    localStorage.removeItem(SHELF);
  } catch {
    // See above.
  }
}

/** Called when this shared computer was locked in another tab of this browser. */
export function onLockElsewhere(listen: () => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== SHELF) return;
    noted = newValue !== null;
    if (noted) listen();
  });
}
