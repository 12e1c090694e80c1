import { asProblem, wordsOf } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { live } from "$/platform/live";
import { toasts } from "$/platform/toasts.svelte";
import type { ConversationView } from "$/platform/types";
import * as api from "./api";
import { isAsleep, isUrgent, labelIds } from "./triaged";
import { timeToCome, wallClockAt } from "./when";

/** A conversation, and what is being asked about it. `seenSeq`: of the thread's last message when it was asked. */
export type Asked = {
  show: "labels" | "snooze";
  threadId: string;
  conversation: ConversationView;
  zone: string;
  seenSeq: number;
};

/** `zone`: of the clinic, for whoever may let it sleep again; `null` for others. */
export type Weighed = { threadId: string; conversation: ConversationView; zone: string | null };

/** What a staff member sets down with conversations, from the queue and from the thread. */
class Triage {
  asked = $state.raw<Asked | null>(null);
  /** Why the last act of the dialog was refused. */
  refusal = $state("");
  #listeners = new Set<(threadId: string, conversation: ConversationView) => void>();

  /** The answer to an act of this screen; the frame that tells of it may come before or after. */
  onChanged(listen: (threadId: string, conversation: ConversationView) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** What a colleague sets down meanwhile shows in the open dialog too. */
  follow(): () => void {
    const stop = live.onChanges(({ conversations }) => {
      for (const each of conversations) this.#renew(each);
    });
    return () => {
      stop();
      this.close();
    };
  }

  ask(asked: Asked): void {
    this.asked = asked;
    this.refusal = "";
  }

  close(): void {
    this.asked = null;
  }

  async markUnread(threadId: string): Promise<boolean> {
    try {
      await api.markUnread(threadId);
      toasts.show("Marked as unread");
      return true;
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
      return false;
    }
  }

  async setUrgent({ threadId, conversation, zone }: Weighed, isWanted: boolean): Promise<void> {
    const place = { threadId, conversationId: conversation.id };
    const sleptIn = isAsleep(conversation, clock.now) ? zone : null;
    const changed = await this.#attempt(threadId, api.putUrgency(place, isWanted));
    if (changed === null) return;
    const undo = async () => {
      const back = await this.#attempt(threadId, api.putUrgency(place, !isWanted));
      if (back !== null && sleptIn !== null) await this.#attempt(threadId, putBack(place, conversation, sleptIn));
    };
    toasts.show(isUrgent(changed) ? "Marked as urgent" : "Not urgent any more", () => void undo());
  }

  async toggleLabel(labelId: string): Promise<void> {
    const asked = this.asked;
    if (asked === null) return;
    const place = { threadId: asked.threadId, conversationId: asked.conversation.id };
    const isOn = labelIds(asked.conversation).includes(labelId);
    const act = isOn ? api.takeLabelOff(place, labelId) : api.putLabel(place, labelId);
    await this.#attempt(asked.threadId, act);
  }

  /** Until a time on the clinic's wall. */
  async snooze(wallClock: string): Promise<void> {
    const asked = this.asked;
    if (asked === null) return;
    const place = { threadId: asked.threadId, conversationId: asked.conversation.id };
    const before = asked.conversation;
    const changed = await this.#attempt(asked.threadId, api.snooze(place, wallClock, asked.seenSeq));
    if (changed === null) return;
    this.close();
    const until = timeToCome(changed.triage?.snoozed_until ?? "", asked.zone, clock.now);
    toasts.show(`Snoozed until ${until}`, () => void this.#attempt(asked.threadId, putBack(place, before, asked.zone)));
  }

  async wake(threadId: string, conversation: ConversationView): Promise<void> {
    const isAwake = await this.#attempt(threadId, api.wake({ threadId, conversationId: conversation.id }));
    if (isAwake !== null) toasts.show("Back in the queue");
  }

  async #attempt(threadId: string, act: Promise<ConversationView>): Promise<ConversationView | null> {
    this.refusal = "";
    try {
      const changed = await act;
      this.#renew(changed);
      for (const listen of this.#listeners) listen(threadId, changed);
      return changed;
    } catch (error) {
      const words = wordsOf(asProblem(error));
      // The open dialog covers what is shown over the screen.
      if (this.asked === null) toasts.show(words);
      else this.refusal = words;
      return null;
    }
  }

  /** Answers and frames overtake each other: the newest is what counts. */
  #renew(fresh: ConversationView): void {
    const { asked } = this;
    if (asked?.conversation.id !== fresh.id || asked.conversation.revision > fresh.revision) return;
    this.asked = { ...asked, conversation: fresh };
  }
}

/** As it was before it was put off: awake, or asleep until another time. */
function putBack(place: api.Place, before: ConversationView, zone: string): Promise<ConversationView> {
  const until = before.triage?.snoozed_until;
  if (!until || !isAsleep(before, clock.now)) return api.wake(place);
  return api.snooze(place, wallClockAt(until, zone), before.triage?.snoozed_seq ?? null);
}

export const triage = new Triage();
