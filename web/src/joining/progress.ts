import type { CodeAttempt } from "./api";

/** What was typed, and the code that is on its way; a reload in between loses neither. */
export type Progress = {
  first_name: string;
  last_name: string;
  channel: "number" | "email";
  address: string;
  attempt: CodeAttempt | null;
};

const SHELF = "pawline joining";

/** `key` is the code or token somebody came with: another link is another start. */
export function loadProgress(key: string): Progress | null {
  try {
    const kept: { key: string; progress: Progress } | null = JSON.parse(sessionStorage.getItem(SHELF) ?? "null");
    return kept?.key === key ? kept.progress : null;
  } catch {
    return null;
  }
}

export function keepProgress(key: string, progress: Progress): void {
  try {
    sessionStorage.setItem(SHELF, JSON.stringify({ key, progress }));
  } catch {
    // Storage may be refused; then a reload starts anew.
  }
}

export function forgetProgress(): void {
  try {
    sessionStorage.removeItem(SHELF);
  } catch {
    // Nothing was kept.
  }
}
