import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";

export interface PickedClient {
  contactId: string;
  name: string;
  familyName: string;
  at: string;
  byName: string;
}

export interface PickedPage {
  clients: PickedClient[];
  cursor: string | null;
}

/** What a list is of, and how it is changed; `added` and `removed` are what the toast says. */
export interface Picking {
  page: (cursor: string | null) => Promise<PickedPage>;
  add: (contactId: string) => Promise<unknown>;
  remove: (contactId: string) => Promise<unknown>;
  added: (name: string) => string;
  removed: (name: string) => string;
}

/** Clients whom an administrator has picked for something, newest first. */
export class PickedClients {
  list = $state.raw<PickedClient[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  #cursor = $state<string | null>(null);

  constructor(readonly picking: Picking) {}

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      const page = await this.picking.page(null);
      [this.list, this.#cursor] = [page.clients, page.cursor];
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    try {
      const page = await this.picking.page(this.#cursor);
      [this.list, this.#cursor] = [[...(this.list ?? []), ...page.clients], page.cursor];
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
  }

  async add(contactId: string, name: string): Promise<void> {
    await this.#change(this.picking.add(contactId), this.picking.added(name));
  }

  async remove(contactId: string, name: string): Promise<void> {
    await this.#change(this.picking.remove(contactId), this.picking.removed(name));
  }

  async #change(act: Promise<unknown>, words: string): Promise<void> {
    try {
      await act;
      toasts.show(words);
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
    await this.load();
  }
}
