import { asProblem } from "$/platform/api";
import { live } from "$/platform/live";
import { session } from "$/platform/session.svelte";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import type { StaffDraft } from "$/platform/types";
import { getDrafts, putDraft } from "./api";
import type { ThreadStore } from "./store.svelte";

/** What this screen and the server last had in common of a draft; `revision` 0: the server had none. */
type Kept = { body: string; revision: number };

/** The words themselves, by the place that they are for. */
type Words = {
  at: (slot: string) => string;
  take: (slot: string, body: string) => void;
  /** Somebody is writing there at this moment. */
  isAtHand: (slot: string) => boolean;
};

const PAUSE_MS = 1000;
const NONE: Kept = { body: "", revision: 0 };

/** Keeps what a staff member writes in a thread on the server as well, and takes over what they write on another device (D16). */
export class DraftSync {
  /** What was written elsewhere meanwhile, where words of this screen stand in its way. */
  others = $state.raw<Record<string, Kept>>({});
  readonly #thread: ThreadStore;
  readonly #words: Words;
  #agreed = new Map<string, Kept>();
  #ofServer: Map<string, Kept> | null = null;
  /** One request after the other: an answer must not be older than what is known. */
  #turn: Promise<unknown> = Promise.resolve();
  #timer = 0;
  #isFollowing = false;

  constructor(thread: ThreadStore, words: Words) {
    this.#thread = thread;
    this.#words = words;
  }

  /** Until the returned function is called, which sends what is not kept yet. */
  follow(): () => void {
    const { id, me } = this.#thread;
    const hidden = () => document.visibilityState === "hidden" && this.#pushAll();
    const stops = [
      live.onOpen(() => this.#pull()),
      live.onDraft(({ thread_id, place, revision }) => {
        if (thread_id === id) this.#inTurn(async () => this.#agreedOn(place).revision !== revision && this.#load());
      }),
      live.onChanges(({ thread_id, messages }) => {
        const mayBePosted = [...this.#agreed.keys()].some((slot) => this.#words.at(slot) !== "");
        if (thread_id === id && mayBePosted && messages.some((each) => each.author_id === me)) this.#pull();
      }),
    ];
    document.addEventListener("visibilitychange", hidden);
    this.#isFollowing = true;
    this.#pull();
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", hidden);
      this.#pushAll();
      this.#isFollowing = false;
    };
  }

  /** Of this device, and of the server as far as it is known by now. */
  async restore(slot: string): Promise<void> {
    const [body, agreed] = await Promise.all([this.#thread.loadDraft(slot), loadAnswer<Kept>(this.#keyOf(slot))]);
    this.#agreed.set(slot, agreed ?? NONE);
    if (this.#words.at(slot) === "") this.#words.take(slot, body);
    this.#mergeAll();
  }

  written(slot: string): void {
    const other = this.others[slot];
    if (other !== undefined) this.#agree(slot, other); // seen, and gone on without it: the last who writes wins
    if (this.#words.at(slot) === "") this.#forget(slot);
    this.pushSoon();
  }

  pushSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isFollowing) this.#timer = window.setTimeout(() => this.#inTurn(() => this.#pushDue()), PAUSE_MS);
  }

  /** The words of the other device in place of these. Returns those that stood here. */
  useOther(slot: string): string {
    const here = this.#words.at(slot);
    const other = this.others[slot];
    if (other !== undefined) this.#takeOver(slot, other);
    return here;
  }

  keepOwn(slot: string): void {
    this.written(slot);
    this.#forget(slot);
  }

  #pull(): void {
    this.#inTurn(() => this.#load());
  }

  async #load(): Promise<void> {
    const drafts = await getDrafts(this.#thread.id);
    this.#ofServer = new Map(drafts.map((each) => [each.place, each]));
    this.#mergeAll();
  }

  #mergeAll(): void {
    if (this.#ofServer === null) return;
    for (const slot of this.#agreed.keys()) this.#merge(slot, this.#ofServer.get(slot) ?? NONE);
    this.pushSoon();
  }

  #merge(slot: string, kept: Kept): void {
    const here = this.#words.at(slot);
    const agreed = this.#agreedOn(slot);
    const isChanged = here !== agreed.body;
    if (kept.revision === agreed.revision) return;
    const isAtHand = this.#words.isAtHand(slot);
    if (here === kept.body || (isChanged && here.startsWith(kept.body))) this.#agree(slot, kept);
    else if (kept.body.startsWith(here) && !isAtHand) this.#takeOver(slot, kept);
    else if (isChanged || (here !== "" && kept.body !== "" && isAtHand)) this.others = { ...this.others, [slot]: kept };
    else this.#takeOver(slot, kept);
    if (kept.body === "") this.#forget(slot);
  }

  #takeOver(slot: string, { body, revision }: Kept): void {
    this.#agree(slot, { body, revision });
    this.#words.take(slot, body);
    this.#thread.keepDraft(body, slot);
    this.#forget(slot);
  }

  #inTurn(act: () => Promise<unknown>): void {
    this.#turn = this.#turn.then(act).catch((error: unknown) => void asProblem(error)); // the next connection tries again
  }

  async #pushDue(): Promise<void> {
    for (const slot of this.#due()) await this.#push(slot);
  }

  /** At once, for the page may be gone before its turn comes. */
  #pushAll(): void {
    clearTimeout(this.#timer);
    for (const slot of this.#due()) void this.#push(slot).catch(asProblem);
  }

  /** What was sent stays a draft until it is stored; what is written after it, begun before, would be taken for a part of it. */
  #due(): string[] {
    if (this.#thread.pending.length > 0) return [];
    return [...this.#agreed.keys()].filter((slot) => {
      const here = this.#words.at(slot);
      const agreed = this.#agreedOn(slot);
      const isAsked = (this.others[slot]?.revision ?? 0) > agreed.revision;
      return here !== agreed.body && !isAsked;
    });
  }

  async #push(slot: string): Promise<void> {
    const body = this.#words.at(slot);
    const { revision } = this.#agreedOn(slot);
    const seen_up_to = this.#thread.messages.at(-1)?.seq ?? 0;
    const kept = await putDraft(this.#thread.id, { place: slot, body, revision, seen_up_to });
    if (this.#isFollowing) this.#pushed(slot, body, kept);
    else if (!kept.is_other) this.#agree(slot, { body, revision: kept.revision });
  }

  #pushed(slot: string, body: string, kept: StaffDraft): void {
    if (kept.is_other) {
      this.#merge(slot, kept);
      return;
    }
    this.#agree(slot, { body, revision: kept.revision });
    const isPosted = body.trim() !== "" && kept.body === "";
    if (isPosted && this.#words.at(slot) === body && !this.#words.isAtHand(slot)) this.#takeOver(slot, NONE);
  }

  #agreedOn(slot: string): Kept {
    return this.#agreed.get(slot) ?? NONE;
  }

  #agree(slot: string, { body, revision }: Kept): void {
    this.#agreed.set(slot, { body, revision });
    // Whoever has signed out leaves nothing behind, whatever is answered afterwards.
    if (session.person?.id === this.#thread.me) void keepAnswer(this.#keyOf(slot), { body, revision });
  }

  #forget(slot: string): void {
    const { [slot]: _, ...others } = this.others;
    this.others = others;
  }

  #keyOf(slot: string): string {
    return `draft ${this.#thread.me} ${this.#thread.id} ${slot}`;
  }
}
