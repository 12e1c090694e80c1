import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { toasts } from "$/platform/toasts.svelte";
import { blockNumber, getPracticeBlocks, getReports, liftPracticeBlock, resolveReport } from "./api";
import type { Outcome, PracticeBlock, Report, ReportState } from "./types";
import { blockedName } from "./words";

const PAGE = 25;

/** Reports of messages, for administrators. The count of open ones follows by itself, the list while it is shown. */
export class Reports {
  openCount = $state(0);
  shown = $state<ReportState>("open");
  list = $state.raw<Report[] | null>(null);
  blocks = $state.raw<PracticeBlock[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoadingMore = $state(false);
  #cursor = $state<string | null>(null);
  #isOnScreen = false;
  #asked = 0;

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  /** Follow what happens until the returned function is called. */
  follow(): () => void {
    const look = () => void this.#look();
    const stops = [live.onReports(look), live.onOpen(look)];
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The list is on the screen until the returned function is called. */
  show(): () => void {
    this.#isOnScreen = true;
    void this.load();
    return () => {
      this.#isOnScreen = false;
    };
  }

  choose(state: ReportState): void {
    if (state === this.shown) return;
    this.shown = state;
    this.list = null;
    void this.load();
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.problem = null;
    try {
      const [page, blocks] = await Promise.all([
        getReports({ state: this.shown, limit: PAGE, cursor: null }),
        getPracticeBlocks(),
      ]);
      if (asked !== this.#asked) return; // another list has been asked for meanwhile
      this.list = page.reports;
      this.#cursor = page.next_cursor;
      this.openCount = page.open_count;
      this.blocks = blocks;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    if (this.#cursor === null || this.isLoadingMore) return;
    const asked = this.#asked;
    this.isLoadingMore = true;
    try {
      const page = await getReports({ state: this.shown, limit: PAGE, cursor: this.#cursor });
      if (asked !== this.#asked) return;
      this.list = [...(this.list ?? []), ...page.reports];
      this.#cursor = page.next_cursor;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    } finally {
      this.isLoadingMore = false;
    }
  }

  /** Throws what the server says when somebody was faster; the list is fresh in any case. */
  async resolve(report: Report, outcome: Outcome, words: string): Promise<void> {
    try {
      await resolveReport(report.id, { outcome, words });
    } finally {
      await this.load();
    }
  }

  /** Throws what the server says when it is no number. */
  async blockNumber(number: string, reason: string): Promise<void> {
    const block = await blockNumber({ contact_number: number, reason });
    toasts.show(`${blockedName(block)} is blocked`);
    await this.load();
  }

  async lift(block: PracticeBlock): Promise<void> {
    try {
      await liftPracticeBlock(block.id);
      const kept = block.held_count > 0 ? ". Texts kept while blocked stay in this list" : "";
      toasts.show(`${blockedName(block)} can write to you again${kept}`);
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
    await this.load();
  }

  async #look(): Promise<void> {
    if (this.#isOnScreen) return this.load();
    try {
      this.openCount = (await getReports({ state: "open", limit: 1, cursor: null })).open_count;
    } catch (error) {
      asProblem(error); // the next frame or reconnection asks again
    }
  }
}
