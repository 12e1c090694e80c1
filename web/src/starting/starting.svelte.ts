import { openFamilyThread } from "$/families/api";
import { asProblem, type Problem, Refusal, wordsOf } from "$/platform/api";
import { type Candidate, getWays, type StartingWays, startByText, startInApp } from "./api";

export type Step = "ways" | "chat" | "text" | "number" | "family";
/** Names are asked for at an unknown number only. */
const NO_NAMES = { first_name: "", last_name: "" };

export type TypedNumber = { number: string; first_name: string; last_name: string };
type AppChat = { family_id: string; clinic_id: string };

/** A conversation on its way: what it is called, at which clinic, and what stands between it and its first message. */
export class Starting {
  step = $state<Step>("ways");
  title = $state("");
  clinicId = $state("");
  ways = $state.raw<StartingWays | null>(null);
  /** Why the ways of the clinic are not known. */
  failure = $state.raw<Problem | null>(null);
  problem = $state<string | null>(null);
  wrong = $state.raw<Record<string, string>>({});
  /** The thread in which a conversation is open already. */
  openThreadId = $state<string | null>(null);
  /** Where to write instead of a text. */
  inApp = $state.raw<AppChat | null>(null);
  isBusy = $state(false);
  /** For a clinic that texts. */
  hasLooked = $state(false);
  readonly #onstarted: (threadId: string) => void;

  constructor(clinicId: string, onstarted: (threadId: string) => void) {
    this.clinicId = clinicId;
    this.#onstarted = onstarted;
  }

  async load(): Promise<void> {
    const asked = this.clinicId;
    [this.ways, this.failure] = [null, null];
    try {
      const ways = await getWays(asked);
      if (asked === this.clinicId) this.ways = ways;
    } catch (error) {
      if (asked === this.clinicId) this.failure = asProblem(error);
    }
  }

  /** Straight to the number, at the first of these clinics that texts; where none does, to the ways there are. */
  async loadNumber(clinicIds: string[]): Promise<void> {
    for (const clinicId of clinicIds) {
      this.clinicId = clinicId;
      await this.load();
      if (this.failure !== null) return;
      if (this.ways?.text_words === "") {
        this.step = "number";
        return;
      }
    }
    if (clinicIds[0]) this.chooseClinic(clinicIds[0]);
    this.hasLooked = true;
  }

  chooseClinic(clinicId: string): void {
    this.clinicId = clinicId;
    void this.load();
  }

  go(step: Step): void {
    this.step = step;
    this.#forget();
  }

  open(threadId: string): void {
    this.#onstarted(threadId);
  }

  async chat(candidate: Candidate): Promise<void> {
    const body = { contact_id: candidate.contact_id, clinic_id: this.clinicId, title: this.title };
    await this.#attempt(async () => (await startInApp(body)).thread_id, candidate.thread_id);
  }

  async text(candidate: Candidate): Promise<void> {
    const { contact_id, number = "" } = candidate;
    await this.#attempt(() => this.#byText({ ...NO_NAMES, number, contact_id }));
  }

  async number(typed: TypedNumber): Promise<void> {
    await this.#attempt(() => this.#byText(typed));
  }

  /** In the family's thread, under the title. */
  async writeInApp(chat: AppChat): Promise<void> {
    await this.#attempt(async () => {
      const thread = await openFamilyThread({ ...chat, title: null });
      const open = thread.conversations.find((each) => each.channel === "app" && each.ended_at === null);
      if (open !== undefined) return this.#openAlready(thread.thread_id, open.title);
      if (this.#about.title !== null) await openFamilyThread({ ...chat, title: this.#about.title });
      return thread.thread_id;
    });
  }

  async #byText(whom: TypedNumber & { contact_id?: string }): Promise<string | null> {
    const { thread_id, title, is_new } = await startByText({ ...this.#about, ...whom });
    return is_new ? thread_id : this.#openAlready(thread_id, title);
  }

  /** Under another title than was asked for: whoever typed one decides, and nobody loses it without a word (V2P-16). */
  #openAlready(threadId: string, title: string): string | null {
    if (this.#about.title === null || this.#about.title === title) return threadId;
    this.problem = `A conversation is already open: “${title}”. Open it?`;
    this.openThreadId = threadId;
    return null;
  }

  get #about(): { clinic_id: string; title: string | null } {
    return { clinic_id: this.clinicId, title: this.title.trim() || null };
  }

  #forget(): void {
    [this.problem, this.wrong, this.openThreadId, this.inApp] = [null, {}, null, null];
  }

  /** `act` answers the thread to go to; null: it has said why not. */
  async #attempt(act: () => Promise<string | null>, knownThreadId: string | null = null): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#forget();
    try {
      const threadId = await act();
      if (threadId !== null) this.#onstarted(threadId);
    } catch (error) {
      this.#refused(asProblem(error), knownThreadId);
    } finally {
      this.isBusy = false;
    }
  }

  #refused(found: Problem, knownThreadId: string | null): void {
    const fields = found instanceof Refusal ? found.fieldErrors : {};
    const code = found instanceof Refusal ? found.code : "";
    const { family_id, clinic_id } = fields;
    if (code === "use_the_app" && family_id && clinic_id) this.inApp = { family_id, clinic_id };
    else if (code === "conversation_open") this.openThreadId = knownThreadId;
    else if (this.step === "number") this.wrong = fields;
    const isAtField = ["number", "first_name", "last_name"].some((name) => this.wrong[name]);
    this.problem = isAtField ? null : wordsOf(found);
  }
}
