import { asProblem, newKey, type Problem, Refusal, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { dropDraftFile, keepDraftFile, loadDraftFiles, type StoredFile } from "$/platform/storage";
import type { AttachmentView } from "$/platform/types";
import { say } from "./english";
import { shrinkPhoto, turnLeft } from "./shrink";
import { dropUpload, uploadFile } from "./upload";

export type Upload = {
  id: string;
  name: string;
  blob: Blob;
  /** An object URL for photos, null for a video or PDF. */
  previewUrl: string | null;
  chosenAt: number;
  progress: number;
  /** `waiting` goes up by itself, once it is its turn or the network is back; `failed` was refused. */
  state: "uploading" | "done" | "waiting" | "failed";
  reason: string | null;
  attachment: AttachmentView | null;
};

export const ACCEPTED_FILES =
  "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,video/mp4,video/quicktime,video/3gpp,application/pdf";
/** Of one message, here and on the server. */
export const MOST_FILES = 10;
const AT_ONCE = 2;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/** The photos and files chosen for the next message of a thread. They upload while the person writes, and survive a reload. */
export class Uploads {
  items = $state.raw<Upload[]>([]);
  /** How many of those just chosen found no room. */
  leftOut = $state(0);
  #threadId: string;
  #draftKey: string;
  #aborts = new Map<string, AbortController>();
  /** Set while the network is away: ends the wait for it. */
  #stopWaiting: (() => void) | null = null;
  #attempt = 0;

  constructor(threadId: string, personId: string) {
    this.#threadId = threadId;
    this.#draftKey = `${personId} ${threadId}`;
  }

  /** Take up what was chosen before the app was closed. */
  async restore(): Promise<void> {
    const kept = await loadDraftFiles(this.#draftKey);
    const known = new Set(this.items.map(({ id }) => id));
    const found = kept.filter(({ id }) => !known.has(id));
    this.items = [
      ...found.map((file) => ({ ...toUpload(file), id: file.id, chosenAt: file.chosen_at })),
      ...this.items,
    ];
    this.#startNext();
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** How many are too many: what comes back to be changed meets what was chosen meanwhile, and nothing is dropped. */
  get surplus(): number {
    return Math.max(0, this.items.length - MOST_FILES);
  }

  /** A refused file, or one too many, must be taken out before the message can go. */
  get keepsBack(): boolean {
    return this.surplus > 0 || this.items.some((item) => item.state === "failed");
  }

  add(files: Iterable<File>): void {
    const chosen = [...files];
    const fitting = chosen.slice(0, Math.max(0, MOST_FILES - this.items.length));
    this.#add(fitting.map((file) => toUpload({ name: file.name, blob: file })));
    this.leftOut = chosen.length - fitting.length;
  }

  /** The files of a message that is written anew. Under new keys: the old ones may belong to a message after all. */
  putBack(files: { name: string; blob: Blob }[]): void {
    this.#add(files.map(toUpload));
  }

  #add(added: Upload[]): void {
    this.items = [...this.items, ...added];
    for (const item of added) this.#keep(item);
    this.#startNext();
  }

  remove(id: string): void {
    const item = this.#find(id);
    if (item !== undefined) this.#giveUp(item);
    this.items = this.items.filter((each) => each.id !== id);
    this.leftOut = 0;
    this.forget(id);
  }

  /** It need not survive a reload any more. */
  forget(id: string): void {
    void dropDraftFile(this.#draftKey, id);
  }

  /** Under a new key: it is another file now. */
  async turnLeft(id: string): Promise<void> {
    const turned = await turnLeft(this.#find(id)?.blob ?? new Blob());
    const item = this.#find(id);
    if (turned === null || item === undefined) return;
    this.#giveUp(item);
    const another = { ...toUpload({ name: item.name, blob: turned }), chosenAt: item.chosenAt };
    this.items = this.items.map((each) => (each.id === id ? another : each));
    this.#keep(another);
    this.forget(id);
    this.#startNext();
  }

  retry(id: string): void {
    this.#change(id, { state: "waiting", reason: null, progress: 0 });
    this.#resume();
  }

  /** Hand the files over to a message that is being sent; what has not arrived yet is sent again with it. */
  take(): StoredFile[] {
    const taken = this.items;
    for (const abort of this.#aborts.values()) abort.abort();
    this.#stopWaiting?.();
    this.items = [];
    this.leftOut = 0;
    return taken.map(({ id, name, blob, attachment }) => ({ id, name, blob, attachment_id: attachment?.id ?? null }));
  }

  #startNext(): void {
    const waiting = this.items.find((item) => item.state === "waiting");
    if (waiting === undefined || this.#stopWaiting !== null || this.#aborts.size >= AT_ONCE) return;
    void this.#upload(waiting);
    this.#startNext();
  }

  async #upload(item: Upload): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(item.id, abort);
    this.#change(item.id, { state: "uploading", reason: null });
    try {
      const ready = await this.#shrunk(item);
      abort.signal.throwIfAborted();
      const attachment = await uploadFile(
        this.#threadId,
        ready,
        (progress) => this.#change(item.id, { progress }),
        abort.signal,
      );
      this.#attempt = 0;
      this.#change(item.id, { state: "done", progress: 1, attachment });
    } catch (error) {
      if (!abort.signal.aborted) this.#failed(item.id, asProblem(error));
    }
    this.#aborts.delete(item.id);
    this.#startNext();
  }

  #giveUp(item: Upload): void {
    this.#aborts.get(item.id)?.abort();
    if (item.attachment === null) dropUpload(item);
    if (item.previewUrl) URL.revokeObjectURL(item.previewUrl);
  }

  async #shrunk(item: Upload): Promise<Upload> {
    const blob = await shrinkPhoto(item.blob);
    if (blob === item.blob || this.#find(item.id) === undefined) return item;
    if (item.previewUrl) URL.revokeObjectURL(item.previewUrl);
    const ready = { ...item, blob, previewUrl: URL.createObjectURL(blob) };
    this.#change(item.id, { blob, previewUrl: ready.previewUrl });
    this.#keep(ready);
    return ready;
  }

  #failed(id: string, problem: Problem): void {
    if (problem instanceof Refusal && !problem.isPassing) {
      this.#change(id, { state: "failed", reason: wordsOf(problem) });
      return;
    }
    const reason = problem instanceof Refusal ? wordsOf(problem) : say.waitingForNetwork;
    this.#change(id, { state: "waiting", reason, progress: 0 });
    this.#waitForNetwork(problem instanceof Refusal ? problem.retryAfterSeconds : null);
  }

  #waitForNetwork(seconds: number | null): void {
    this.#stopWaiting?.();
    const resume = () => this.#resume();
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt++);
    const timer = window.setTimeout(resume, Math.max(backOff, (seconds ?? 0) * 1000));
    const stopListening = live.onOpen(resume);
    addEventListener("online", resume);
    this.#stopWaiting = () => {
      clearTimeout(timer);
      stopListening();
      removeEventListener("online", resume);
      this.#stopWaiting = null;
    };
  }

  #resume(): void {
    this.#stopWaiting?.();
    this.#startNext();
  }

  #find(id: string): Upload | undefined {
    return this.items.find((each) => each.id === id);
  }

  #keep({ id, name, blob, chosenAt }: Upload): void {
    void keepDraftFile(this.#draftKey, { id, name, blob, chosen_at: chosenAt });
  }

  #change(id: string, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }
}

let lastChosenAt = 0;

function toUpload({ name, blob }: { name: string; blob: Blob }): Upload {
  const previewUrl = blob.type.startsWith("image/") ? URL.createObjectURL(blob) : null;
  lastChosenAt = Math.max(Date.now(), lastChosenAt + 1);
  const chosen = { id: newKey(), name, blob, previewUrl, chosenAt: lastChosenAt };
  return { ...chosen, progress: 0, state: "waiting", reason: null, attachment: null };
}
