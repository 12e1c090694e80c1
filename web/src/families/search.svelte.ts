import { asProblem, type Problem } from "$/platform/api";
import type { FamilyMatch } from "$/platform/types";
import { findFamilies } from "./api";

const PAUSE_MS = 150;

/** Families by a parent's or a pet's name, as somebody types. */
export class FamilySearch {
  query = $state("");
  matches = $state.raw<FamilyMatch[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  #asked = 0;
  #timer = 0;

  readonly #withGuests: boolean;

  constructor(withGuests = false) {
    this.#withGuests = withGuests;
    void this.load();
  }

  type(text: string): void {
    this.query = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), PAUSE_MS);
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.problem = null;
    try {
      const matches = await findFamilies(this.query.trim(), this.#withGuests);
      if (asked === this.#asked) this.matches = matches;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }
}
