import { asProblem, type Problem, Refusal, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { session } from "$/platform/session.svelte";
import {
  byTime,
  dropUnsent,
  isUnsent,
  keepForGood,
  keepUnsent,
  loadUnsent,
  type StoredFile,
  type StoredMessage,
  wipeUnsent,
} from "$/platform/storage";
import type { AttachmentView, MessageView } from "$/platform/types";
import { postMessage } from "./api";
import { inTurn, onGone, tellGone } from "./other_tabs";
import { asWritten, draftOf, mayBeForgotten, waiting } from "./pending";
import { shrinkPhoto } from "./shrink";
import { uploadFile } from "./upload";

/** `waiting` goes out by itself once the network is back; `failed` and `asked` need the person. */
export type PendingMessage = StoredMessage & {
  state: "sending" | "waiting" | "failed" | "asked";
  reason: string | null;
  /** False where storage refused it: it is lost with the page. */
  isKept: boolean;
  /** It did not go out when it was written. */
  hasWaited: boolean;
};

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/** Every message this person has sent and the server does not have yet. It survives a reload, photos included. */
export class Outbox {
  pending = $state.raw<PendingMessage[]>([]);
  #onStored = new Set<(threadId: string, message: MessageView) => void>();
  #personId: string | null = null;
  /** What storage took, so that its absence there means something. */
  #kept = new Set<string>();
  /** Refused like messages of nobody, though their author is signed in. */
  #doubted = new Set<string>();
  #busy = new Map<string, Promise<void>>();
  #timer = 0;
  #attempt = 0;

  constructor() {
    addEventListener("online", () => void this.flush());
    live.onOpen(() => void this.flush());
    onGone((clientId) => this.#remove(clientId));
  }

  of(threadId: string): PendingMessage[] {
    return this.pending.filter((message) => message.thread_id === threadId);
  }

  onStored(listen: (threadId: string, message: MessageView) => void): () => void {
    this.#onStored.add(listen);
    return () => this.#onStored.delete(listen);
  }

  /** Take up what an earlier visit could not send. */
  async load(personId: string): Promise<void> {
    this.#personId = personId;
    this.pending = this.pending.filter((message) => message.person_id === personId);
    await this.flush();
  }

  /** How many messages wait, those included that storage has not handed over yet. */
  async count(): Promise<number> {
    await this.#takeUp();
    return this.pending.length;
  }

  /** Once more, also what was refused. Done when each is sent, has to wait or needs its author. */
  async tryAll(): Promise<void> {
    await this.#takeUp();
    for (const { client_id, state } of this.pending)
      if (state === "failed") this.#change(client_id, { state: "waiting", reason: null });
    await Promise.all(this.pending.map((message) => this.#flushThread(message.thread_id)));
  }

  /** Somebody else may sign in on this page: what is not sent stays in storage for its author. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#personId = null;
    this.pending = [];
  }

  /** The author gives up what is not sent. */
  async wipe(personId: string): Promise<void> {
    this.pending = this.pending.filter((message) => message.person_id !== personId);
    await wipeUnsent(personId);
  }

  /** `onKept`: a reload finds it here from now on, if storage has taken it. */
  async send(written: StoredMessage, onKept: () => void = () => {}): Promise<void> {
    const message = { ...written, created_at: this.#later(written.created_at) };
    this.pending = [...this.pending, { ...waiting(message), state: "sending", hasWaited: false }];
    void this.#keep(message).then(onKept);
    await this.#flushThread(message.thread_id);
  }

  async #keep(message: StoredMessage): Promise<void> {
    if (await keepUnsent(message)) this.#kept.add(message.client_id);
    else this.#change(message.client_id, { isKept: false });
    void keepForGood();
  }

  async retry(clientId: string): Promise<void> {
    this.#doubted.delete(clientId);
    this.#change(clientId, { state: "waiting", reason: null });
    const message = this.#find(clientId);
    if (message !== undefined) await this.#flushThread(message.thread_id);
  }

  /** The author has seen what a colleague answered meanwhile. */
  async sendAnyway(clientId: string): Promise<void> {
    const message = this.#find(clientId);
    if (message === undefined) return;
    const { question: _, ...kept } = asWritten({ ...message, anyway: true });
    this.#change(clientId, { anyway: true, state: "waiting", reason: null });
    if (this.#kept.has(clientId)) await keepUnsent(kept);
    await this.#flushThread(message.thread_id);
  }

  /** The message, to be changed and sent anew; `null` while it is on its way. */
  takeBack(clientId: string): PendingMessage | null {
    const message = this.#find(clientId);
    if (message === undefined || message.state === "sending") return null;
    void this.discard(clientId);
    return message;
  }

  async discard(clientId: string): Promise<void> {
    this.#remove(clientId);
    await dropUnsent(clientId);
    tellGone(clientId);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#takeUp();
    for (const threadId of new Set(this.pending.map((message) => message.thread_id))) void this.#flushThread(threadId);
  }

  /** From storage comes what an earlier visit left, and what was written in a tab that is closed now. */
  async #takeUp(): Promise<void> {
    const personId = this.#personId;
    if (personId === null) return;
    const stored = await loadUnsent(personId);
    if (this.#personId !== personId) return;
    for (const message of stored) this.#kept.add(message.client_id);
    const found = stored.filter((message) => this.#find(message.client_id) === undefined);
    if (found.length > 0) this.pending = [...found.map(waiting), ...this.pending].sort(byTime);
  }

  /** One after the other, so that they arrive in the order they were written. */
  #flushThread(threadId: string): Promise<void> {
    const first = this.#busy.has(threadId) ? undefined : this.#next(threadId);
    if (first !== undefined) this.#busy.set(threadId, this.#flushFrom(first));
    return this.#busy.get(threadId) ?? Promise.resolve();
  }

  async #flushFrom({ thread_id }: PendingMessage): Promise<void> {
    try {
      let next = this.#next(thread_id);
      while (next !== undefined && (await this.#deliver(next))) next = this.#next(thread_id);
    } finally {
      this.#busy.delete(thread_id);
    }
  }

  #next(threadId: string): PendingMessage | undefined {
    return this.of(threadId).find((message) => message.state !== "failed" && message.state !== "asked");
  }

  /** Whether the next message of the thread may be tried. */
  #deliver(message: PendingMessage): Promise<boolean> {
    this.#change(message.client_id, { state: "sending" });
    return inTurn(`outbox ${message.thread_id}`, () => this.#deliverNow(message));
  }

  async #deliverNow(message: PendingMessage): Promise<boolean> {
    if (this.#kept.has(message.client_id) && !(await isUnsent(message.client_id))) {
      this.#remove(message.client_id); // another tab was faster, or its author thought better of it there
      return true;
    }
    try {
      const attachment_ids = await this.#uploadAll(message);
      const stored = await postMessage(message.thread_id, draftOf(message, attachment_ids));
      for (const listen of this.#onStored) listen(message.thread_id, stored);
      await this.discard(message.client_id);
      this.#attempt = 0;
      return true;
    } catch (error) {
      return await this.#refused(message, asProblem(error));
    }
  }

  async #uploadAll(message: PendingMessage): Promise<string[]> {
    const ids: string[] = [];
    for (const file of message.files) ids.push(file.attachment_id ?? (await this.#upload(message, file)).id);
    return ids;
  }

  async #upload({ thread_id, client_id }: PendingMessage, file: StoredFile): Promise<AttachmentView> {
    const blob = await shrinkPhoto(file.blob);
    if (blob !== file.blob) this.#keepFile(client_id, { ...file, blob });
    return await uploadFile(thread_id, { ...file, blob }, () => {});
  }

  /** An upload that is cut off goes on with the same bytes, whenever that is. */
  #keepFile(clientId: string, file: StoredFile): void {
    this.#changeFiles(clientId, (each) => (each.id === file.id ? file : each));
  }

  /** The server forgets what no message has taken within a day, and here it waited for longer. */
  #uploadAnew(clientId: string): void {
    this.#changeFiles(clientId, (file) => ({ ...file, attachment_id: null }));
    this.#change(clientId, { state: "waiting", reason: null });
  }

  #changeFiles(clientId: string, change: (file: StoredFile) => StoredFile): void {
    const message = this.#find(clientId);
    if (message === undefined) return;
    const files = message.files.map(change);
    this.#change(clientId, { files });
    if (this.#kept.has(clientId)) void keepUnsent(asWritten({ ...message, files }));
  }

  async #refused(message: PendingMessage, problem: Problem): Promise<boolean> {
    const { client_id, thread_id } = message;
    if (problem instanceof Refusal && problem.code === "answered_meanwhile") {
      this.#ask(message, problem.detail);
      return true;
    }
    if (problem instanceof Refusal && mayBeForgotten(message, problem)) {
      this.#uploadAnew(client_id);
      return true;
    }
    if (problem instanceof Refusal && !problem.isPassing && !(await this.#mayBeSession(client_id, problem))) {
      this.#change(client_id, { state: "failed", reason: wordsOf(problem) });
      return true;
    }
    for (const each of this.of(thread_id))
      if (each.state === "sending") this.#change(each.client_id, { state: "waiting", hasWaited: true });
    this.#flushLater(problem instanceof Refusal ? problem.retryAfterSeconds : null);
    return false;
  }

  /** It stays asked over a reload, and does not go out by itself. */
  #ask(message: PendingMessage, question: string): void {
    this.#change(message.client_id, { state: "asked", reason: question });
    if (this.#kept.has(message.client_id)) void keepUnsent({ ...asWritten(message), question });
  }

  /**
   * A session that has ended, or that another tab has replaced, looks like a message nobody may post. Find out who is
   * signed in, which shows the sign-in page or takes the new token, before a message counts as refused.
   */
  async #mayBeSession(clientId: string, problem: Refusal): Promise<boolean> {
    if ((problem.status !== 403 && problem.status !== 404) || this.#doubted.has(clientId)) return false;
    await session.load();
    if (session.problem === null) this.#doubted.add(clientId);
    return true;
  }

  #flushLater(seconds: number | null): void {
    clearTimeout(this.#timer);
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt++);
    const wait = Math.max(backOff, (seconds ?? 0) * 1000) * (0.75 + Math.random() / 2);
    this.#timer = window.setTimeout(() => void this.flush(), wait);
  }

  /** After what waits already, even if the phone's clock was put back in between. */
  #later(createdAt: string): string {
    const last = Math.max(0, ...this.pending.map((message) => Date.parse(message.created_at)));
    return new Date(Math.max(Date.parse(createdAt), last + 1)).toISOString();
  }

  #remove(clientId: string): void {
    this.pending = this.pending.filter((message) => message.client_id !== clientId);
  }

  #find(clientId: string): PendingMessage | undefined {
    return this.pending.find((message) => message.client_id === clientId);
  }

  #change(clientId: string, change: Partial<PendingMessage>): void {
    this.pending = this.pending.map((each) => (each.client_id === clientId ? { ...each, ...change } : each));
  }
}

export const outbox = new Outbox();
