import { SvelteSet } from "svelte/reactivity";
import { toasts } from "$/platform/toasts.svelte";
import type { NewMessage } from "$/platform/types";
import { isTooLong, withName } from "$/texting/text_rules";
import { Calling } from "./calling.svelte";
import type { ThreadDesk, WritingMode } from "./desk.svelte";
import { DraftSync } from "./draft_sync.svelte";
import type { PendingMessage } from "./outbox.svelte";
import { APP_SLOT } from "./places";
import { lastTags } from "./reduce";

const NOTE_SLOT = "note";

/** What a staff member is writing in a thread. Notes, the app and every number have a text each, so that none lands elsewhere. */
export class Composing {
  readonly desk: ThreadDesk;
  /** Colleagues to call in a note. */
  readonly calling: Calling;
  readonly sync: DraftSync;
  /** Whether the caret is in the field. */
  isAtHand = false;
  #texts = $state<Record<string, string>>({});
  #chosenPets = $state.raw<string[] | null>(null);
  #restored = new SvelteSet<string>();

  constructor(desk: ThreadDesk) {
    this.desk = desk;
    this.calling = new Calling(desk.thread.id);
    this.sync = new DraftSync(desk.thread, {
      at: (slot) => this.#texts[slot] ?? "",
      take: (slot, body) => this.#take(slot, body),
      isAtHand: (slot) => this.isAtHand && slot === this.slot,
    });
  }

  get isNote(): boolean {
    return this.desk.mode === "note";
  }

  get isText(): boolean {
    return !this.isNote && this.desk.place?.channel === "sms";
  }

  /** The family takes nothing in the app; its colleagues' notes go on. */
  get isBarred(): boolean {
    return this.isInApp && (this.desk.thread.state?.isChatBarred ?? false);
  }

  get isInApp(): boolean {
    return !this.isNote && this.desk.place?.channel === "app";
  }

  get slot(): string {
    return this.isNote ? NOTE_SLOT : (this.desk.place?.slot ?? APP_SLOT);
  }

  get body(): string {
    return this.#texts[this.slot] ?? "";
  }

  get petIds(): string[] {
    const state = this.desk.thread.state;
    return this.#chosenPets ?? (state === null ? [] : lastTags(state));
  }

  set petIds(ids: string[]) {
    this.#chosenPets = ids;
  }

  /** In some countries texts carry no files (C5); notes and the app always do. */
  get mayAttach(): boolean {
    return !this.isText || this.desk.texting.view?.media !== "none";
  }

  /** Texts carry no payment requests anywhere (PA-15); a family that takes nothing in the app gets none. */
  get mayAskForPayment(): boolean {
    return this.isInApp && !this.isBarred && !this.desk.thread.uploads.keepsBack;
  }

  get canSend(): boolean {
    const { uploads } = this.desk.thread;
    const isSomewhere = this.isNote || (this.desk.place !== null && !this.isBarred);
    const hasContent = this.body.trim() !== "" || !uploads.isEmpty;
    const fits = !this.isText || !isTooLong(this.body.trim());
    return isSomewhere && hasContent && fits && !uploads.keepsBack && (this.mayAttach || uploads.isEmpty);
  }

  /** Take up what was begun earlier for the place that is now before the writer, and the note behind it. */
  async restore(slot: string): Promise<void> {
    if (slot !== NOTE_SLOT) void this.restore(NOTE_SLOT);
    if (this.#restored.has(slot)) return;
    this.#restored.add(slot);
    await this.sync.restore(slot);
  }

  #take(slot: string, body: string): void {
    this.#texts[slot] = body;
    if (slot === NOTE_SLOT) this.#readyToCall(body);
  }

  write(text: string): void {
    this.desk.thread.keepDraft(text, this.slot);
    this.#show(text);
  }

  #show(text: string): void {
    const { thread } = this.desk;
    const { slot } = this; // before the place is let go, which may lead elsewhere
    this.#texts[slot] = text;
    this.sync.written(slot);
    if (this.isNote) {
      this.#readyToCall(text);
      return;
    }
    if (text === "") this.desk.freePlace();
    else this.desk.holdPlace();
    if (text !== "") thread.tellTyping();
  }

  /** Words that wait behind the other of the two. */
  hasBegun(mode: WritingMode): boolean {
    const slot = mode === "note" ? NOTE_SLOT : (this.desk.place?.slot ?? APP_SLOT);
    return mode !== this.desk.mode && (this.#texts[slot] ?? "").trim() !== "";
  }

  /** What is written for this place on another device, and not here. */
  get other(): string | null {
    return this.sync.others[this.slot]?.body ?? null;
  }

  useOther(): void {
    const { slot } = this;
    const here = this.sync.useOther(slot);
    const putBack = () => slot === this.slot && this.write(here);
    toasts.show("Taken over from your other device", putBack);
  }

  keepOwn(): void {
    this.sync.keepOwn(this.slot);
  }

  leave(): void {
    this.isAtHand = false;
    this.calling.close();
  }

  /** Texts that say who they are from get more answers (V2P-90). */
  get bodyWithName(): string {
    return withName(this.body, this.desk.texting.view?.practice_name ?? "");
  }

  attach(files: Iterable<File>): void {
    if (this.mayAttach) this.desk.thread.uploads.add(files);
  }

  /** A message that is to be changed goes back to where it was written, before what is written there meanwhile. */
  async takeUp(message: PendingMessage): Promise<void> {
    if (message.kind === "note") this.desk.write("note");
    else this.desk.chooseAgain(message.text_conversation_id ?? null);
    await this.restore(this.slot);
    this.calling.remember(message.mention_ids ?? []);
    this.write([message.body, this.body].filter((each) => each !== "").join("\n"));
    this.#chosenPets = message.pet_ids ?? null;
  }

  send(): void {
    if (!this.canSend) return;
    if (this.isNote && this.calling.isUnsure(this.body)) void this.#sendOnceSure();
    else this.#sendNow();
  }

  /** A note must not go out without those it calls because it was quicker than the list of colleagues. */
  async #sendOnceSure(): Promise<void> {
    const { body } = this;
    const isUnchanged = () => this.canSend && this.isNote && this.body === body;
    await this.calling.load();
    if (!isUnchanged()) return;
    if (!this.calling.isUnsure(body)) return this.#sendNow();
    const act = () => isUnchanged() && this.#sendNow();
    toasts.show("Your team could not be loaded, so the note would call nobody.", null, { label: "Send anyway", act });
  }

  #readyToCall(note: string): void {
    if (note.includes("@")) void this.calling.load();
  }

  /** What is being written stays where it is: the request is a message of its own. */
  askForPayment(body: string, payment: NonNullable<NewMessage["payment"]>): void {
    const { thread } = this.desk;
    const seen_up_to = thread.messages.at(-1)?.seq ?? 0;
    void thread.send({ body, kind: "text", pet_ids: this.petIds, seen_up_to, payment });
  }

  #sendNow(): void {
    const { mode, place, thread } = this.desk;
    const { slot } = this;
    const to = this.isText && place?.channel === "sms" ? { text_conversation_id: place.conversation.id } : {};
    const called = this.isNote ? { mention_ids: this.calling.idsIn(this.body) } : {};
    const seen_up_to = thread.messages.at(-1)?.seq ?? 0;
    const kept = thread.send({
      body: this.body.trim(),
      kind: mode,
      pet_ids: this.petIds,
      seen_up_to,
      ...to,
      ...called,
    });
    void kept.then(() => thread.keepDraft(this.#texts[slot] ?? "", slot));
    this.calling.forget();
    this.#show("");
    this.#chosenPets = null;
  }
}
