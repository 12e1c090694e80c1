import type { Changes, MessageView, OwnedThread, OwnerHome, UnreadMessage } from "$/platform/types";

/** The home screen after a change in one of its threads; `null` when something in between is missing and it has to be loaded anew. */
export function applyToHome(home: OwnerHome, changes: Changes, personId: string): OwnerHome | null {
  const thread = home.threads.find(({ thread_id }) => thread_id === changes.thread_id);
  if (thread === undefined || !changes.is_complete || changes.after > thread.revision) return null;
  if (changes.revision <= thread.revision) return home;
  const changed = applyToThread(thread, changes, personId);
  return { ...home, threads: home.threads.map((each) => (each === thread ? changed : each)) };
}

function applyToThread(thread: OwnedThread, changes: Changes, personId: string): OwnedThread {
  const ownMark = changes.read_marks.find(({ person_id }) => person_id === personId)?.up_to_seq ?? 0;
  const newest = changes.messages.find(({ seq }) => seq === changes.last_seq);
  return {
    ...thread,
    revision: changes.revision,
    last_seq: changes.last_seq,
    last_message_at: changes.last_message_at,
    last_message: newest ?? thread.last_message,
    unread: unreadAfter(thread, changes.messages, personId).filter(({ seq }) => seq > ownMark),
  };
}

/** A known message keeps its place (its tags may have changed); of the others only those newer than all we knew can be unread. */
function unreadAfter(thread: OwnedThread, messages: MessageView[], personId: string): UnreadMessage[] {
  const known = thread.unread.map(({ seq, pet_ids }) => ({
    seq,
    pet_ids: messages.find((message) => message.seq === seq)?.pet_ids ?? pet_ids,
  }));
  const added = messages
    .filter(({ seq, kind, author_id }) => seq > thread.last_seq && kind === "text" && author_id !== personId)
    .map(({ seq, pet_ids }) => ({ seq, pet_ids }));
  return [...known, ...added];
}

/** The answer of the server, but for threads of which live frames have told something newer meanwhile. */
export function keepNewer(known: OwnerHome, fresh: OwnerHome): OwnerHome {
  const byId = new Map(known.threads.map((thread) => [thread.thread_id, thread]));
  return {
    ...fresh,
    threads: fresh.threads.map((thread) => {
      const old = byId.get(thread.thread_id);
      return old !== undefined && old.revision > thread.revision ? old : thread;
    }),
  };
}
