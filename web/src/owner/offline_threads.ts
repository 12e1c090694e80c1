import { asProblem } from "$/platform/api";
import { session } from "$/platform/session.svelte";
import { keepSnapshot, loadSnapshot } from "$/platform/storage";
import type { OwnedThread } from "$/platform/types";
import { getThread } from "$/threads/api";

const IDLE_AFTER_MS = 5000;
const THREADS_FETCHED = 10;

/** Has what was written on the device, also of threads that were not opened there: to be read without a network. */
export class OfflineThreads {
  #timer = 0;

  constructor(readonly personId: string) {}

  /** Once nothing has changed for a moment; what is on the screen comes first, and keeps itself. */
  fetchSoon(threads: OwnedThread[]): void {
    this.stop();
    this.#timer = window.setTimeout(() => void this.fetchNow(threads), IDLE_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Only loading does not count as reading: that takes a read mark. */
  async fetchNow(threads: OwnedThread[]): Promise<void> {
    try {
      for (const thread of newestFirst(threads).slice(0, THREADS_FETCHED)) await this.#fetch(thread);
    } catch (error) {
      asProblem(error); // the next answer or change tries again
    }
  }

  async #fetch({ thread_id, revision }: OwnedThread): Promise<void> {
    const kept = await loadSnapshot(this.personId, thread_id);
    if (kept !== null && kept.revision >= revision) return;
    const thread = await getThread(thread_id);
    if (session.person?.id === this.personId) await keepSnapshot(this.personId, thread);
  }
}

function newestFirst(threads: OwnedThread[]): OwnedThread[] {
  return [...threads].sort((a, b) => Date.parse(b.last_message_at) - Date.parse(a.last_message_at));
}
