import { asProblem } from "$/platform/api";
import { session } from "$/platform/session.svelte";
import { tellTouch } from "./api";
import { noteTouch, touchedAnywhere } from "./touched";

/** A moment later than the server, so that it is seldom asked in vain. */
const HIDES_AFTER_MS = 600_000 + 2_000;
const TELL_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
const TOUCHES = ["pointermove", "pointerdown", "wheel", "keydown"] as const;

/** Hides a shared computer that nobody touches, and tells the server while somebody does: about once a minute, never what. */
export class DeskWatch {
  #touchedAt = Date.now();
  #toldTouch = 0;
  #toldAt = 0;

  /** Until the end is called. */
  follow(): () => void {
    this.#toldTouch = this.#touchedAt = Date.now(); // that the page has opened is nobody's touch
    const looking = setInterval(this.#look, LOOK_EVERY_MS);
    for (const touch of TOUCHES) addEventListener(touch, this.#touched, { capture: true, passive: true });
    document.addEventListener("visibilitychange", this.#look); // the timers of a page in the background sleep
    return () => {
      clearInterval(looking);
      for (const touch of TOUCHES) removeEventListener(touch, this.#touched, { capture: true });
      document.removeEventListener("visibilitychange", this.#look);
    };
  }

  #touched = (): void => {
    if (!this.#isLeft()) this.#touchedAt = Date.now(); // whoever opens the lid finds it locked
    this.#look();
  };

  #look = (): void => {
    if (this.#isLeft()) session.hide();
    else this.#tell();
  };

  #tell(): void {
    const now = Date.now();
    if (this.#touchedAt === this.#toldTouch || now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldTouch = this.#touchedAt;
    this.#toldAt = now;
    noteTouch(this.#touchedAt);
    // Without an answer the next touch tells; a lock shows itself.
    tellTouch(Math.floor((now - this.#touchedAt) / 1000)).catch(asProblem);
  }

  #isLeft(): boolean {
    return Date.now() - Math.max(this.#touchedAt, touchedAnywhere()) >= HIDES_AFTER_MS;
  }
}
