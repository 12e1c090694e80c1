import { untrack } from "svelte";
import { asProblem, Refusal, wordsOf } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { live } from "$/platform/live";
import { toasts } from "$/platform/toasts.svelte";
import { type DutyView, getDuty, putDuty } from "./api";
import { isStillOff, offDutyWords } from "./words";

/** Whether whoever is signed in is on duty; the same on all their screens. */
class Duty {
  view = $state.raw<DutyView | null>(null);
  /** Until when is being asked. */
  isAsked = $state(false);
  refusal = $state("");
  isBusy = $state(false);
  #heard = 0;

  get isOff(): boolean {
    return this.view !== null && isStillOff(this.view.is_off, this.view.until, clock.now);
  }

  /** `Off duty until 14:00`; null on duty. */
  get words(): string | null {
    if (this.view === null || !this.isOff) return null;
    return offDutyWords(this.view.until, { zone: this.view.timezone, now: clock.now });
  }

  /** Follow what happens until the returned function is called. */
  follow(): () => void {
    const stops = [live.onOpen(() => void this.load()), live.onDuty(() => void this.load())];
    untrack(() => void this.load());
    return () => {
      for (const stop of stops) stop();
      this.view = null;
      this.isAsked = false;
    };
  }

  /** What can be offered is worked out anew as well. */
  ask(): void {
    this.refusal = "";
    this.isAsked = true;
    void this.load();
  }

  close(): void {
    this.isAsked = false;
  }

  async load(): Promise<void> {
    const heard = ++this.#heard;
    try {
      const view = await getDuty();
      if (heard !== this.#heard) return;
      this.view = view;
      this.refusal = "";
    } catch (error) {
      const words = wordsOf(asProblem(error));
      // Without an answer the screen goes on as it was; the next connection asks again.
      if (this.isAsked && heard === this.#heard) this.refusal = words;
    }
  }

  async goOff(until: string | null): Promise<void> {
    const before = this.view;
    if (!(await this.#put({ is_off: true, until }))) return;
    this.close();
    toasts.show(this.words ?? "Off duty", () => void this.#putBack(before));
  }

  async comeBack(): Promise<void> {
    if (await this.#put({ is_off: false })) toasts.show("You are on duty");
  }

  /** Whoever was off duty before is so again, unless that time has passed meanwhile. */
  async #putBack(before: DutyView | null): Promise<void> {
    if (before === null || !isStillOff(before.is_off, before.until, clock.now)) return await this.comeBack();
    if (await this.#put({ is_off: true, until: before.until })) toasts.show(this.words ?? "Off duty");
  }

  async #put(choice: Parameters<typeof putDuty>[0]): Promise<boolean> {
    this.isBusy = true;
    this.refusal = "";
    try {
      const view = await putDuty(choice);
      this.#heard++;
      this.view = view;
      return true;
    } catch (error) {
      const problem = asProblem(error);
      const isWrongTime = problem instanceof Refusal && "until" in problem.fieldErrors;
      const words = isWrongTime ? "Choose a time to come, within a year." : wordsOf(problem);
      if (this.isAsked) this.refusal = words;
      else toasts.show(words);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

export const duty = new Duty();
