import { live } from "./live";

const TELL_EVERY_MS = 60_000;
const TOUCHES = ["pointermove", "pointerdown", "wheel", "keydown", "focus"] as const;

/**
 * Tells the server while somebody uses this screen, so that one that is left on a desk does not count as a person.
 * Nothing is told of what they do, and nothing while they do nothing.
 */
export class AtHand {
  #touchedAt = Date.now();
  #toldAt = 0;

  /** Until the end is called. */
  follow(): () => void {
    this.#touchedAt = Date.now();
    const stop = live.onOpen(() => this.#tell());
    for (const touch of TOUCHES) addEventListener(touch, this.#touched, { capture: true, passive: true });
    document.addEventListener("visibilitychange", this.#seen);
    this.#tell();
    return () => {
      stop();
      for (const touch of TOUCHES) removeEventListener(touch, this.#touched, { capture: true });
      document.removeEventListener("visibilitychange", this.#seen);
    };
  }

  #seen = (): void => {
    if (document.visibilityState === "visible") this.#touched();
  };

  #touched = (): void => {
    this.#touchedAt = Date.now();
    if (this.#touchedAt - this.#toldAt >= TELL_EVERY_MS) this.#tell();
  };

  #tell(): void {
    this.#toldAt = Date.now();
    live.tellAtHand(Math.floor((this.#toldAt - this.#touchedAt) / 1000));
  }
}
