/** A smaller difference is the answer's way here, and its time in whole seconds. */
const TOLERATED_MS = 60_000;

/**
 * The present moment, told twice a minute, so that "2m" on the screen grows old by itself. A phone's own clock may be a
 * day off; the server's answers say so, and what is called today is what the server calls today.
 */
class Clock {
  now = $state(Date.now());
  #offMs = 0;

  constructor() {
    setInterval(this.#look, 30_000);
    document.addEventListener("visibilitychange", this.#look); // the timers of a page in the background sleep
  }

  /** `date` is the header of an answer that was made just now. */
  hear(date: string | null): void {
    const offMs = Date.parse(date ?? "") - Date.now();
    if (Number.isNaN(offMs) || Math.abs(offMs - this.#offMs) < TOLERATED_MS) return;
    this.#offMs = Math.abs(offMs) < TOLERATED_MS ? 0 : offMs;
    this.#look();
  }

  #look = (): void => {
    this.now = Date.now() + this.#offMs;
  };
}

export const clock = new Clock();
