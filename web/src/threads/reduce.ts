/**
 * What a screen knows of a thread, and how changes move it on. Pure: no fetch, no DOM, no clock.
 *
 * Snapshots, pages, changes and single answers may arrive late, twice and in any order; the result is the same.
 */
import type {
  Changes,
  ClinicView,
  ConnectionView,
  ConversationView,
  FamilyView,
  MessagePage,
  MessageView,
  ReadMarkView,
  ThreadView,
  UnreadMessage,
} from "$/platform/types";

type Span = { after: number; revision: number };

export type ThreadState = {
  threadId: string;
  me: string;
  /** Everything up to here is applied. Changes that came too early wait in `ahead`. */
  revision: number;
  ahead: Span[];
  snapshotRevision: number;
  /** Too much has changed to list: only a new snapshot helps. */
  needsSnapshot: boolean;
  lastSeq: number;
  lastMessageAt: string;
  clinic: ClinicView;
  family: FamilyView;
  canPost: boolean;
  /** Before writing, the reader has to agree to the terms of app chat. */
  mustAgree: boolean;
  /** Why the reader may see it; basic staff because of today's schedule, or because it was handed to them. */
  seenThrough: ThreadView["seen_through"];
  /** Why nobody of the family can be talked to in the app, in words; and whether nothing is taken for them there. */
  chatObstacles: NonNullable<ThreadView["chat_obstacles"]>;
  isChatBarred: boolean;
  /** In which the family can be asked to pay; `null` where nobody can. */
  paymentCurrency: string | null;
  /** How the family's pets stand with the clinic; `null` in a copy that an earlier release has kept. */
  connections: ConnectionView[] | null;
  /** By `seq`. May hold strays older than `loadedFrom`, kept so that a late page cannot undo them. */
  messages: MessageView[];
  loadedFrom: number;
  hasOlder: boolean;
  conversations: ConversationView[];
  readMarks: Record<string, ReadMarkView>;
  /** By `seq`, the newest 100 at most. */
  unread: UnreadMessage[];
};

const UNREAD_COUNTED = 100;

export function fromSnapshot(view: ThreadView, me: string): ThreadState {
  return {
    threadId: view.thread_id,
    me,
    revision: view.revision,
    ahead: [],
    snapshotRevision: view.revision,
    needsSnapshot: false,
    lastSeq: view.last_seq,
    lastMessageAt: view.last_message_at,
    clinic: view.clinic,
    family: view.family,
    canPost: view.can_post,
    mustAgree: view.must_agree,
    seenThrough: view.seen_through,
    chatObstacles: view.chat_obstacles ?? [],
    isChatBarred: view.is_chat_barred,
    paymentCurrency: view.payment_currency ?? null,
    connections: view.connections ?? null,
    messages: [...view.messages].sort(bySeq),
    loadedFrom: view.has_older ? (view.messages[0]?.seq ?? 0) : 0,
    hasOlder: view.has_older,
    conversations: [...view.conversations].sort(byOpening),
    readMarks: Object.fromEntries(view.read_marks.map((mark) => [mark.person_id, mark])),
    unread: newest(view.unread),
  };
}

/** A newer snapshot replaces an older one; pages read so far stay when there is no hole between. */
export function applySnapshot(state: ThreadState, view: ThreadView): ThreadState {
  if (view.revision < state.revision) return state;
  const fresh = fromSnapshot(view, state.me);
  const firstFresh = fresh.messages[0]?.seq ?? 0;
  const lastKnown = state.messages.at(-1)?.seq ?? 0;
  if (lastKnown < firstFresh || state.loadedFrom >= fresh.loadedFrom) return fresh;
  if (view.revision > state.revision && state.needsSnapshot) return fresh; // the older pages may be out of date
  return {
    ...fresh,
    messages: mergeMessages(state.messages, fresh.messages),
    loadedFrom: state.loadedFrom,
    hasOlder: state.hasOlder,
  };
}

