const NEAR_PX = 80;
const LOAD_OLDER_PX = 500;
/** So much of a message must show before it counts as seen: about its first line. */
const SEEN_PX = 28;

type Intents = { onReachTop: () => void; onSeen: (seq: number) => void };

/**
 * Where the reader is in a list that grows at both ends: nothing may jump.
 *
 * At the foot it follows what arrives; further up it stays at what is being read, also when older messages load above.
 */
export class ScrollHold {
  isAtFoot = $state(true);
  #box: HTMLElement | null = null;
  #heightBefore = 0;
  #intents: Intents;

  constructor(intents: Intents) {
    this.#intents = intents;
  }

  attach = (box: HTMLElement) => {
    this.#box = box;
    const controller = new AbortController();
    const look = () => this.look();
    box.addEventListener("scroll", look, { signal: controller.signal, passive: true });
    addEventListener("focus", look, { signal: controller.signal });
    document.addEventListener("visibilitychange", look, { signal: controller.signal });
    const resized = new ResizeObserver(() => this.isAtFoot && this.toFoot());
    resized.observe(box);
    if (box.firstElementChild !== null) resized.observe(box.firstElementChild); // a late picture makes the list longer
    return () => {
      resized.disconnect();
      controller.abort();
      this.#box = null;
    };
  };

  beforeChange(): void {
    this.#heightBefore = this.#box?.scrollHeight ?? 0;
  }

  /** `above`: the list grew at its head, so everything in view has moved down by as much. */
  afterChange({ above }: { above: boolean }): void {
    if (this.#box === null) return;
    if (above) this.#box.scrollTop += this.#box.scrollHeight - this.#heightBefore;
    else if (this.isAtFoot) this.toFoot();
    this.look();
  }

  toFoot(): void {
    if (this.#box !== null) this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** Begin at the first new message when it would be out of view at the foot. */
  begin(): void {
    this.toFoot();
    const mark = this.#box?.querySelector<HTMLElement>("[data-first-unread]");
    if (this.#box && mark && mark.offsetTop < this.#box.scrollTop) this.#box.scrollTop = mark.offsetTop - NEAR_PX;
    this.look();
  }

  look(): void {
    const box = this.#box;
    if (box === null) return;
    this.isAtFoot = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (box.scrollTop < LOAD_OLDER_PX) this.#intents.onReachTop();
    if (document.visibilityState === "visible" && document.hasFocus()) this.#tellSeen(box);
  }

  #tellSeen(box: HTMLElement): void {
    const foot = box.scrollTop + box.clientHeight;
    const entries = [...box.querySelectorAll<HTMLElement>("[data-seq]")].reverse();
    const seen = entries.find((entry) => entry.offsetTop + SEEN_PX < foot);
    if (seen?.dataset["seq"] !== undefined) this.#intents.onSeen(Number(seen.dataset["seq"]));
  }
}
