import { eraseFamily, getFamilyErasure } from "./api";
import type { FamilyErasure } from "./types";

/** How far the erasure of one family has come. */
export class FamilyErasing {
  erasure = $state.raw<FamilyErasure | null>(null);
  #asked = 0;

  constructor(readonly familyId: string) {}

  /** What cannot be had now is asked for again with the next change of the thread. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const found = await getFamilyErasure(this.familyId);
      if (asked === this.#asked) this.erasure = found;
    } catch {
      return;
    }
  }

  async begin(family_name: string, reason: string): Promise<void> {
    const begun = await eraseFamily(this.familyId, { family_name, reason });
    this.#asked++;
    this.erasure = begun;
  }
}

/** In whole percent; all of it only when nothing else is left either. */
export function percentOf({ messages, erased, finished_at }: FamilyErasure): number {
  if (finished_at !== null) return 100;
  return messages === 0 ? 0 : Math.min(99, Math.floor((erased / messages) * 100));
}