export function applyChanges(state: ThreadState, changes: Changes): ThreadState {
  if (changes.thread_id !== state.threadId) return state;
  if (!changes.is_complete) return changes.revision > state.revision ? { ...state, needsSnapshot: true } : state;
  const readMarks = mergeMarks(state.readMarks, changes.read_marks);
  const messages = mergeMessages(state.messages, changes.messages);
  return {
    ...state,
    ...advance(state, changes),
    lastSeq: Math.max(state.lastSeq, changes.last_seq),
    lastMessageAt: later(state.lastMessageAt, changes.last_message_at),
    messages,
    conversations: mergeConversations(state.conversations, changes.conversations),
    readMarks,
    unread: recount(state, changes.messages, messages, readMarks),
  };
}

/** The answer to an act of this screen; the frame that tells of it may come before or after. */
export function applyMessage(state: ThreadState, message: MessageView): ThreadState {
  const messages = mergeMessages(state.messages, [message]);
  return {
    ...state,
    messages,
    lastSeq: Math.max(state.lastSeq, message.seq),
    lastMessageAt: later(state.lastMessageAt, message.created_at),
    unread: recount(state, [message], messages, state.readMarks),
  };
}

export function applyConversation(state: ThreadState, conversation: ConversationView): ThreadState {
  return { ...state, conversations: mergeConversations(state.conversations, [conversation]) };
}

export function applyReadMark(state: ThreadState, mark: ReadMarkView): ThreadState {
  const readMarks = mergeMarks(state.readMarks, [mark]);
  return { ...state, readMarks, unread: recount(state, [], state.messages, readMarks) };
}

/** A page of older messages, asked for with `before=loadedFrom`. */
export function applyPage(state: ThreadState, page: MessagePage): ThreadState {
  const first = page.messages[0]?.seq ?? state.loadedFrom;
  if (first > state.loadedFrom) return state;
  const reachesBack = first < state.loadedFrom || page.messages.length === 0;
  return {
    ...state,
    messages: mergeMessages(state.messages, page.messages),
    loadedFrom: page.has_older ? first : 0,
    hasOlder: reachesBack ? page.has_older : state.hasOlder,
  };
}

/** Whether nothing is missing between what is known; if not, ask for the changes after `revision`. */
export function isContiguous(state: ThreadState): boolean {
  return state.ahead.length === 0 && !state.needsSnapshot;
}

/** The unbroken run of messages that may be shown, by `seq`. */
export function loadedMessages(state: ThreadState): MessageView[] {
  return state.messages.filter((message) => message.seq >= state.loadedFrom);
}

/** Whether messages of the conversation may be older than all that is loaded. */
export function reachesIntoPast(state: ThreadState, conversation: ConversationView): boolean {
  const oldest = loadedMessages(state)[0];
  if (!state.hasOlder || oldest === undefined) return state.hasOlder;
  const isInside = oldest.conversation_id === conversation.id;
  return isInside || Date.parse(oldest.created_at) >= Date.parse(conversation.opened_at);
}

export function ownMark(state: ThreadState): number {
  return state.readMarks[state.me]?.up_to_seq ?? 0;
}

/** What this reader has read, and wants to stand as unread. */
export function markedUnread(state: Pick<ThreadState, "me" | "readMarks">): number | null {
  return state.readMarks[state.me]?.marked_unread_seq ?? null;
}

export function openConversation(state: ThreadState): ConversationView | null {
  return state.conversations.find((conversation) => conversation.ended_at === null) ?? null;
}

/** A reply is about the pets the family wrote about last. */
export function lastTags(state: ThreadState): string[] {
  const last = state.messages.findLast((message) => message.author_kind === "contact" && message.deleted_at === null);
  return last?.pet_ids ?? [];
}

/** What a family writes is about the pets of the newest message about any, whoever wrote it. */
export function newestTags(state: ThreadState): string[] {
  const last = state.messages.findLast((message) => message.pet_ids.length > 0 && message.deleted_at === null);
  return last?.pet_ids ?? [];
}

