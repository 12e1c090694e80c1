import { live } from "$/platform/live";
import type { Activity } from "$/platform/types";

const TYPING_MS = 6000;
const VIEWING_MS = 45_000;

/** Who is looking at a thread, or writing in it, just now. */
export class PeopleHere {
  #activities = $state.raw<Record<string, Activity>>({});
  #timers = new Map<string, number>();
  #stop: () => void;

  constructor(threadId: string, me: string) {
    this.#stop = live.onActivity((activity) => {
      if (activity.thread_id === threadId && activity.person_id !== me) this.#note(activity);
    });
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
