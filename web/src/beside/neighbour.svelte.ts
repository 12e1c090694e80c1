import { untrack } from "svelte";
import { MediaQuery } from "svelte/reactivity";
import { ThreadDesk } from "$/threads/desk.svelte";
import { openThread } from "$/threads/open_threads.svelte";

/** With less, neither of the two threads could be read. */
const ROOM = "(min-width: 1440px)";

/** The second thread of a family, side by side with the first. It goes with the first one, and when it is no longer ours to see. */
export class Neighbour {
  readonly #me: string;
  readonly #first: () => ThreadDesk | null;
  readonly #room = new MediaQuery(ROOM);
  #chosen = $state<string | null>(null);
  readonly id: string | null = $derived.by(() => {
    const all = this.#first()?.beside.all ?? [];
    const isThere = this.hasRoom && all.some(({ row }) => row.thread_id === this.#chosen);
    return isThere ? this.#chosen : null;
  });
  readonly desk: ThreadDesk | null = $derived.by(() =>
    this.id === null ? null : new ThreadDesk(openThread(this.id, this.#me)),
  );
  #shownBefore: string | null = null;
  #isReached = false;

  constructor(me: string, first: () => ThreadDesk | null) {
    this.#me = me;
    this.#first = first;
  }

  get hasRoom(): boolean {
    return this.#room.current;
  }

  /** The reader has focused or touched something of either pane. Closing a menu, or leaving a composer, focuses nothing. */
  reach(target: EventTarget | null): void {
    this.#isReached = target instanceof Element && target.closest("[data-neighbour]") !== null;
  }

  /** The thread in which the reader was last: keys act on that one. */
  atHand(): ThreadDesk | null {
    return (this.#isReached ? this.desk : null) ?? this.#first();
  }

  show(threadId: string | null): void {
    this.#chosen = threadId;
    this.#isReached = false;
    const first = this.#first();
    if (threadId === null) first?.write(first.mode); // where the reader goes on
  }

  /** For a key: the first of the others, or none. */
  toggle(): void {
    if (this.id !== null) this.show(null);
    else this.show(this.#first()?.beside.all?.[0]?.row.thread_id ?? null);
  }

  /** For an effect: going on with the second thread alone, the pane that leaves the screen closes what both show. */
  follow(): void {
    const before = this.#shownBefore;
    this.#shownBefore = this.id;
    if (this.id === null) this.#isReached = false;
    const first = untrack(() => this.#first());
    if (before !== null && before !== this.id && before === first?.thread.id) untrack(() => first.thread.open());
  }
}
