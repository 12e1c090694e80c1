import { asProblem, newKey, type Problem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import type { ConversationView } from "$/platform/types";
import type { ThreadStore } from "$/threads/store.svelte";
import { getChoices, giveBack, type HandOffChoices, handOff, type Target, takeConversation } from "./api";

/** What a staff member does with who answers the conversation in front of them. */
export class Handing {
  /** The one that is being handed off, while the dialog is open. */
  asked = $state.raw<ConversationView | null>(null);
  choices = $state.raw<HandOffChoices | null>(null);
  problem = $state.raw<Problem | null>(null);
  isBusy = $state(false);
  refusal = $state("");
  #key = "";

  constructor(
    readonly thread: ThreadStore,
    readonly current: () => ConversationView | null,
  ) {}

  ask(): void {
    const conversation = this.current();
    if (conversation === null || conversation.ended_at !== null || this.isBusy) return;
    this.asked = conversation;
    this.refusal = "";
    this.#key = newKey();
    void this.load();
  }

  close(): void {
    this.asked = null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      this.choices = await getChoices(this.thread.id);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async take(): Promise<void> {
    const current = this.current();
    if (current !== null) await this.#attempt(takeConversation(this.thread.id, current));
  }

  async giveBack(): Promise<void> {
    const current = this.current();
    if (current !== null && (await this.#attempt(giveBack(this.thread.id, current))))
      toasts.show("Given back to the team");
  }

  /** Whether the conversation can take a message to the family at all: one that was handed to the actor is gone before it is sent. */
  get mayTellFamily(): boolean {
    const state = this.thread.state;
    if (state?.seenThrough === "hand_off") return false;
    return state?.canPost === true && !(this.asked?.channel === "app" && state.isChatBarred);
  }

  /** From what the screen shows by now: a colleague may have been faster than the dialog. `toFamily` is sent once it is done. */
  async handOff(target: Target, wish: { note: string; toFamily: string | null }, name: string): Promise<void> {
    const asked = this.asked;
    if (asked === null || this.isBusy) return;
    const note = wish.note.trim();
    const isDone = await this.#attempt(handOff(this.thread.id, asked, { target, note, key: this.#key }));
    if (!isDone) return;
    if (wish.toFamily !== null && wish.toFamily.trim() !== "") this.#tellFamily(asked, wish.toFamily.trim());
    this.close();
    toasts.show(`Handed to ${name}`);
  }

  /** By the way of all messages, so that it is sent once the network is back, and consent holds as elsewhere. */
  #tellFamily({ id, channel }: ConversationView, body: string): void {
    const to = channel === "sms" ? { text_conversation_id: id } : {};
    const seen_up_to = this.thread.messages.at(-1)?.seq ?? 0;
    this.thread.post({ body, kind: "text", pet_ids: [], seen_up_to, ...to });
  }

  async #attempt(act: Promise<ConversationView>): Promise<boolean> {
    this.isBusy = true;
    try {
      this.thread.acceptConversation(await act);
      return true;
    } catch (error) {
      this.#refused(wordsOf(asProblem(error)));
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  #refused(words: string): void {
    if (this.asked === null) toasts.show(words);
    else this.refusal = words;
    // What it says has changed is shown next; another press is a decision of its own.
    void this.thread.refresh().then(() => {
      const now = this.thread.state?.conversations.find((each) => each.id === this.asked?.id);
      if (this.asked !== null && now !== undefined) this.asked = now;
      this.#key = newKey();
    });
  }
}
