import { asProblem, newKey, type Problem, Refusal } from "$/platform/api";
import { live } from "$/platform/live";
import { keepDraft, loadDraft } from "$/platform/storage";
import type { Changes, ConversationView, MessageView, NewMessage, ThreadView } from "$/platform/types";
import * as api from "./api";
import { KeptCopy } from "./kept_copy";
import { outbox, type PendingMessage } from "./outbox.svelte";
import { PeopleHere } from "./people_here.svelte";
import {
  applyChanges,
  applyConversation,
  applyMessage,
  applyPage,
  applyReadMark,
  applySnapshot,
  fromSnapshot,
  isContiguous,
  loadedMessages,
  markedUnread,
  ownMark,
  reachesIntoPast,
  type ThreadState,
  unsentOf,
} from "./reduce";
import { Uploads } from "./uploads.svelte";

export type Draft = Omit<NewMessage, "client_id" | "attachment_ids" | "anyway">;

const LONG_PAGE = 200;

/** One thread on the screen. Get it from `openThread`, and `close` it when it leaves the screen. */
export class ThreadStore {
  readonly id: string;
  readonly me: string;
  readonly uploads: Uploads;
  readonly people: PeopleHere;
  state = $state.raw<ThreadState | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoadingOlder = $state(false);
  olderProblem = $state.raw<Problem | null>(null);
  /** Takes up a message that is to be changed; there while a composer is. */
  #takeUp = $state.raw<((message: PendingMessage) => void) | null>(null);
  /** Opens the dialog for a payment request; there while the composer on the screen may ask for one. */
  askForPayment = $state.raw<(() => void) | null>(null);
  readonly messages = $derived(this.state === null ? [] : loadedMessages(this.state));
  readonly pending: PendingMessage[] = $derived.by(() =>
    unsentOf(outbox.of(this.id), this.state?.messages ?? [], this.me),
  );
  readonly #copy: KeptCopy;
  #stops: (() => void)[] = [];
  /** Told before the first snapshot, which may be older than they are. */
  #early: ((state: ThreadState) => ThreadState)[] = [];
  #catchingUp: Promise<void> | null = null;
  #isBehind = false;
  #loadingOlder: Promise<void> | null = null;
  #markSent = 0;
  /** What is marked unread while it is on the screen stays so until it is opened again. */
  #mayReadAgain = true;

  constructor(id: string, me: string) {
    this.id = id;
    this.me = me;
    this.uploads = new Uploads(id, me);
    void this.uploads.restore();
    this.people = new PeopleHere(id, me);
    this.#copy = new KeptCopy(id, me, () => this.state);
  }

  get status(): "loading" | "failed" | "ready" {
    if (this.state !== null) return "ready";
    return this.problem === null ? "loading" : "failed";
  }

  /** Show what is known at once, then bring it up to date. */
  open(): void {
    this.close();
    this.#mayReadAgain = true;
    this.#stops = [
      live.onChanges((changes) => this.#receive(changes)),
      live.onOpen(() => void this.refresh()),
      live.onThreadAnew((threadId, keptId) => this.#loadAnew(threadId, keptId)),
      this.people.look(),
      outbox.onStored((threadId, message) => threadId === this.id && this.accept(message)),
    ];
    void this.#load();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** Catch up with the server; a lost network is no news here, the socket says it. */
  refresh(): Promise<void> {
    this.#isBehind = true; // an answer that is under way may be older than the reason to ask
    this.#catchingUp ??= this.#catchUpFully().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  /** Names of people come with a snapshot alone. */
  async reload(): Promise<void> {
    this.acceptSnapshot(await api.getThread(this.id));
  }

  /** The first message of a conversation, with everything since then loaded; `null` when it cannot be had. */
  async firstOf(conversation: ConversationView): Promise<MessageView | null> {
    let before: number | null = null;
    while (this.state !== null && reachesIntoPast(this.state, conversation)) {
      if (this.state.loadedFrom === before) return null;
      before = this.state.loadedFrom;
      await this.loadOlder(LONG_PAGE);
    }
    return this.messages.find((message) => message.conversation_id === conversation.id) ?? null;
  }

  /** Load back to a message. Returns whether it is there now. */
  async reach(seq: number): Promise<boolean> {
    let before: number | null = null;
    while (this.state?.hasOlder && this.state.loadedFrom > seq) {
      if (this.state.loadedFrom === before) return false;
      before = this.state.loadedFrom;
      await this.loadOlder(LONG_PAGE);
    }
    return this.messages.some((message) => message.seq === seq);
  }

  loadOlder(limit?: number): Promise<void> {
    this.#loadingOlder ??= this.#loadPage(limit).finally(() => {
      this.#loadingOlder = null;
    });
    return this.#loadingOlder;
  }

  async #loadPage(limit?: number): Promise<void> {
    if (this.state === null || !this.state.hasOlder) return;
    this.isLoadingOlder = true;
    this.olderProblem = null;
    try {
      const page = await api.getMessagesBefore(this.id, this.state.loadedFrom, limit);
      this.#change((state) => applyPage(state, page));
    } catch (error) {
      this.olderProblem = asProblem(error);
    } finally {
      this.isLoadingOlder = false;
    }
  }

