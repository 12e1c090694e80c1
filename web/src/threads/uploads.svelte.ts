import { asProblem, newKey, type Problem, Refusal, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import type { AttachmentView } from "$/platform/types";
import { uploadFile } from "./upload";

export type Upload = {
  id: string;
  name: string;
  blob: Blob;
  /** An object URL for photos, null for a video or PDF. */
  previewUrl: string | null;
  progress: number;
  /** `waiting` goes up by itself, once it is its turn or the network is back; `failed` was refused. */
  state: "uploading" | "done" | "waiting" | "failed";
  reason: string | null;
  attachment: AttachmentView | null;
};

export const ACCEPTED_FILES =
  "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,video/mp4,video/quicktime,video/3gpp,application/pdf";
const AT_ONCE = 2;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/** The photos and files chosen for the next message of a thread. They upload while the person writes. */
export class Uploads {
  items = $state.raw<Upload[]>([]);
  #threadId: string;
  #aborts = new Map<string, AbortController>();
  /** Set while the network is away: ends the wait for it. */
  #stopWaiting: (() => void) | null = null;
  #attempt = 0;

  constructor(threadId: string) {
    this.#threadId = threadId;
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** A refused file must be taken out before the message can go. */
  get hasRefused(): boolean {
    return this.items.some((item) => item.state === "failed");
  }

  add(files: Iterable<File>): void {
    this.#add([...files].map((file) => toUpload(file.name, file)));
  }

  /** The files of a message that is written anew. Under new keys: the old ones may belong to a message after all. */
  putBack(files: { name: string; blob: Blob }[]): void {
    this.#add(files.map(({ name, blob }) => toUpload(name, blob)));
  }

  #add(added: Upload[]): void {
    this.items = [...this.items, ...added];
    this.#startNext();
  }

  remove(id: string): void {
    this.#aborts.get(id)?.abort();
    const item = this.items.find((each) => each.id === id);
    if (item?.previewUrl) URL.revokeObjectURL(item.previewUrl);
    this.items = this.items.filter((each) => each.id !== id);
  }

  retry(id: string): void {
    this.#change(id, { state: "waiting", reason: null, progress: 0 });
    this.#resume();
  }

  /** Hand the files over to a message that is being sent; what has not arrived yet is sent again with it. */
  take(): Upload[] {
    const taken = this.items;
    for (const abort of this.#aborts.values()) abort.abort();
    this.#stopWaiting?.();
    this.items = [];
    return taken;
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
      const attachment = await uploadFile(
        this.#threadId,
        item,
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

  #failed(id: string, problem: Problem): void {
    if (problem instanceof Refusal && !problem.isPassing) {
      this.#change(id, { state: "failed", reason: wordsOf(problem) });
      return;
    }
    this.#change(id, { state: "waiting", reason: "Waiting for the network", progress: 0 });
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

  #change(id: string, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }
}

function toUpload(name: string, blob: Blob): Upload {
  const previewUrl = blob.type.startsWith("image/") ? URL.createObjectURL(blob) : null;
  return { id: newKey(), name, blob, previewUrl, progress: 0, state: "waiting", reason: null, attachment: null };
}
