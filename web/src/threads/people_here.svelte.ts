import { live } from "$/platform/live";
import type { Activity } from "$/platform/types";

const TYPING_MS = 6000;
const VIEWING_MS = 45_000;
const TELL_EVERY_MS = 30_000;

/** Who is looking at a thread, or writing in it, just now. */
export class PeopleHere {
  #activities = $state.raw<Record<string, Activity>>({});
  #timers = new Map<string, number>();
  #threadId: string;
  #isLooking = false;
  #stop: () => void;

  constructor(threadId: string, me: string) {
    this.#threadId = threadId;
    this.#stop = live.onActivity((activity) => {
      if (activity.thread_id !== threadId || activity.person_id === me) return;
      const isNew = !(activity.person_id in this.#activities);
      this.#note(activity);
      // A colleague who has just come does not know yet who else is here.
      if (isNew && activity.state === "viewing" && activity.person_kind === "staff") this.#tell();
    });
  }

  /** This person looks, until the end is called; each new line has to hear of it. */
  look(): () => void {
    this.#isLooking = true;
    const timer = window.setInterval(() => this.#tell(), TELL_EVERY_MS);
    const stop = live.onOpen(() => this.#tell());
    this.#tell();
    return () => {
      this.#isLooking = false;
      clearInterval(timer);
      stop();
      live.tell(this.#threadId, "idle");
    };
  }

  get typing(): string[] {
    return this.#named("typing");
  }

  /** Somebody who writes is looking too. */
  get viewing(): string[] {
    return this.#named("viewing");
  }

  forget(personId: string): void {
    clearTimeout(this.#timers.get(personId));
    const { [personId]: _gone, ...others } = this.#activities;
    this.#activities = others;
  }

  close(): void {
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #tell(): void {
    if (this.#isLooking && document.visibilityState === "visible") live.tell(this.#threadId, "viewing");
  }

  #note(activity: Activity): void {
    this.forget(activity.person_id);
    if (activity.state === "idle") return;
    this.#activities = { ...this.#activities, [activity.person_id]: activity };
    const lasts = activity.state === "typing" ? TYPING_MS : VIEWING_MS;
    this.#timers.set(
      activity.person_id,
      window.setTimeout(() => this.forget(activity.person_id), lasts),
    );
  }

  #named(state: Activity["state"]): string[] {
    return Object.values(this.#activities)
      .filter((activity) => activity.state === state)
      .map((activity) => activity.person_name);
  }
}
