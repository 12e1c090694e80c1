import { asProblem, newKey, type Problem, wordsOf } from "$/platform/api";
import { instantAt } from "$/platform/wall_time";
import { previewReminder, sendReminder } from "./api";
import type {
  ClientView,
  QueuedReminder,
  ReminderCategory,
  ReminderChoices,
  ReminderDraft,
  ReminderPreview,
} from "./types";

const PREVIEW_PAUSE_MS = 200;

/** One reminder as it is being filled in: who, about what, and the exact text it makes. */
export class ReminderForm {
  readonly category: ReminderCategory;
  petId = $state("");
  clinicId = $state("");
  number = $state("");
  service = $state("");
  date = $state("");
  time = $state("");
  preview = $state.raw<ReminderPreview | null>(null);
  problem = $state.raw<Problem | null>(null);
  isBusy = $state(false);
  #client: ClientView;
  #choices: ReminderChoices;
  #key = newKey();

  constructor(client: ClientView, choices: ReminderChoices, category: ReminderCategory) {
    this.#client = client;
    this.#choices = choices;
    this.category = category;
    this.petId = choices.pets[0]?.id ?? "";
    this.clinicId = this.clinics[0]?.id ?? "";
    this.number = this.numbers[0]?.number ?? "";
  }

  get pets() {
    return this.#choices.pets;
  }

  /** Where the chosen pet is treated; those that can text first. */
  get clinics() {
    const ids = this.pets.find((pet) => pet.id === this.petId)?.clinic_ids ?? [];
    const found = this.#choices.clinics.filter((clinic) => ids.includes(clinic.id));
    return found.toSorted((one, other) => Number(one.problem !== null) - Number(other.problem !== null));
  }

  get numbers() {
    return this.#client.numbers.filter((number) => number.is_textable);
  }

  get zone(): string {
    return this.#choices.clinics.find((clinic) => clinic.id === this.clinicId)?.timezone ?? "UTC";
  }

  /** Null while something is missing. */
  get draft(): ReminderDraft | null {
    const { category, petId: pet_id, clinicId: clinic_id, number } = this;
    if (!pet_id || !clinic_id || !number) return null;
    if (category === "health_reminders") {
      const service = this.service.trim();
      return service === "" ? null : { category, pet_id, clinic_id, number, service };
    }
    const appointment_at = instantAt(this.date, this.time, this.zone);
    return appointment_at === null ? null : { category, pet_id, clinic_id, number, service: "", appointment_at };
  }

  pickPet(id: string): void {
    this.petId = id;
    if (!this.clinics.some((clinic) => clinic.id === this.clinicId)) this.clinicId = this.clinics[0]?.id ?? "";
  }

  /** Shows what `draft` would send, a moment after the last change. Returns how to forget about it. */
  look(draft: ReminderDraft | null): () => void {
    if (draft === null) {
      this.preview = null;
      return () => {};
    }
    const gone = new AbortController();
    const timer = setTimeout(() => void this.#preview(draft, gone.signal), PREVIEW_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }

  async send(draft: ReminderDraft): Promise<QueuedReminder | null> {
    this.isBusy = true;
    this.problem = null;
    try {
      return await sendReminder(this.#client.id, draft, this.#key);
    } catch (error) {
      this.problem = asProblem(error);
      this.#key = newKey();
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  async #preview(draft: ReminderDraft, signal: AbortSignal): Promise<void> {
    try {
      this.preview = await previewReminder(this.#client.id, draft, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.preview = { body: null, segments: 0, words: "", problem: wordsOf(asProblem(error)) };
    }
  }
}