  /** Put a message, with the chosen files, on its way. It shows at once. Until the promise holds, only its draft outlives a reload. */
  async send(draft: Draft): Promise<void> {
    const files = this.uploads.take();
    live.tell(this.id, "idle");
    await this.post(draft, files);
    for (const { id } of files) this.uploads.forget(id);
  }

  /** As `send`, beside what is being written. */
  post(draft: Draft, files: PendingMessage["files"] = []): Promise<void> {
    const sent = { ...draft, files, created_at: new Date().toISOString() };
    const whose = { client_id: newKey(), thread_id: this.id, person_id: this.me };
    return new Promise((resolve) => void outbox.send({ ...sent, ...whose }, resolve));
  }

  retry(clientId: string): void {
    void outbox.retry(clientId);
  }

  sendAnyway(clientId: string): void {
    void outbox.sendAnyway(clientId);
  }

  get mayEdit(): boolean {
    return this.#takeUp !== null;
  }

  /** For the composer on the screen: `takeUp` gets the words of a message that is not sent yet, until the end is called. */
  letEdit(takeUp: (message: PendingMessage) => void): () => void {
    this.#takeUp = takeUp;
    return () => {
      if (this.#takeUp === takeUp) this.#takeUp = null;
    };
  }

  edit(clientId: string): void {
    const message = this.#takeUp === null ? null : outbox.takeBack(clientId);
    if (message === null) return;
    this.uploads.putBack(message.files);
    this.#takeUp?.(message);
  }

  discard(clientId: string): void {
    void outbox.discard(clientId);
  }

  async delete(messageId: string): Promise<void> {
    this.accept(await api.deleteMessage(this.id, messageId));
  }

  async tagPets(messageId: string, petIds: string[]): Promise<void> {
    this.accept(await api.putPets(this.id, messageId, petIds));
  }

  /** Everything up to `seq` has been before the reader's eyes. */
  readUpTo(seq: number): void {
    if (this.state === null) return;
    const isAgain = this.#mayReadAgain && (markedUnread(this.state) ?? Number.POSITIVE_INFINITY) <= seq;
    if (!isAgain && seq <= Math.max(ownMark(this.state), this.#markSent)) return;
    this.#mayReadAgain = false;
    this.#markSent = seq;
    void api.putReadMark(this.id, seq).then(
      (mark) => this.#change((state) => applyReadMark(state, mark)),
      () => {
        this.#markSent = 0;
        this.#mayReadAgain = isAgain;
      },
    );
  }

  accept(message: MessageView): void {
    this.#change((state) => applyMessage(state, message));
  }

  acceptConversation(conversation: ConversationView): void {
    this.#change((state) => applyConversation(state, conversation));
  }

  acceptSnapshot(view: ThreadView): void {
    this.state = this.state === null ? fromSnapshot(view, this.me) : applySnapshot(this.state, view);
    for (const step of this.#early.splice(0)) this.#change(step);
    this.#copy.keepNow();
  }

  tellTyping(): void {
    live.tell(this.id, "typing");
  }

  /** `slot` tells apart what is written for the app, for each number, and as a note. */
  loadDraft(slot = "text"): Promise<string> {
    return loadDraft(`${this.me} ${this.id} ${slot}`);
  }

  keepDraft(text: string, slot = "text"): void {
    void keepDraft(`${this.me} ${this.id} ${slot}`, text);
  }

  /** One that has become part of another is left to whoever has it on the screen. */
  #loadAnew(threadId: string, keptId: string): void {
    if (threadId !== this.id || keptId !== this.id) return;
    this.#change((state) => ({ ...state, needsSnapshot: true }));
    void this.refresh();
  }

  async #load(): Promise<void> {
    const kept = this.state === null ? await this.#copy.load() : null;
    this.state ??= kept;
    await this.refresh();
  }

  async #catchUpFully(): Promise<void> {
    do {
      this.#isBehind = false;
      await this.#catchUp();
    } while (this.#isBehind && this.problem === null);
  }

  async #catchUp(): Promise<void> {
    try {
      if (this.state !== null && !this.state.needsSnapshot) await this.#fetchChanges(this.state);
      if (this.state === null || this.state.needsSnapshot) this.acceptSnapshot(await api.getThread(this.id));
      this.problem = null;
    } catch (error) {
      const problem = asProblem(error);
      if (problem instanceof Refusal && problem.status === 404) {
        this.state = null; // no longer ours to see
        void this.#copy.drop();
      }
      this.problem = problem;
    }
  }

  async #fetchChanges(state: ThreadState): Promise<void> {
    const changes = await api.getChanges(this.id, state.revision);
    this.#change((current) => applyChanges(current, changes));
  }

  #receive(changes: Changes): void {
    if (changes.thread_id !== this.id) return;
    for (const message of changes.messages) this.people.forget(message.author_id);
    this.#change((state) => applyChanges(state, changes));
    if (changes.read_marks.some((each) => each.person_id === this.me)) this.#mayReadAgain = false;
    if (this.state !== null && !isContiguous(this.state)) void this.refresh();
  }

  #change(step: (state: ThreadState) => ThreadState): void {
    if (this.state === null) this.#early.push(step);
    else this.state = step(this.state);
    this.#copy.keepSoon();
  }
}
