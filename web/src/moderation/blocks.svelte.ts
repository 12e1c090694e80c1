import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { session } from "$/platform/session.svelte";
import { toasts } from "$/platform/toasts.svelte";
import { blockPerson, getBlocks, unblockPerson } from "./api";
import { say } from "./english";
import type { Block } from "./types";

/** Whom the signed-in person wants to hear no more from. */
class Blocks {
  #known = $state.raw<{ of: string; list: Block[] } | null>(null);
  problem = $state.raw<Problem | null>(null);

  /** `null` until it is loaded. */
  get list(): Block[] | null {
    return this.#known !== null && this.#known.of === this.#me ? this.#known.list : null;
  }

  has(personId: string): boolean {
    return this.list?.some((each) => each.person_id === personId) ?? false;
  }

  /** Ask once; after that this page knows by itself. */
  async know(): Promise<void> {
    if (this.list === null) await this.load();
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      this.#show(await getBlocks());
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  /** Whether it is done; if not, a toast says why. */
  async block(person: { id: string; name: string }): Promise<boolean> {
    return this.#attempt(say.blocked(person.name), async () => {
      const block = await blockPerson(person.id);
      this.#show([...this.#others(person.id), block]);
    });
  }

  async unblock(person: { id: string; name: string }): Promise<boolean> {
    return this.#attempt(say.unblocked(person.name), async () => {
      await unblockPerson(person.id);
      this.#show(this.#others(person.id));
    });
  }

  async #attempt(done: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      toasts.show(done);
      return true;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
      return false;
    }
  }

  get #me(): string {
    return session.person?.id ?? "";
  }

  #others(personId: string): Block[] {
    return (this.list ?? []).filter((each) => each.person_id !== personId);
  }

  #show(list: Block[]): void {
    this.#known = { of: this.#me, list: [...list].sort((a, b) => a.name.localeCompare(b.name)) };
  }
}

export const blocks = new Blocks();