/** What still waits here once `messages` are stored: a message is known by the id its author's screen gave it. */
export function unsentOf<T extends { client_id: string }>(waiting: T[], messages: MessageView[], me: string): T[] {
  const stored = new Set(messages.filter((each) => each.author_id === me).map((each) => each.client_id));
  return waiting.filter((each) => !stored.has(each.client_id));
}

function advance(state: ThreadState, changes: Changes): Pick<ThreadState, "revision" | "ahead"> {
  let revision = state.revision;
  const spans = [...state.ahead, { after: changes.after, revision: changes.revision }].sort(
    (a, b) => a.after - b.after,
  );
  for (const span of spans) {
    if (span.after <= revision) revision = Math.max(revision, span.revision);
  }
  return { revision, ahead: spans.filter((span) => span.revision > revision) };
}

function mergeMessages(known: MessageView[], incoming: MessageView[]): MessageView[] {
  if (incoming.length === 0) return known;
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of incoming) {
    const old = byId.get(message.id);
    if (old === undefined || message.revision > old.revision) byId.set(message.id, message);
  }
  return [...byId.values()].sort(bySeq);
}

function mergeConversations(known: ConversationView[], incoming: ConversationView[]): ConversationView[] {
  if (incoming.length === 0) return known;
  const byId = new Map(known.map((conversation) => [conversation.id, conversation]));
  for (const conversation of incoming) {
    const old = byId.get(conversation.id);
    if (old === undefined || conversation.revision > old.revision) byId.set(conversation.id, conversation);
  }
  return [...byId.values()].sort(byOpening);
}

function mergeMarks(known: Record<string, ReadMarkView>, incoming: ReadMarkView[]): Record<string, ReadMarkView> {
  const marks = { ...known };
  for (const mark of incoming) {
    const old = marks[mark.person_id];
    if (old === undefined || mark.up_to_seq > old.up_to_seq) marks[mark.person_id] = mark;
    else if (mark.up_to_seq === old.up_to_seq && mark.revision > old.revision) marks[mark.person_id] = mark;
  }
  return marks;
}

/** `seq` above my mark, a text, not mine. A deleted message keeps counting, like the server counts it. */
function recount(
  state: ThreadState,
  incoming: MessageView[],
  messages: MessageView[],
  readMarks: Record<string, ReadMarkView>,
): UnreadMessage[] {
  const upTo = readMarks[state.me]?.up_to_seq ?? 0;
  const marked = markedUnread({ me: state.me, readMarks });
  const bySequence = new Map(state.unread.map((each) => [each.seq, each]));
  const current = new Map(messages.map((message) => [message.id, message]));
  for (const { id } of incoming) {
    const message = current.get(id);
    if (message !== undefined && counts(state, message)) {
      bySequence.set(message.seq, { seq: message.seq, pet_ids: message.pet_ids });
    }
  }
  const again = marked === null ? undefined : messages.find((message) => message.seq === marked);
  if (again !== undefined) bySequence.set(again.seq, { seq: again.seq, pet_ids: again.pet_ids });
  return newest([...bySequence.values()].filter((each) => each.seq > upTo || each.seq === marked));
}

/** The snapshot has already counted what is no newer than itself, and knows its tags better than a late frame. */
function counts(state: ThreadState, message: MessageView): boolean {
  return message.revision > state.snapshotRevision && message.kind === "text" && message.author_id !== state.me;
}

function newest(unread: UnreadMessage[]): UnreadMessage[] {
  return [...unread].sort((a, b) => a.seq - b.seq).slice(-UNREAD_COUNTED);
}

function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a;
}

function bySeq(a: MessageView, b: MessageView): number {
  return a.seq - b.seq;
}

function byOpening(a: ConversationView, b: ConversationView): number {
  return Date.parse(a.opened_at) - Date.parse(b.opened_at) || (a.id < b.id ? -1 : 1);
}
