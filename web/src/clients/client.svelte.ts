import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import { getClient, putSubscription } from "$/texting/conversation_api";
import { getChoices, getReminders } from "./api";
import type { Category, ClientView, ReminderChoices, ReminderView } from "./types";
import { GETS, isUnderWay } from "./words";

const LOOK_AGAIN_MS = 2_000;
const RELOAD_PAUSE_MS = 400;

/** One client on the screen: what their numbers get, and the reminders they were sent. */
export class ClientHere {
  readonly id: string;
  client = $state.raw<ClientView | null>(null);
  choices = $state.raw<ReminderChoices | null>(null);
  reminders = $state.raw<ReminderView[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  busyWith = $state<string | null>(null);
  /** Counts up whenever the ledger may have grown. */
  changes = $state(0);
  #before = $state<string | null>(null);
  #onchange: (client: ClientView) => void;
  #timer = 0;
  #lookTimer = 0;
  #isGone = false;

  constructor(id: string, onchange: (client: ClientView) => void) {
    this.id = id;
    this.#onchange = onchange;
  }

  get hasOlder(): boolean {
    return this.#before !== null;
  }

  async load(): Promise<void> {
    this.problem = null;
    try {
      const [client, choices] = await Promise.all([getClient(this.id), getChoices(this.id), this.#loadReminders()]);
      this.choices = choices;
      this.#show(client);
    } catch (error) {
      // What is known stays; the next occasion asks again.
      const problem = asProblem(error);
      if (this.client === null) this.problem = problem;
    }
  }

  /** Several occasions at once are one question. */
  reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#reload(), RELOAD_PAUSE_MS);
  }

  leave(): void {
    this.#isGone = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#lookTimer);
  }

  async loadOlder(): Promise<void> {
    if (this.#before === null) return;
    try {
      const page = await getReminders(this.id, this.#before);
      this.reminders = [...(this.reminders ?? []), ...page.reminders];
      this.#before = page.next_before;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
  }

  /** Throws a `Problem`, for the form that asked. */
  async optIn(number: string, category: Category, reason: string): Promise<void> {
    this.#show(await putSubscription(this.id, { number, category, is_out: false, reason }));
    this.changes += 1;
  }

  async optOut(number: string, category: Category): Promise<void> {
    this.busyWith = `${number} ${category}`;
    try {
      this.#show(await putSubscription(this.id, { number, category, is_out: true, reason: "" }));
      this.changes += 1;
      const name = GETS.find((each) => each.category === category)?.name ?? "Texts";
      toasts.show(`${name} stopped for this number`);
      await this.#loadReminders();
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    } finally {
      this.busyWith = null;
    }
  }

  showChanged(client: ClientView): void {
    this.#show(client);
    this.reloadSoon();
  }

  #show(client: ClientView): void {
    this.client = client;
    this.#onchange(client);
  }

  async #loadReminders(): Promise<void> {
    const page = await getReminders(this.id, null);
    const first = new Set(page.reminders.map((each) => each.id));
    const older = (this.reminders ?? []).filter((each) => !first.has(each.id));
    if (older.length === 0) this.#before = page.next_before;
    this.reminders = [...page.reminders, ...older];
    // Their states are no news of any thread, so nobody tells of them.
    clearTimeout(this.#lookTimer);
    if (this.#isGone) return;
    if (page.reminders.some((each) => isUnderWay(each, Date.now()))) {
      this.#lookTimer = window.setTimeout(() => void this.#lookAgain(), LOOK_AGAIN_MS);
    }
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.#loadReminders();
    } catch (error) {
      asProblem(error); // the next news of any thread asks again
    }
  }

  async #reload(): Promise<void> {
    await this.load();
    this.changes += 1;
  }
}
