const SHELF = "pawline desk touched";

/** When somebody last touched any tab of this browser, as far as it is known; 0 when it is not. */
export function touchedAnywhere(): number {
  try {
    return Number(localStorage.getItem(SHELF)) || 0;
  } catch {
    return 0;
  }
}

export function noteTouch(at: number): void {
  try {
    localStorage.setItem(SHELF, String(at));
  } catch {
    // Storage may be refused; then each tab counts for itself, and the server for all.
  }
}

/** Called when another tab was touched, or unlocked. */
export function onTouchElsewhere(act: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === SHELF) act();
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}
