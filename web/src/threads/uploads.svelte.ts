import { asProblem, newKey, Refusal, wordsOf } from "$/platform/api";
import type { AttachmentView } from "$/platform/types";
import { uploadFile } from "./upload";

export type Upload = {
  id: string;
  name: string;
  blob: Blob;
  /** An object URL for photos, null for a PDF. */
  previewUrl: string | null;
  progress: number;
  state: "uploading" | "done" | "waiting" | "failed";
  reason: string | null;
  /** The same file may succeed another time: the network was away, not the file wrong. */
  canRetry: boolean;
  attachment: AttachmentView | null;
};

export const ACCEPTED_FILES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,application/pdf";
const AT_ONCE = 2;

/** The photos and files chosen for the next message of a thread. They upload while the person writes. */
export class Uploads {
  items = $state.raw<Upload[]>([]);
  #threadId: string;
  #aborts = new Map<string, AbortController>();

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
    const added = [...files].map(
      (file): Upload => ({
        id: newKey(),
        name: file.name,
        blob: file,
        previewUrl: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
        progress: 0,
        state: "waiting",
        reason: null,
        canRetry: false,
        attachment: null,
      }),
    );
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
    this.#startNext();
  }

  /** Hand the files over to a message that is being sent; what has not arrived yet is sent again with it. */
  take(): Upload[] {
    const taken = this.items;
    for (const abort of this.#aborts.values()) abort.abort();
    this.items = [];
    return taken;
  }

  #startNext(): void {
    const waiting = this.items.find((item) => item.state === "waiting");
    if (waiting === undefined || this.#aborts.size >= AT_ONCE) return;
    void this.#upload(waiting);
    this.#startNext();
  }

  async #upload(item: Upload): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(item.id, abort);
    this.#change(item.id, { state: "uploading" });
    try {
      const attachment = await uploadFile(
        this.#threadId,
        item,
        (progress) => this.#change(item.id, { progress }),
        abort.signal,
      );
      this.#change(item.id, { state: "done", progress: 1, attachment });
    } catch (error) {
      if (!abort.signal.aborted) this.#failed(item.id, error);
    }
    this.#aborts.delete(item.id);
    this.#startNext();
  }

  #failed(id: string, error: unknown): void {
    const problem = asProblem(error);
    const isRefused = problem instanceof Refusal && !problem.isPassing;
    const reason = isRefused ? wordsOf(problem) : "Not sent yet";
    this.#change(id, { state: "failed", reason, canRetry: !isRefused });
  }

  #change(id: string, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }
}
