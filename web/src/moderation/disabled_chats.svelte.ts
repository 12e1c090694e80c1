import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import { disableChat, enableChat, getDisabledChats } from "./api";
import type { DisabledChat } from "./types";

/** For whom app chat is disabled, newest first. */
export class DisabledChats {
  list = $state.raw<DisabledChat[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  #cursor = $state<string | null>(null);

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      const page = await getDisabledChats(null);
      [this.list, this.#cursor] = [page.contacts, page.next_cursor];
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    try {
      const page = await getDisabledChats(this.#cursor);
      [this.list, this.#cursor] = [[...(this.list ?? []), ...page.contacts], page.next_cursor];
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
  }

  async disable(contactId: string, name: string): Promise<void> {
    await this.#change(disableChat(contactId), `Chat is disabled for ${name}`);
  }

  async enable(contactId: string, name: string): Promise<void> {
    await this.#change(enableChat(contactId), `${name} can chat again`);
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
