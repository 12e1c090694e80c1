import { asProblem, type Problem } from "$/platform/api";
import { live } from "$/platform/live";
import { getLabels, type Label } from "./api";

/** The practice's labels, by name. Whoever shows them calls `follow`; they are asked for once, and when they changed. */
class Labels {
  all = $state.raw<Label[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  #asked = 0;

  follow(): () => void {
    if (this.all === null) void this.load();
    const stops = [live.onLabels(() => void this.load()), live.onOpen(() => void this.load())];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const found = await getLabels();
      if (turn === this.#asked) [this.all, this.problem] = [found, null];
    } catch (error) {
      if (turn === this.#asked) this.problem = asProblem(error);
    }
  }

  /** Those that exist, in the order of the list: a deleted one may still stand with a conversation on this screen. */
  of(ids: readonly string[]): Label[] {
    return (this.all ?? []).filter((label) => ids.includes(label.id));
  }
}

export const labels = new Labels();
