import { untrack } from "svelte";
import { asProblem } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { Keeping } from "$/platform/keeping";
import { live } from "$/platform/live";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import type { AvailabilityView } from "$/platform/types";
import { getAvailability } from "./api";
import { lastKnown } from "./availability_words";

/** The lights of the clinics that whoever is signed in has to do with, kept fresh by the live connection. */
class Availability {
  #lights = $state.raw<ReadonlyMap<string, AvailabilityView>>(new Map());
  #heard = 0;
  #isLoaded = false;
  #copy: Keeping | null = null;

  of(clinicId: string): AvailabilityView | null {
    return this.#lights.get(clinicId) ?? null;
  }

  /** A clinic that the family has come to since the lights were loaded has one as well. */
  lookFor(clinicId: string): void {
    if (this.#isLoaded && untrack(() => this.of(clinicId)) === null) void this.load();
  }

  /** Follow what happens until the returned function is called. On the phone of `ownerId` the lights are kept for a train. */
  follow(ownerId: string | null = null): () => void {
    if (ownerId !== null) this.#keepFor(ownerId);
    const stops = [live.onOpen(() => void this.load()), live.onAvailability((light) => this.take(light))];
    void this.load();
    return () => {
      for (const stop of stops) stop();
      this.#lights = new Map();
      this.#isLoaded = false;
      this.#copy = null;
    };
  }

  take(light: AvailabilityView): void {
    this.#heard++;
    this.#lights = new Map(this.#lights).set(light.clinic_id, light);
    this.#copy?.soon();
  }

  async load(): Promise<void> {
    const heard = this.#heard;
    try {
      const lights = await getAvailability();
      // What was told while the answer was on its way may be newer than the answer.
      if (heard !== this.#heard) return await this.load();
      this.#lights = new Map(lights.map((light) => [light.clinic_id, light]));
      this.#isLoaded = true;
      this.#copy?.soon();
    } catch (error) {
      asProblem(error); // the next reconnection asks again
    }
  }

  #keepFor(ownerId: string): void {
    const shelf = `lights of ${ownerId}`;
    this.#copy = new Keeping(ownerId, () => void keepAnswer(shelf, [...this.#lights.values()]));
    void this.#showKept(shelf);
  }

  async #showKept(shelf: string): Promise<void> {
    const kept = (await loadAnswer<AvailabilityView[]>(shelf)) ?? [];
    if (this.#isLoaded || this.#copy === null) return;
    const stillSo = kept.flatMap((light) => lastKnown(light, clock.now) ?? []);
    this.#lights = new Map([...stillSo.map((light) => [light.clinic_id, light] as const), ...this.#lights]);
  }
}

export const availability = new Availability();
