import { Keeping } from "$/platform/keeping";
import { dropSnapshot, keepSnapshot, loadSnapshot } from "$/platform/storage";
import type { ThreadView } from "$/platform/types";
import { fromSnapshot, loadedMessages, type ThreadState } from "./reduce";
import { isForToday } from "./why_seen";

const MESSAGES_KEPT = 200;

/** A thread as the device keeps it, to show something at once and when there is no network. */
export class KeptCopy {
  readonly #keeping: Keeping;

  constructor(
    readonly threadId: string,
    readonly me: string,
    now: () => ThreadState | null,
  ) {
    this.#keeping = new Keeping(me, () => {
      const state = now();
      if (state !== null) void this.#keep(state);
    });
  }

  async load(): Promise<ThreadState | null> {
    const kept = await loadSnapshot(this.me, this.threadId);
    // Changes bring no news of people, pets and the clinic: only the whole thread does.
    return kept === null ? null : { ...fromSnapshot(kept, this.me), needsSnapshot: true };
  }

  keepSoon(): void {
    this.#keeping.soon();
  }

  keepNow(): void {
    this.#keeping.now();
  }

  async drop(): Promise<void> {
    await dropSnapshot(this.threadId);
  }

  async #keep(state: ThreadState): Promise<void> {
    const view = toSnapshot(state);
    if (isForToday(state.seenThrough)) await this.drop();
    else if (view !== null) await keepSnapshot(this.me, view);
  }
}

/**
 * What is known, in the shape in which the server tells it: the newest messages without a hole.
 *
 * `null` while a change in between is missing: the older copy is whole, and this state will be in a moment.
 */
export function toSnapshot(state: ThreadState): ThreadView | null {
  if (state.ahead.length > 0) return null;
  const loaded = loadedMessages(state);
  const messages = loaded.slice(-MESSAGES_KEPT);
  return {
    thread_id: state.threadId,
    revision: state.revision,
    last_seq: state.lastSeq,
    last_message_at: state.lastMessageAt,
    clinic: state.clinic,
    family: state.family,
    conversations: state.conversations,
    messages,
    has_older: state.hasOlder || messages.length < loaded.length,
    read_marks: Object.values(state.readMarks),
    unread: state.unread,
    can_post: state.canPost,
    must_agree: state.mustAgree,
    seen_through: state.seenThrough,
    chat_obstacles: state.chatObstacles,
    is_chat_barred: state.isChatBarred,
    ...(state.connections && { connections: state.connections }),
  };
}
