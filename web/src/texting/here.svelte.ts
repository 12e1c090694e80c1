import { createContext } from "svelte";
import { asProblem, wordsOf } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { toasts } from "$/platform/toasts.svelte";
import type { ConversationView, MessageView } from "$/platform/types";
import type { ThreadStore } from "$/threads/store.svelte";
import * as api from "./conversation_api";
import type { Category, PhoneLine, Subscription, ThreadTexting } from "./thread_types";

/** Clinics open and close without anybody telling us. */
const LOOK_EVERY_MS = 5 * 60_000;

/** What somebody asked to see or has to confirm; one at a time. */
export type TextingDialog =
  | { show: "opt_out"; conversation: ConversationView }
  | { show: "opt_in"; line: PhoneLine; category: Category }
  | { show: "consent"; line: PhoneLine }
  | { show: "details"; contactId: string; email: string }
  | { show: "trouble"; message: MessageView };

/** Texting in the thread in front of a staff member: what may be texted to whom, and the acts around it. */
export class TextingHere {
  readonly thread: ThreadStore;
  view = $state.raw<ThreadTexting | null>(null);
  dialog = $state.raw<TextingDialog | null>(null);
  #asked = 0;

  constructor(thread: ThreadStore) {
    this.thread = thread;
  }

  /** Another one whenever something happened that may change what can be texted to whom; empty until the thread is there. */
  get occasion(): string {
    const { state, messages } = this.thread;
    if (state === null) return "";
    const lastText = messages.findLast((message) => message.channel === "sms");
    const conversations = state.conversations.map((each) => `${each.id} ${each.ended_at}`);
    return [lastText?.seq, Math.floor(clock.now / LOOK_EVERY_MS), ...conversations].join();
  }

  lineOf(number: string | null | undefined): PhoneLine | null {
    return this.view?.lines.find((line) => line.number === number) ?? null;
  }

  /** As people write it. */
  shown(number: string): string {
    return this.lineOf(number)?.shown ?? number;
  }

  ask(dialog: TextingDialog): void {
    this.dialog = dialog;
  }

  close(): void {
    this.dialog = null;
  }

  /** What is known stays on the screen when the network is away; the next change asks again. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await api.getThreadTexting(this.thread.id);
      if (asked !== this.#asked) return;
      this.view = view;
      if (this.#hasNewNames(view)) await this.thread.reload();
    } catch (error) {
      asProblem(error);
    }
  }

  /** With whom the line names, also if others have the number too. */
  async start(clinicId: string, { number, contact_id }: PhoneLine): Promise<void> {
    await this.#attempt(async () => {
      await api.startConversation({ clinic_id: clinicId, number, contact_id, first_name: "", last_name: "" });
      await this.thread.refresh();
      await this.load();
    });
  }

  async optOut(conversation: ConversationView): Promise<void> {
    const line = this.lineOf(conversation.contact_number);
    const isOut = await this.#attempt(async () => {
      await api.optOut(conversation.id);
      await this.load();
    });
    if (!isOut) return;
    this.close();
    const undo = line === null ? null : () => this.ask({ show: "opt_in", line, category: "two_way" });
    toasts.show("Opted out of messages by text", undo);
  }

  /** Throws a `Problem`, for the form that asked. */
  async subscribe(contactId: string, change: Subscription): Promise<void> {
    await api.putSubscription(contactId, change);
    await this.load();
  }

  async tryAgain(messageId: string): Promise<void> {
    await this.#attempt(async () => {
      await api.tryAgain(this.thread.id, messageId);
      await this.thread.refresh();
    });
  }

  /** A client was named meanwhile, by the questions or by a colleague. */
  #hasNewNames(view: ThreadTexting): boolean {
    const names = new Map(this.thread.state?.family.contacts.map((contact) => [contact.id, contact.name]));
    return view.lines.some((line) => names.get(line.contact_id) !== line.contact_name);
  }

  async #attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
      return false;
    }
  }
}

export const [useTexting, provideTexting] = createContext<TextingHere>();
