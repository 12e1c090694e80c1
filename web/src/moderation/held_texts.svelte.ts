import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import { getHeldTexts } from "./api";
import type { HeldText } from "./types";

/** The texts that one block keeps, newest first. */
export class HeldTexts {
  list = $state.raw<HeldText[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoadingMore = $state(false);
  #cursor = $state<string | null>(null);
  readonly #blockId: string;

  constructor(blockId: string) {
    this.#blockId = blockId;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      const page = await getHeldTexts(this.#blockId, null);
      this.list = page.texts;
      this.#cursor = page.next_cursor;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    if (this.#cursor === null || this.isLoadingMore) return;
    this.isLoadingMore = true;
    try {
      const page = await getHeldTexts(this.#blockId, this.#cursor);
      this.list = [...(this.list ?? []), ...page.texts];
      this.#cursor = page.next_cursor;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    } finally {
      this.isLoadingMore = false;
    }
  }
}
