import { asProblem, type Problem } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { live } from "$/platform/live";
import { session } from "$/platform/session.svelte";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import type { Changes, ConversationView, InboxPage, InboxRow } from "$/platform/types";
import { triage } from "$/triage/triage.svelte";
import { getInbox, getQueueSpecies, getQueueTeam, getUnread, type QueueFilter } from "./api";
import type { Person } from "./facet_words";
import { type Facets, isNarrowed, matches, NO_FACETS, readAddress } from "./facets";
import { HeldOrder } from "./held_order.svelte";
import { applyChangesToRow, belongsTo, mergeRows, sortRows, unreadDelta } from "./reduce";

const SEARCH_PAUSE_MS = 180;
const RELOAD_PAUSE_MS = 400;
/** How long a frame may come after the commit that it tells of. */
const SETTLES_MS = 2_000;

/** The queue of threads in its order. It follows the live frames by itself. */
export class InboxStore {
  filter = $state<QueueFilter>("open");
  facets = $state.raw<Facets>(NO_FACETS);
  query = $state("");
  rows = $state.raw<InboxRow[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  unreadThreads = $state(0);
  /** How many threads this person answers, and how many were handed to them and wait to be taken. */
  mine = $state(0);
  handedToMe = $state(0);
  /** Threads with a note that calls this person, and that they have not seen. */
  mentions = $state(0);
  snoozed = $state(0);
  /** Whoever may answer what is in the queue; empty until somebody asks. */
  colleagues = $state.raw<Person[]>([]);
  former = $state.raw<Person[]>([]);
  /** Which animals the families have; empty until somebody asks. */
  species = $state.raw<string[]>([]);
  isLoadingMore = $state(false);
  hasMoreFailed = $state(false);
  readonly order = new HeldOrder();
  #me: string;
  #cursor = $state<string | null>(null);
  #asked = 0;
  #searching = 0;
  #reloading = 0;
  #recounting = 0;
  #counts = 0;
  #countedAt = 0;
  #stops: (() => void)[] = [];

  constructor(me: string) {
    this.#me = me;
    ({ filter: this.filter, facets: this.facets } = readAddress(location.search));
  }

  get status(): "loading" | "failed" | "ready" {
    if (this.rows !== null) return "ready";
    return this.problem === null ? "loading" : "failed";
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  /** What the filter lets through; the thread on the screen stays although it has just been read or ended. */
  shown(selectedId: string | null): InboxRow[] {
    const rows = this.rows ?? [];
    if (this.query !== "") return this.order.arrange(rows, rows);
    const reader = { id: this.#me, role: session.person?.role ?? null, now: clock.now };
    const fitting = rows.filter(
      (row) => (belongsTo(row, this.filter, reader) && matches(row, this.facets)) || row.thread_id === selectedId,
    );
    return this.order.arrange(fitting, rows);
  }

  start(): () => void {
    this.#stops = [live.onChanges((changes) => this.#receive(changes)), live.onOpen(() => void this.load())];
    this.#stops.push(triage.onChanged((threadId, conversation) => this.#accept(threadId, conversation)));
    void this.#showKept();
    void this.load();
    return () => {
      clearTimeout(this.#searching);
      clearTimeout(this.#reloading);
      clearTimeout(this.#recounting);
      this.order.release();
      for (const stop of this.#stops) stop();
    };
  }

  async loadColleagues(): Promise<void> {
    try {
      const { people, former } = await getQueueTeam();
      [this.colleagues, this.former] = [people, former];
    } catch (error) {
      asProblem(error); // whoever was seen to answer can be chosen all the same
    }
  }

  async loadSpecies(): Promise<void> {
    try {
      this.species = await getQueueSpecies();
    } catch (error) {
      asProblem(error); // whatever the queue is narrowed to can be taken back all the same
    }
  }

  choose(filter: QueueFilter): void {
    if (filter === this.filter && this.query === "") return;
    this.filter = filter;
    this.query = "";
    this.#clear();
    void this.#showKept();
    void this.load();
  }

  narrow(facets: Facets): void {
    this.facets = facets;
    this.query = "";
    this.#clear();
    void this.load();
  }

  search(text: string): void {
    this.query = text.trimStart();
    clearTimeout(this.#searching);
    this.#searching = window.setTimeout(() => this.#showFound(), SEARCH_PAUSE_MS);
  }

  #showFound(): void {
    this.#clear();
    void this.load();
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const page = await getInbox({ ...this.#question, cursor: null });
      if (asked !== this.#asked) return; // something else has been asked for meanwhile
      this.#show(page);
      if (this.query === "" && !isNarrowed(this.facets)) void keepAnswer(this.#keptAs, page);
      await this.#countUnread();
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error);
    }
  }

  async loadMore(): Promise<void> {
    if (this.#cursor === null || this.isLoadingMore) return;
    const asked = this.#asked;
    this.isLoadingMore = true;
    this.hasMoreFailed = false;
    try {
      const page = await getInbox({ ...this.#question, cursor: this.#cursor });
      if (asked !== this.#asked) return;
      this.rows = mergeRows(this.rows ?? [], page.rows, this.filter);
      this.order.append(page.rows);
      this.#cursor = page.next_cursor;
    } catch (error) {
      asProblem(error);
      this.hasMoreFailed = true;
    } finally {
      this.isLoadingMore = false;
    }
  }

  #clear(): void {
    clearTimeout(this.#searching);
    this.#searching = 0;
    this.rows = null;
    this.order.release();
  }

  get #question() {
    return { filter: this.filter, facets: this.facets, q: this.query.trim() };
  }

  get #keptAs(): string {
    return `${this.#me} inbox ${this.filter}`;
  }

  #show(page: InboxPage): void {
    // Live frames may have told something newer than this answer while it was on its way.
    const shown = new Set(page.rows.map((row) => row.thread_id));
    this.rows = mergeRows(
      (this.rows ?? []).filter((row) => shown.has(row.thread_id)),
      page.rows,
      this.filter,
    );
    this.#cursor = page.next_cursor;
    this.problem = null;
  }

  /** A question of its own: the list does not wait for it. */
  async #countUnread(): Promise<void> {
    this.#counts++;
    const counts = await getUnread().finally(() => {
      this.#counts--;
      this.#countedAt = Date.now();
    });
    this.unreadThreads = counts.unread_threads;
    this.mine = counts.mine;
    this.handedToMe = counts.handed_to_me;
    this.mentions = counts.mentions;
    this.snoozed = counts.snoozed;
  }

  async #showKept(): Promise<void> {
    if (isNarrowed(this.facets)) return;
    const key = this.#keptAs;
    const kept = await loadAnswer<InboxPage>(key);
    if (kept !== null && this.rows === null && key === this.#keptAs && this.query === "") this.#show(kept);
  }

  /** Somebody took a conversation, handed it off or ended it; several at once are one question. */
  #recountSoon(): void {
    clearTimeout(this.#recounting);
    this.#recounting = window.setTimeout(() => void this.#countUnread().catch(asProblem), RELOAD_PAUSE_MS);
  }

  /** What this screen has set down shows without waiting for the frame, and where it belongs. */
  #accept(threadId: string, conversation: ConversationView): void {
    this.order.release();
    const rows = (this.rows ?? []).map((row) =>
      row.thread_id === threadId && isOlder(row.conversation, conversation) ? { ...row, conversation } : row,
    );
    if (this.rows !== null) this.rows = sortRows(rows, this.filter);
  }

  #receive(changes: Changes): void {
    if (changes.conversations.length > 0) this.#recountSoon();
    const row = this.rows?.find((each) => each.thread_id === changes.thread_id);
    const changed = row === undefined ? null : applyChangesToRow(row, changes, this.#me);
    if (row === undefined || changed === null) {
      // It may be on no list any more; where it still is, it comes again.
      if (row !== undefined && hasEnded(row, changes)) this.rows = (this.rows ?? []).filter((each) => each !== row);
      this.#reloadSoon();
      return;
    }
    if (changed === row) return;
    if (changed.mentioned_by !== row.mentioned_by) this.#recountSoon();
    const delta = unreadDelta(row, changed);
    this.unreadThreads = Math.max(0, this.unreadThreads + delta);
    // A count that was asked for at that moment may have it in already, or not yet.
    if (delta !== 0 && (this.#counts > 0 || Date.now() - this.#countedAt < SETTLES_MS)) this.#recountSoon();
    this.rows = sortRows(
      (this.rows ?? []).map((each) => (each === row ? changed : each)),
      this.filter,
    );
  }

  /** A thread that is not on the list has news; several at once are one question. */
  #reloadSoon(): void {
    // The list that is on its way in place of what was found has it.
    if (this.query !== "" || this.#searching !== 0) return;
    clearTimeout(this.#reloading);
    this.#reloading = window.setTimeout(() => void this.#reloadHead(), RELOAD_PAUSE_MS);
  }

  async #reloadHead(): Promise<void> {
    const asked = this.#asked;
    try {
      const page = await getInbox({ ...this.#question, q: "", cursor: null });
      if (asked !== this.#asked || this.query !== "") return;
      if (this.rows === null) this.#show(page);
      else this.rows = mergeRows(this.rows, page.rows, this.filter);
      await this.#countUnread();
    } catch (error) {
      asProblem(error); // the next frame or reconnection asks again
    }
  }
}

function hasEnded({ conversation }: InboxRow, changes: Changes): boolean {
  return changes.conversations.some((each) => each.id === conversation?.id && each.ended_at !== null);
}

function isOlder(known: ConversationView | null, fresh: ConversationView): boolean {
  return known?.id === fresh.id && known.revision < fresh.revision;
}
