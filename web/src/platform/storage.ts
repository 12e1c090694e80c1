import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB, type StoreNames } from "idb";
import { app } from "./api";
import type { NewMessage, ThreadView } from "./types";

export type StoredFile = { id: string; name: string; blob: Blob; attachment_id: string | null };

/** A message on its way out. It stays here, photos and all, until the server has it. */
export type StoredMessage = Omit<NewMessage, "attachment_ids" | "anyway"> & {
  thread_id: string;
  person_id: string;
  files: StoredFile[];
  created_at: string;
  anyway?: boolean;
  /** What its author was asked, and has not answered yet. */
  question?: string;
};

interface Shelves extends DBSchema {
  outbox: { key: string; value: StoredMessage };
  drafts: { key: string; value: string };
  snapshots: { key: string; value: { person_id: string; kept_at: number; thread: ThreadView } };
  answers: { key: string; value: unknown };
}

const SNAPSHOTS_KEPT = 40;

let opened: Promise<IDBPDatabase<Shelves>> | null = null;

function shelves(): Promise<IDBPDatabase<Shelves>> {
  opened ??= openDB<Shelves>(`pawline-${app}`, 1, {
    upgrade(database) {
      database.createObjectStore("outbox", { keyPath: "client_id" });
      database.createObjectStore("drafts");
      database.createObjectStore("snapshots");
      database.createObjectStore("answers");
    },
  });
  return opened;
}

/** Storage may be refused (private window, full disk); the app then works without it. */
async function attempt<T>(act: (database: IDBPDatabase<Shelves>) => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await act(await shelves());
  } catch {
    return otherwise;
  }
}

/**
 * Whether it is done. The commit does not wait for the answer of what it commits: a page that is left or reloaded with the next
 * key takes back what is not on its way by then.
 */
function change<Name extends StoreNames<Shelves>>(
  name: Name,
  act: (store: IDBPObjectStore<Shelves, [Name], Name, "readwrite">) => Promise<unknown>,
): Promise<boolean> {
  return attempt(async (shelf) => {
    const transaction = shelf.transaction(name, "readwrite");
    const acted = act(transaction.store);
    transaction.commit();
    await Promise.all([acted, transaction.done]);
    return true;
  }, false);
}

export const keepUnsent = (message: StoredMessage) => change("outbox", (store) => store.put(message));
export const dropUnsent = (clientId: string) => change("outbox", (store) => store.delete(clientId));

const ASKED = "asked to keep it all";

/** Ask the browser once not to clear any of it when the disk is full. Some ask the person, so not before there is something to lose. */
export async function keepForGood(): Promise<void> {
  if ((await loadAnswer(ASKED)) !== null) return;
  await keepAnswer(ASKED, true);
  await navigator.storage?.persist?.().catch(() => false);
}

/** In the order of writing; by key it would be the order of chance. */
export async function loadUnsent(personId: string): Promise<StoredMessage[]> {
  const all = await attempt((shelf) => shelf.getAll("outbox"), []);
  return all.filter((message) => message.person_id === personId).sort(byTime);
}

export function byTime(a: StoredMessage, b: StoredMessage): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at);
}

/** False once any tab has sent or deleted it. For what was kept: storage that does not answer says nothing against it. */
export const isUnsent = (clientId: string): Promise<boolean> =>
  attempt(async (shelf) => (await shelf.getKey("outbox", clientId)) !== undefined, true);

export const loadDraft = (key: string) => attempt(async (shelf) => (await shelf.get("drafts", key)) ?? "", "");

export const keepDraft = (key: string, text: string) =>
  change<"drafts">("drafts", (store) => (text === "" ? store.delete(key) : store.put(text, key)));

/** A file chosen for a message that is not sent yet. */
export type DraftFile = { id: string; name: string; blob: Blob; chosen_at: number };

const FILES = "file ";
const fileKey = (key: string, id: string) => `${FILES}${key} ${id}`;
export const keepDraftFile = (key: string, file: DraftFile) => keepAnswer(fileKey(key, file.id), file);
export const dropDraftFile = (key: string, id: string) => keepAnswer(fileKey(key, id), null);

/** In the order in which they were chosen. */
export async function loadDraftFiles(key: string): Promise<DraftFile[]> {
  const all = (shelf: IDBPDatabase<Shelves>) =>
    shelf.getAll("answers", IDBKeyRange.bound(fileKey(key, ""), fileKey(key, "\uffff")));
  return ((await attempt(all, [])) as DraftFile[]).sort((a, b) => a.chosen_at - b.chosen_at);
}

export async function loadSnapshot(personId: string, threadId: string): Promise<ThreadView | null> {
  const kept = await attempt((shelf) => shelf.get("snapshots", threadId), undefined);
  return kept !== undefined && kept.person_id === personId ? kept.thread : null;
}

export async function keepSnapshot(personId: string, thread: ThreadView): Promise<void> {
  const copy = { person_id: personId, kept_at: Date.now(), thread };
  await change("snapshots", (store) => store.put(copy, thread.thread_id));
  await attempt<unknown>(async (shelf) => {
    if ((await shelf.count("snapshots")) <= SNAPSHOTS_KEPT) return;
    const kept = await shelf.getAll("snapshots");
    const oldestFirst = kept.sort((a, b) => a.kept_at - b.kept_at);
    for (const old of oldestFirst.slice(0, -SNAPSHOTS_KEPT)) await shelf.delete("snapshots", old.thread.thread_id);
  }, null);
}

export const dropSnapshot = (threadId: string) => change("snapshots", (store) => store.delete(threadId));

/** The last answer of a list, to show something at once and when offline. The key should name the person. */
export async function loadAnswer<T>(key: string): Promise<T | null> {
  return ((await attempt((shelf) => shelf.get("answers", key), undefined)) as T | undefined) ?? null;
}

/** `null` takes it away. */
export const keepAnswer = (key: string, answer: unknown) =>
  change<"answers">("answers", (store) => (answer === null ? store.delete(key) : store.put(answer, key)));

/**
 * Nothing of the last person stays, except what they wrote and we could not send yet: a session may have been ended by
 * somebody else. Whoever signs out themselves gives that up too, with `wipeUnsent`.
 */
export function wipeStorage(): Promise<unknown> {
  return attempt<unknown>(async (shelf) => {
    const names = ["drafts", "snapshots", "answers"] as const;
    const transaction = shelf.transaction(names, "readwrite"); // one for all: what the next person keeps comes after it
    await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
  }, null);
}

/** What was read here, and nothing that was written here: drafts and their files stay, as does what is unsent. */
export function wipeCopies(): Promise<boolean> {
  return attempt(async (shelf) => {
    const transaction = shelf.transaction(["snapshots", "answers"], "readwrite");
    const answers = transaction.objectStore("answers");
    const beside = [IDBKeyRange.upperBound(FILES, true), IDBKeyRange.lowerBound(`${FILES}\uffff`)];
    await Promise.all([transaction.objectStore("snapshots").clear(), ...beside.map((keys) => answers.delete(keys))]);
    await transaction.done;
    return true;
  }, false);
}

export function wipeUnsent(personId: string): Promise<unknown> {
  return attempt<unknown>(async (shelf) => {
    for (const { client_id } of await loadUnsent(personId)) await shelf.delete("outbox", client_id);
  }, null);
}
