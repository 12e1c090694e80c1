import { asProblem, type Problem } from "$/platform/api";
import type { FoundMessage } from "$/platform/types";
import { searchMessages } from "./api";

const PAUSE_MS = 200;

/** What is being searched for in one thread, as it is typed. An answer to older words never replaces a newer one. */
export class MessageSearch {
  readonly threadId: string;
  query = $state("");
  found = $state.raw<FoundMessage[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLooking = $state(false);
  #nextCursor: string | null = $state(null);
  #timer = 0;
  #asked = 0;

  constructor(threadId: string) {
    this.threadId = threadId;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#asked += 1;
    if (query.trim() === "") {
      this.found = null;
      this.problem = null;
      this.isLooking = false;
      return;
    }
    this.isLooking = true;
    this.#timer = window.setTimeout(() => void this.look(), PAUSE_MS);
  }

  look(): Promise<void> {
    return this.#ask(null);
  }

  more(): Promise<void> {
    return this.#ask(this.#nextCursor);
  }

  async #ask(cursor: string | null): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.isLooking = true;
    try {
      const page = await searchMessages(this.threadId, this.query, cursor);
      if (asked !== this.#asked) return;
      this.found = cursor === null ? page.messages : [...(this.found ?? []), ...page.messages];
      this.#nextCursor = page.next_cursor;
      this.problem = null;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
    if (asked === this.#asked) this.isLooking = false;
  }
}
