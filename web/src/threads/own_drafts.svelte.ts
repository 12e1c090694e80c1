import { untrack } from "svelte";
import { asProblem } from "$/platform/api";
import { live } from "$/platform/live";
import { getDraftPlaces } from "./api";

const RELOAD_PAUSE_MS = 400;

/** In which threads whoever is signed in has begun to write, on whichever device. */
class OwnDrafts {
  #places = $state.raw<ReadonlySet<string>>(new Set());
  readonly #threads = $derived(new Set([...this.#places].map((each) => each.slice(0, each.indexOf(" ")))));
  #asked = 0;
  #timer = 0;

  has(threadId: string): boolean {
    return this.#threads.has(threadId);
  }

  /** Until the returned function is called. */
  follow(me: string): () => void {
    const stops = [
      live.onOpen(() => void this.#load()),
      live.onDraft((draft) => this.#change(`${draft.thread_id} ${draft.place}`, draft.revision > 0)),
      live.onChanges(({ thread_id, messages }) => {
        // Posted, perhaps by a page that was closed before it could say that the draft is over.
        if (this.has(thread_id) && messages.some((each) => each.author_id === me)) this.#loadSoon();
      }),
    ];
    untrack(() => void this.#load());
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timer);
      this.#asked++;
      this.#places = new Set();
    };
  }

  #change(place: string, isThere: boolean): void {
    this.#asked++; // an answer that is under way may not have it in
    const places = new Set(this.#places);
    if (isThere) places.add(place);
    else places.delete(place);
    this.#places = places;
    this.#loadSoon();
  }

  #loadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(), RELOAD_PAUSE_MS);
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const places = await getDraftPlaces();
      if (asked === this.#asked) this.#places = new Set(places.map((each) => `${each.thread_id} ${each.place}`));
    } catch (error) {
      asProblem(error); // the next connection asks again
    }
  }
}

export const ownDrafts = new OwnDrafts();
