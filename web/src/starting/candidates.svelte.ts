import { asProblem, type Problem } from "$/platform/api";
import { type Candidate, type CandidatePage, getCandidates, type Way } from "./api";

const PAUSE_MS = 150;

/** Whom somebody looks for as they type, page by page, and the one that the arrow keys have reached. */
export class Candidates {
  readonly way: Way;
  query = $state("");
  found = $state.raw<Candidate[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  reached = $state(0);
  isLoadingMore = $state(false);
  #clinicId: string;
  #cursor = $state<string | null>(null);
  #asked = 0;
  #timer = 0;

  constructor(way: Way, clinicId: string) {
    this.way = way;
    this.#clinicId = clinicId;
    void this.load();
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get atKeys(): Candidate | null {
    return this.found?.[this.reached] ?? null;
  }

  type(text: string): void {
    this.query = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), PAUSE_MS);
  }

  /** Past the last line stands the first one, and the other way round. */
  step(by: 1 | -1): void {
    const count = this.found?.length ?? 0;
    if (count > 0) this.reached = (this.reached + by + count) % count;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.problem = null;
    try {
      const page = await this.#page(null);
      if (asked !== this.#asked) return; // something else has been asked for meanwhile
      [this.found, this.#cursor, this.reached] = [page.candidates, page.next_cursor, 0];
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    const asked = this.#asked;
    this.isLoadingMore = true;
    try {
      const page = await this.#page(this.#cursor);
      if (asked !== this.#asked) return;
      this.found = [...(this.found ?? []), ...page.candidates];
      this.#cursor = page.next_cursor;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    } finally {
      this.isLoadingMore = false;
    }
  }

  /** What was typed last, not what the list still shows, is what Enter means. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#shownFor !== this.query) await this.load();
  }

  #shownFor = "";

  async #page(cursor: string | null): Promise<CandidatePage> {
    const q = this.query;
    const page = await getCandidates(this.way, { clinic_id: this.#clinicId, q: q.trim(), cursor });
    this.#shownFor = q;
    return page;
  }
}
