const SHELF = "pawline shared computer";

/** What was said of this computer at the last sign-in, so that the next colleague need not say it again. */
export function isRememberedAsShared(): boolean {
  try {
    return localStorage.getItem(SHELF) !== null;
  } catch {
    return false;
  }
}

export function rememberAsShared(isShared: boolean): void {
  try {
    if (isShared) localStorage.setItem(SHELF, "yes");
    else localStorage.removeItem(SHELF);
  } catch {
    // Storage may be refused; then it is asked each time.
  }
}
