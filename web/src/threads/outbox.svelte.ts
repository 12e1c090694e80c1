import { asProblem, type Problem, Refusal, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { dropUnsent, keepUnsent, loadUnsent, type StoredMessage } from "$/platform/storage";
import type { MessageView } from "$/platform/types";
import { postMessage } from "./api";
import { uploadFile } from "./upload";

/** `waiting` goes out by itself once the network is back; `failed` needs the person. */
export type PendingMessage = StoredMessage & { state: "sending" | "waiting" | "failed"; reason: string | null };

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/** Every message this person has sent and the server does not have yet. It survives a reload, photos included. */
export class Outbox {
  pending = $state.raw<PendingMessage[]>([]);
  #onStored = new Set<(threadId: string, message: MessageView) => void>();
  #busy = new Set<string>();
  #timer = 0;
  #attempt = 0;

  constructor() {
    addEventListener("online", () => this.flush());
    live.onOpen(() => this.flush());
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
    const known = new Set(this.pending.map((message) => message.client_id));
    const stored = (await loadUnsent(personId)).filter((message) => !known.has(message.client_id));
    this.pending = [...stored.map(waiting), ...this.pending.filter((message) => message.person_id === personId)];
    this.flush();
  }

  /** Somebody else may sign in on this page: what is not sent stays in storage for its author. */
  leave(): void {
    clearTimeout(this.#timer);
    this.pending = [];
  }

  async send(message: StoredMessage): Promise<void> {
    this.pending = [...this.pending, { ...waiting(message), state: "sending" }];
    void keepUnsent(message);
    await this.#flushThread(message.thread_id);
  }

  async retry(clientId: string): Promise<void> {
    this.#change(clientId, { state: "waiting", reason: null });
    const message = this.#find(clientId);
    if (message !== undefined) await this.#flushThread(message.thread_id);
  }

  async discard(clientId: string): Promise<void> {
    this.pending = this.pending.filter((message) => message.client_id !== clientId);
    await dropUnsent(clientId);
  }

  flush(): void {
    clearTimeout(this.#timer);
    for (const threadId of new Set(this.pending.map((message) => message.thread_id))) void this.#flushThread(threadId);
  }

  /** One after the other, so that they arrive in the order they were written. */
  async #flushThread(threadId: string): Promise<void> {
    if (this.#busy.has(threadId)) return;
    this.#busy.add(threadId);
    try {
      let next = this.#next(threadId);
      while (next !== undefined && (await this.#deliver(next))) next = this.#next(threadId);
    } finally {
      this.#busy.delete(threadId);
    }
  }

  #next(threadId: string): PendingMessage | undefined {
    return this.of(threadId).find((message) => message.state !== "failed");
  }

  async #deliver(message: PendingMessage): Promise<boolean> {
    this.#change(message.client_id, { state: "sending" });
    try {
      const attachment_ids = await this.#uploadAll(message);
      const { client_id, body, kind, pet_ids, text_conversation_id = null } = message;
      const draft = { client_id, body, kind, pet_ids, attachment_ids, text_conversation_id };
      const stored = await postMessage(message.thread_id, draft);
      for (const listen of this.#onStored) listen(message.thread_id, stored);
      await this.discard(client_id);
      this.#attempt = 0;
      return true;
    } catch (error) {
      return this.#refused(message.client_id, asProblem(error));
    }
  }

  async #uploadAll(message: PendingMessage): Promise<string[]> {
    const ids: string[] = [];
    for (const file of message.files) {
      const id = file.attachment_id ?? (await uploadFile(message.thread_id, file, () => {})).id;
      ids.push(id);
    }
    return ids;
  }

  /** Whether the next message of the thread may be tried. */
  #refused(clientId: string, problem: Problem): boolean {
    if (problem instanceof Refusal && !problem.isPassing) {
      this.#change(clientId, { state: "failed", reason: wordsOf(problem) });
      return true;
    }
    this.#change(clientId, { state: "waiting" });
    this.#flushLater(problem instanceof Refusal ? problem.retryAfterSeconds : null);
    return false;
  }

  #flushLater(seconds: number | null): void {
    clearTimeout(this.#timer);
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt++);
    const wait = Math.max(backOff, (seconds ?? 0) * 1000) * (0.75 + Math.random() / 2);
    this.#timer = window.setTimeout(() => this.flush(), wait);
  }

  #find(clientId: string): PendingMessage | undefined {
    return this.pending.find((message) => message.client_id === clientId);
  }

  #change(clientId: string, change: Partial<PendingMessage>): void {
    this.pending = this.pending.map((each) => (each.client_id === clientId ? { ...each, ...change } : each));
  }
}

export const outbox = new Outbox();

function waiting(message: StoredMessage): PendingMessage {
  return { ...message, state: "waiting", reason: null };
}
