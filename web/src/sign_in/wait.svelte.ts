import { say } from "./english";
/** Counts seconds down for the eye; the server keeps the real lock. */
export class Wait {
  secondsLeft = $state(0);
  #endsAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  start(seconds: number): void {
    clearInterval(this.#timer);
    this.secondsLeft = seconds;
    if (seconds <= 0) return;
    this.#endsAt = Date.now() + seconds * 1000;
    this.#timer = setInterval(() => this.#tick(), 500);
  }

  get words(): string {
    return waitWords(this.secondsLeft);
  }

  #tick(): void {
    this.secondsLeft = Math.max(0, Math.ceil((this.#endsAt - Date.now()) / 1000));
    if (this.secondsLeft === 0) clearInterval(this.#timer);
  }
}

/** "25 seconds", "2 minutes": rounded up, so that nobody tries a moment too early. */
export function waitWords(seconds: number): string {
  return seconds < 60 ? say.seconds(seconds) : say.minutes(Math.ceil(seconds / 60));
}
