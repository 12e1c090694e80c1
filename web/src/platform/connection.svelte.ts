import { live } from "./live";

const BLINK_MS = 3000;

/** Whether live updates flow. A blink of a second or two is nobody's business, so `isLost` waits a little. */
class Connection {
  isLost = $state(false);
  #timer: number | null = null;

  constructor() {
    live.onOpen(() => this.#restored());
    live.onSignedOut(() => this.#restored());
    live.onClose(() => this.#missed());
  }

  /** Counted from the loss itself: attempts that fail meanwhile do not put it off. */
  #missed(): void {
    this.#timer ??= window.setTimeout(() => {
      this.isLost = true;
    }, BLINK_MS);
  }

  #restored(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.isLost = false;
  }
}

export const connection = new Connection();
