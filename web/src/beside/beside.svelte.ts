import { createContext } from "svelte";
import { asProblem, type Problem, Refusal } from "$/platform/api";
import { live } from "$/platform/live";
import { session } from "$/platform/session.svelte";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import type { Changes } from "$/platform/types";
import type { ThreadStore } from "$/threads/store.svelte";
import { getBeside, type ThreadBeside } from "./api";
import { applyChangesBeside, mergeBeside } from "./reduce";

const RELOAD_PAUSE_MS = 400;

/** What the family of a thread has with the practice's other clinics, as far as this person may see it. Live while followed. */
export class ThreadsBeside {
  readonly thread: ThreadStore;
  /** By the clinics' names; `null` before it is known. */
  all = $state.raw<ThreadBeside[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  #timer = 0;

  constructor(thread: ThreadStore) {
    this.thread = thread;
  }

  at(clinicId: string): ThreadBeside | null {
    return this.all?.find(({ row }) => row.clinic_id === clinicId) ?? null;
  }

  follow(): () => void {
    // Whoever works at one clinic sees no thread of another.
    if ((session.view?.clinics.length ?? 0) < 2) return () => {};
    const stops = [live.onChanges((changes) => this.#receive(changes)), live.onOpen(() => void this.load())];
    stops.push(live.onThreadAnew(() => this.#reloadSoon()));
    void this.#showKept();
    void this.load();
    return () => {
      clearTimeout(this.#timer);
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    try {
      this.all = mergeBeside(this.all ?? [], await getBeside(this.thread.id));
      this.problem = null;
      void keepAnswer(this.#keptAs, this.all);
    } catch (error) {
      const problem = asProblem(error);
      if (problem instanceof Refusal && problem.status === 404) {
        this.all = null; // no longer ours to see
        void keepAnswer(this.#keptAs, null);
      } else this.problem = problem;
    }
  }

  get #keptAs(): string {
    return `${this.thread.me} beside ${this.thread.id}`;
  }

  async #showKept(): Promise<void> {
    const kept = await loadAnswer<ThreadBeside[]>(this.#keptAs);
    this.all ??= kept;
  }

  #receive(changes: Changes): void {
    if (changes.thread_id === this.thread.id || changes.family_id !== this.thread.state?.family.id) return;
    const changed = applyChangesBeside(this.all ?? [], changes, this.thread.me);
    if (changed === null) this.#reloadSoon();
    else this.all = changed;
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), RELOAD_PAUSE_MS);
  }
}

export const [useBeside, provideBeside] = createContext<ThreadsBeside>();
