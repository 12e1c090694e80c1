import type { PendingMessage } from "$/threads/outbox.svelte";
import type { ThreadStore } from "$/threads/store.svelte";

/** What an owner is writing in a thread; kept from visit to visit. */
export class Writing {
  text = $state("");
  #hasTyped = false;

  constructor(readonly thread: ThreadStore) {}

  get canSend(): boolean {
    const { uploads } = this.thread;
    return (this.text.trim() !== "" || !uploads.isEmpty) && !uploads.keepsBack;
  }

  async restore(): Promise<void> {
    const kept = await this.thread.loadDraft();
    if (!this.#hasTyped) this.text = kept;
  }

  typed(): void {
    this.#hasTyped = true;
    this.thread.keepDraft(this.text);
    if (this.text !== "") this.thread.tellTyping();
  }

  /** The words of a message that is to be changed go before what is written meanwhile. */
  takeUp(message: PendingMessage): void {
    this.text = [message.body, this.text].filter((each) => each !== "").join("\n");
    this.typed();
  }

  send(petIds: string[]): void {
    const kept = this.thread.send({ body: this.text.trim(), kind: "text", pet_ids: petIds });
    this.text = "";
    this.#hasTyped = true;
    void kept.then(() => this.thread.keepDraft(this.text));
  }
}
