import { live } from "$/platform/live";
import { asProblem, type Problem } from "$/platform/problems";
import { loadInvitations, type VetInvitation } from "./api";

/** The latest invitation of each pet of the signed-in owner, for all cards together. */
class OwnInvitations {
  #latest = $state.raw<VetInvitation[]>([]);
  problem = $state.raw<Problem | null>(null);
  #followers = 0;
  #stop: (() => void) | null = null;

  of(petId: string): VetInvitation | null {
    return this.#latest.find(({ pet_id }) => pet_id === petId) ?? null;
  }

  /** Kept fresh until the returned function was called by everybody who follows. */
  follow(): () => void {
    this.#followers += 1;
    if (this.#followers === 1) {
      this.#stop = live.onOpen(() => void this.load());
      void this.load();
    }
    return () => {
      this.#followers -= 1;
      if (this.#followers > 0) return;
      this.#stop?.();
      this.#latest = []; // somebody else may sign in on this page
    };
  }

  async load(): Promise<void> {
    try {
      this.#latest = await loadInvitations();
      this.problem = null;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }
}

export const ownInvitations = new OwnInvitations();
