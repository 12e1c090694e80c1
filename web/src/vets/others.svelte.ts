import { connection } from "$/platform/connection.svelte";
import { live } from "$/platform/live";
import { asProblem, Offline } from "$/platform/problems";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import { loadOthers, type OtherPractice } from "./api";

const EVERY_MS = 60_000;

/** The same person's pets at their other practices, as last seen; live are those of the present one alone. */
export class Others {
  practices = $state.raw<OtherPractice[]>([]);
  isStale = $state(false);

  constructor(readonly personId: string) {}

  /** Looked at again each minute and whenever the app comes to the front, until the returned function is called. */
  follow(): () => void {
    const look = () => {
      if (document.visibilityState === "visible" && !connection.isLost) void this.load();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
    const stop = live.onOpen(look);
    void this.#showKept().then(() => this.load());
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("focus", look);
      stop();
    };
  }

  async load(): Promise<void> {
    try {
      this.practices = await loadOthers();
      this.isStale = false;
      void keepAnswer(this.#shelf, this.practices);
    } catch (error) {
      this.isStale = asProblem(error) instanceof Offline;
    }
  }

  get #shelf(): string {
    return `other practices of ${this.personId}`;
  }

  async #showKept(): Promise<void> {
    const kept = await loadAnswer<OtherPractice[]>(this.#shelf);
    if (kept !== null && this.practices.length === 0) this.practices = kept;
  }
}
