import { session } from "./session.svelte";

const KEPT_WITHIN_MS = 1000;
const waiting = new Set<Keeping>();

/**
 * Writes something to storage a moment after it changed, once for all that changed meanwhile; and at once when the page is
 * left or hidden, because a phone ends an app without another word.
 */
export class Keeping {
  #timer = 0;
  #copies = 0;

  /** What `personId` has read is not written any more once they are signed out, or may see less. */
  constructor(
    readonly personId: string,
    readonly keep: () => void,
  ) {}

  soon(): void {
    if (waiting.has(this)) return;
    waiting.add(this);
    this.#copies = session.copies;
    this.#timer = window.setTimeout(() => this.now(), KEPT_WITHIN_MS);
  }

  now(): void {
    clearTimeout(this.#timer);
    const isOfOld = waiting.delete(this) && this.#copies !== session.copies;
    if (session.person?.id === this.personId && !isOfOld) this.keep();
  }
}

function keepAll(): void {
  for (const each of [...waiting]) each.now();
}

addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepAll();
});
