import { asProblem, type Problem } from "$/platform/api";
import { getClients } from "./api";
import type { ClientView } from "./types";

const SEARCH_PAUSE_MS = 180;

/** Clients by name, page by page: of one clinic, or of all one's clinics. */
export class ClientList {
  query = $state("");
  clients = $state.raw<ClientView[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoadingMore = $state(false);
  hasMoreFailed = $state(false);
  #after = $state<string | null>(null);
  #asked = 0;
  #timer = 0;

  constructor(readonly clinicId: string | null = null) {}

  get hasMore(): boolean {
    return this.#after !== null;
  }

  search(text: string): void {
    this.query = text.trimStart();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), SEARCH_PAUSE_MS);
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.problem = null;
    try {
      const page = await getClients(this.query.trim(), null, this.clinicId);
      if (asked !== this.#asked) return; // something else has been asked for meanwhile
      this.clients = page.contacts;
      this.#after = page.next_after;
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    if (this.#after === null || this.isLoadingMore) return;
    const asked = this.#asked;
    this.isLoadingMore = true;
    this.hasMoreFailed = false;
    try {
      const page = await getClients(this.query.trim(), this.#after, this.clinicId);
      if (asked !== this.#asked) return;
      this.clients = [...(this.clients ?? []), ...page.contacts];
      this.#after = page.next_after;
    } catch (error) {
      asProblem(error);
      this.hasMoreFailed = true;
    } finally {
      this.isLoadingMore = false;
    }
  }

  /** A client as they are now, in their old place. */
  show(client: ClientView): void {
    this.clients = this.clients?.map((each) => (each.id === client.id ? client : each)) ?? null;
  }
}
