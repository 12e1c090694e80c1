import { asProblem, Offline, type Problem, wordsOf } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { live } from "$/platform/live";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import { toasts } from "$/platform/toasts.svelte";
import { confirmVisit, loadVisits, takeBackAnswer } from "./api";
import { say } from "./english";
import type { VisitsView, VisitView } from "./types";

type Kept = { visits: VisitsView; loadedAt: string };

/** A family's visits, and since when they are known. */
export class VisitList {
  view = $state.raw<VisitsView | null>(null);
  loadedAt = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  busyWith = $state<string | null>(null);
  #asked = 0;

  constructor(readonly personId: string) {}

  get #shelf(): string {
    return `visits of ${this.personId}`;
  }

  /** Until the returned function is called. */
  follow(): () => void {
    const stops = [live.onOpen(() => void this.load()), live.onSchedule(() => void this.load())];
    void this.#showKept();
    void this.load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const visits = await loadVisits();
      if (asked !== this.#asked) return;
      this.#show({ visits, loadedAt: new Date(clock.now).toISOString() });
      this.problem = null;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }

  confirm(visit: VisitView): Promise<void> {
    return this.#answer(visit.id, confirmVisit);
  }

  takeBack(visit: VisitView): Promise<void> {
    return this.#answer(visit.id, takeBackAnswer);
  }

  /** `visit` is what the server says of it now. */
  put(visit: VisitView): void {
    if (this.view === null) return;
    const coming = this.view.coming.map((each) => (each.id === visit.id ? visit : each));
    this.#show({ visits: { ...this.view, coming }, loadedAt: new Date(clock.now).toISOString() });
  }

  async #answer(id: string, act: (id: string) => Promise<VisitView>): Promise<void> {
    this.busyWith = id;
    try {
      this.put(await act(id));
    } catch (error) {
      const problem = asProblem(error);
      // Nothing is answered later by itself: by then the time may be somebody else's.
      toasts.show(problem instanceof Offline ? say.needsConnection : wordsOf(problem));
      if (!(problem instanceof Offline)) void this.load();
    } finally {
      this.busyWith = null;
    }
  }

  #show(kept: Kept): void {
    this.view = kept.visits;
    this.loadedAt = kept.loadedAt;
    void keepAnswer(this.#shelf, kept);
  }

  async #showKept(): Promise<void> {
    const kept = await loadAnswer<Kept>(this.#shelf);
    if (kept === null || this.view !== null) return;
    this.view = kept.visits;
    this.loadedAt = kept.loadedAt;
  }
}
