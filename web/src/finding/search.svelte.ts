import { asProblem, type Problem } from "$/platform/api";
import type { ClinicView, FoundMessage } from "$/platform/types";
import { type FamilyMatch, type FamilyMatches, type FoundNumber, findFamilies, findMessages } from "./api";
import { type Filters, isAboutMessages, messageQuery, NO_FILTERS } from "./filters";

const PAUSE_MS = 120;
const LEAST_LETTERS = 2;
const NOBODY: FamilyMatches = { families: [], numbers: [], has_more: false };

export type Hit =
  | { type: "family"; key: string; family: FamilyMatch }
  | { type: "number"; key: string; number: FoundNumber }
  | { type: "message"; key: string; message: FoundMessage };

/** What is looked for in everything, as it is typed. An answer to older words or filters never replaces a newer one. */
export class Search {
  query = $state("");
  filters = $state.raw<Filters>(NO_FILTERS);
  problem = $state.raw<Problem | null>(null);
  /** The row that the arrow keys have reached. */
  reached = $state(0);
  #people = $state.raw<FamilyMatches | null>(null);
  #messages = $state.raw<FoundMessage[] | null>(null);
  #cursor = $state<string | null>(null);
  #waiting = $state(0);
  #asked = 0;
  #timer = 0;
  readonly #clinics: ClinicView[];

  constructor(clinics: ClinicView[]) {
    this.#clinics = clinics;
  }

  readonly families: Hit[] = $derived(
    (this.#people?.families ?? []).map((family) => ({
      type: "family" as const,
      key: `${family.family_id} ${family.clinic_id}`,
      family,
    })),
  );
  readonly numbers: Hit[] = $derived(
    (this.#people?.numbers ?? []).map((number, place) => ({ type: "number" as const, key: `number ${place}`, number })),
  );
  readonly messages: Hit[] = $derived(
    (this.#messages ?? []).map((message) => ({ type: "message" as const, key: message.message_id, message })),
  );
  readonly hits: Hit[] = $derived([...this.families, ...this.numbers, ...this.messages]);

  get isLooking(): boolean {
    return this.#waiting > 0;
  }

  get hasMorePeople(): boolean {
    return this.#people?.has_more ?? false;
  }

  get hasMoreMessages(): boolean {
    return this.#cursor !== null;
  }

  get isAnswered(): boolean {
    return this.#people !== null && this.#messages !== null;
  }

  get isLongEnough(): boolean {
    return this.query.trim().length >= LEAST_LETTERS;
  }

  type(text: string): void {
    this.query = text;
    this.#soon();
  }

  narrow(filters: Partial<Filters>): void {
    this.filters = { ...this.filters, ...filters };
    this.#soon();
  }

  /** Past the last line stands the first one, and the other way round. */
  step(by: 1 | -1): void {
    const count = this.hits.length;
    if (count > 0) this.reached = (this.reached + by + count) % count;
  }

  /** Returns whether the answer is that to what stands in the field now, and is shown. */
  async look(): Promise<boolean> {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const q = this.query.trim();
    const people = isAboutMessages(this.filters)
      ? Promise.resolve(NOBODY)
      : findFamilies(q, this.filters.clinicId || null);
    const messages = findMessages(messageQuery(q, this.filters, this.#zone));
    this.problem = null;
    this.#waiting = 2;
    // Whoever calls wants a name first: people are shown as soon as they are there.
    const kept = await Promise.all([
      this.#take(asked, people, (found) => {
        this.#people = found;
      }),
      this.#take(asked, messages, (found) => {
        [this.#messages, this.#cursor] = [found.messages, found.next_cursor];
      }),
    ]);
    return !kept.includes(false);
  }

  async moreMessages(): Promise<void> {
    if (this.isLooking || this.#cursor === null) return;
    const query = { ...messageQuery(this.query.trim(), this.filters, this.#zone), cursor: this.#cursor };
    this.#waiting += 1;
    await this.#take(this.#asked, findMessages(query), (found) => {
      this.#messages = [...(this.#messages ?? []), ...found.messages];
      this.#cursor = found.next_cursor;
    });
  }

  get #zone(): string {
    const chosen = this.#clinics.find((clinic) => clinic.id === this.filters.clinicId) ?? this.#clinics[0];
    return chosen?.timezone ?? "UTC";
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.reached = 0;
    this.problem = null;
    if (this.isLongEnough) {
      this.#waiting = 1;
      this.#timer = window.setTimeout(() => void this.look(), PAUSE_MS);
      return;
    }
    this.#waiting = 0;
    [this.#people, this.#messages, this.#cursor] = [null, null, null];
  }

  async #take<T>(asked: number, answer: Promise<T>, keep: (found: T) => void): Promise<boolean> {
    const isOld = () => asked !== this.#asked;
    try {
      const found = await answer;
      if (isOld()) return false;
      keep(found);
    } catch (error) {
      if (isOld()) return false;
      this.problem = asProblem(error);
    }
    this.#waiting -= 1;
    return this.problem === null;
  }
}
