import { untrack } from "svelte";
import { asProblem } from "$/platform/api";
import { live } from "$/platform/live";
import type { AvailabilityView } from "$/platform/types";
import { getAvailability } from "./api";

/** The lights of the clinics that whoever is signed in has to do with, kept fresh by the live connection. */
class Availability {
  #lights = $state.raw<ReadonlyMap<string, AvailabilityView>>(new Map());
  #heard = 0;
  #isLoaded = false;

  of(clinicId: string): AvailabilityView | null {
    return this.#lights.get(clinicId) ?? null;
  }

  /** A clinic that the family has come to since the lights were loaded has one as well. */
  lookFor(clinicId: string): void {
    if (this.#isLoaded && untrack(() => this.of(clinicId)) === null) void this.load();
  }

  /** Follow what happens until the returned function is called. */
  follow(): () => void {
    const stops = [live.onOpen(() => void this.load()), live.onAvailability((light) => this.take(light))];
    void this.load();
    return () => {
      for (const stop of stops) stop();
      this.#lights = new Map();
      this.#isLoaded = false;
    };
  }

  take(light: AvailabilityView): void {
    this.#heard++;
    this.#lights = new Map(this.#lights).set(light.clinic_id, light);
  }

  async load(): Promise<void> {
    const heard = this.#heard;
    try {
      const lights = await getAvailability();
      // What was told while the answer was on its way may be newer than the answer.
      if (heard !== this.#heard) return await this.load();
      this.#lights = new Map(lights.map((light) => [light.clinic_id, light]));
      this.#isLoaded = true;
    } catch (error) {
      asProblem(error); // the next reconnection asks again
    }
  }
}

export const availability = new Availability();
