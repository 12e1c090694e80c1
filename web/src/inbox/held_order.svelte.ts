import type { InboxRow } from "$/platform/types";

const HOLD_MS = 3_000;
const LONGEST_MS = 15_000;

/**
 * Which rows stand where, while somebody is about to choose one: a message that comes at that moment must not put another
 * family under the pointer. What the rows say goes on changing. It ends by itself a moment after the last movement.
 */
export class HeldOrder {
  #ids = $state.raw<string[] | null>(null);
  #since = 0;
  #timer = 0;

  hold(shown: InboxRow[]): void {
    if (shown.length === 0) return;
    if (this.#ids === null) {
      this.#ids = shown.map((row) => row.thread_id);
      this.#since = Date.now();
    }
    clearTimeout(this.#timer);
    const left = this.#since + LONGEST_MS - Date.now();
    this.#timer = window.setTimeout(() => this.release(), Math.min(HOLD_MS, left));
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#ids = null;
  }

  /** A further page comes below. */
  append(rows: InboxRow[]): void {
    if (this.#ids !== null) this.#ids = [...new Set([...this.#ids, ...rows.map((row) => row.thread_id)])];
  }

  /** `known`: what there is of all threads; `fitting`: what would be shown by itself, and in which order. */
  arrange(fitting: InboxRow[], known: InboxRow[]): InboxRow[] {
    if (this.#ids === null) return fitting;
    const rows = new Map(known.map((row) => [row.thread_id, row]));
    return this.#ids.flatMap((id) => rows.get(id) ?? []);
  }
}
