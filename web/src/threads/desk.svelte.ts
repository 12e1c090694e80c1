import { ThreadsBeside } from "$/beside/beside.svelte";
import { Handing } from "$/handing_off/handing.svelte";
import { asProblem, wordsOf } from "$/platform/api";
import { router } from "$/platform/router.svelte";
import { toasts } from "$/platform/toasts.svelte";
import type { ConversationView } from "$/platform/types";
import { TextingHere } from "$/texting/here.svelte";
import { transcripts } from "$/transcripts/transcripts.svelte";
import { triage } from "$/triage/triage.svelte";
import { isUrgent } from "$/triage/triaged";
import { endConversation, renameConversation, restartConversation } from "./api";
import { shownThreadId } from "./open_threads.svelte";
import { likeliestPlace, type Place, placesOf } from "./places";
import { openConversation } from "./reduce";
import { bringIntoView } from "./spotlight";
import type { ThreadStore } from "./store.svelte";
import { isForToday } from "./why_seen";

export type WritingMode = "text" | "note";

/** What a staff member does with the thread in front of them, beside writing. */
export class ThreadDesk {
  readonly thread: ThreadStore;
  readonly texting: TextingHere;
  readonly handing: Handing;
  readonly beside: ThreadsBeside;
  mode = $state<WritingMode>("text");
  /** Counts the wishes to write, so that the composer can take the focus. */
  focusWanted = $state(0);
  /** A conversation by text is to be started with this family. */
  isTextWanted = $state(false);
  #chosenSlot = $state<string | null>(null);
  #heldSlot = $state<string | null>(null);
  readonly places: Place[] = $derived.by(() => (this.thread.state === null ? [] : placesOf(this.thread.state)));
  /** Where a reply goes; `null` where the family can only be reached once a text conversation is open again. */
  readonly place: Place | null = $derived.by(() => {
    const wanted = this.#chosenSlot ?? this.#heldSlot;
    return this.places.find((each) => each.slot === wanted) ?? likeliestPlace(this.places, this.thread.messages);
  });

  constructor(thread: ThreadStore) {
    this.thread = thread;
    this.texting = new TextingHere(thread);
    this.handing = new Handing(thread, () => this.current);
    this.beside = new ThreadsBeside(thread);
  }

  /** The conversation that is written in, else the one that was open last. */
  get current(): ConversationView | null {
    const state = this.thread.state;
    if (state === null) return null;
    if (this.place?.conversation) return this.place.conversation;
    const open = openConversation(state);
    if (open !== null) return this.place === null || open.channel === this.place.channel ? open : null;
    const byEnd = [...state.conversations].sort((a, b) => Date.parse(b.ended_at ?? "") - Date.parse(a.ended_at ?? ""));
    return byEnd[0] ?? null;
  }

  write(mode: WritingMode): void {
    this.mode = mode;
    this.focusWanted += 1;
  }

  choosePlace(slot: string): void {
    this.#chosenSlot = slot;
    this.write("text");
  }

  /** The place where a message was written for: a text conversation, or the app. */
  chooseAgain(textConversationId: string | null): void {
    const textId = (place: Place) => (place.channel === "sms" ? place.conversation.id : null);
    const place = this.places.find((each) => textId(each) === textConversationId);
    if (place === undefined) this.write("text");
    else this.choosePlace(place.slot);
  }

  /** A text begun for one place must not go to another because the family writes there meanwhile. */
  holdPlace(): void {
    this.#heldSlot ??= this.place?.slot ?? null;
  }

  freePlace(): void {
    this.#heldSlot = null;
  }

  /** Go to where a conversation began, however far back that is. */
  async show(conversation: ConversationView): Promise<void> {
    const message = await this.thread.firstOf(conversation);
    if (message !== null) await bringIntoView(this.thread.id, message.seq);
    else if (this.thread.olderProblem !== null) toasts.show(wordsOf(this.thread.olderProblem));
    else toasts.show("Nothing has been written in this conversation yet");
  }

  askTranscript(conversation: ConversationView): void {
    transcripts.ask(this.thread.id, conversation);
  }

  /** It leaves the screen too: what is open counts as read. */
  async markUnread(): Promise<void> {
    const isMarked = await triage.markUnread(this.thread.id);
    if (isMarked && shownThreadId() === this.thread.id) router.go("/staff");
  }

  toggleUrgent(): void {
    const { current, thread } = this;
    if (current === null || current.ended_at !== null || thread.state === null) return;
    const zone = isForToday(thread.state.seenThrough) ? null : thread.state.clinic.timezone;
    void triage.setUrgent({ threadId: thread.id, conversation: current, zone }, !isUrgent(current));
  }

  ask(show: "labels" | "snooze"): void {
    const { current, thread } = this;
    const state = thread.state;
    if (current === null || state === null || (show === "snooze" && current.ended_at !== null)) return;
    const [zone, seenSeq] = [state.clinic.timezone, state.lastSeq];
    triage.ask({ show, threadId: thread.id, conversation: current, zone, seenSeq });
  }

  async rename(title: string): Promise<void> {
    const current = this.current;
    if (current !== null) await this.#attempt(renameConversation(this.thread.id, current.id, title));
  }

  async end(): Promise<void> {
    const current = this.current;
    if (current === null || current.ended_at !== null) return;
    const isEnded = await this.#attempt(endConversation(this.thread.id, current));
    const undo = () => void this.restart(current.id, { undoes_end: true });
    if (isEnded) toasts.show("Conversation ended", undo, this.#transcriptOffer(current));
  }

  async restart(conversationId: string, how = { undoes_end: false }): Promise<void> {
    const isOpen = await this.#attempt(restartConversation(this.thread.id, conversationId, how));
    if (isOpen) toasts.show("Conversation is open again");
  }

  #transcriptOffer(conversation: ConversationView) {
    return { label: "Transcript", act: () => this.askTranscript(conversation) };
  }

  async #attempt(act: Promise<ConversationView>): Promise<boolean> {
    try {
      this.thread.acceptConversation(await act);
      return true;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
      return false;
    }
  }
}
