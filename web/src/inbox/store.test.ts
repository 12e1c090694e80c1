import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { Changes, InboxRow } from "$/platform/types";
import { changes, conversation, message, minute, nora, olive } from "$/threads/northside.test_data";
import { InboxStore } from "./store.svelte";

const { heard, counts, pages } = vi.hoisted(() => ({
  heard: [] as ((frame: Changes) => void)[],
  counts: [] as ((answer: unknown) => void)[],
  /** What the server has of the queue, by what is looked for. */
  pages: new Map<string, unknown>(),
}));
const row: InboxRow = {
  thread_id: "hart",
  clinic_id: "northside",
  family_id: "hart-family",
  family_name: "Hart",
  contact_names: ["Olive", "Omar"],
  pets: [{ id: "pixel", name: "Pixel", species: "dog" }],
  revision: 2,
  last_seq: 2,
  last_message_at: minute(2),
  waiting_since: null,
  last_message: message(2, nora),
  conversation: conversation("cough", 1),
  unread: [],
  read_by_other_side_seq: 0,
  mentioned_by: null,
};

vi.mock("./api", () => ({
  getInbox: async ({ q }: { q: string }) => pages.get(q) ?? { rows: [row], next_cursor: null },
  getQueueTeam: async () => ({ people: [], former: [] }),
  getUnread: () => new Promise((resolve) => counts.push(resolve)),
}));
vi.mock("$/platform/live", () => ({
  live: {
    onChanges: (act: (frame: Changes) => void) => {
      heard.push(act);
      return () => {};
    },
    onOpen: () => () => {},
  },
}));
vi.mock("$/platform/storage", () => ({ keepAnswer: async () => true, loadAnswer: async () => null }));
vi.mock("$/triage/triage.svelte", () => ({ triage: { onChanged: () => () => {} } }));

beforeEach(() => {
  heard.length = 0;
  counts.length = 0;
  pages.clear();
  vi.useFakeTimers();
});

function answer(unread_threads: number): void {
  counts.shift()?.({ unread_threads, mine: 0, handed_to_me: 0, mentions: 0, snoozed: 0 });
}

it("asks again how much is unread when a frame crosses the count that it may be in already", async () => {
  const inbox = new InboxStore(nora.id);
  inbox.start();
  await eventually(() => expect(counts).toHaveLength(1));
  answer(1);
  await eventually(() => expect(inbox.unreadThreads).toBe(1));

  for (const act of heard) act(changes(2, 3, { messages: [message(3, olive)] }));
  expect(inbox.unreadThreads).toBe(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(counts).toHaveLength(1);
  answer(1);
  await eventually(() => expect(inbox.unreadThreads).toBe(1));
});

it("counts by itself when no count is near", async () => {
  const inbox = new InboxStore(nora.id);
  inbox.start();
  await eventually(() => expect(counts).toHaveLength(1));
  answer(1);
  await eventually(() => expect(inbox.unreadThreads).toBe(1));

  await vi.advanceTimersByTimeAsync(5_000);
  for (const act of heard) act(changes(2, 3, { messages: [message(3, olive)] }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([inbox.unreadThreads, counts.length]).toEqual([2, 0]);
});

it("shows the whole queue again when a frame comes just after a search was cleared (PPB-5, PPB-6)", async () => {
  const found = { ...row, thread_id: "found" };
  pages.set("", { rows: [row], next_cursor: "the next page" });
  pages.set("pixel", { rows: [found], next_cursor: null });
  const inbox = new InboxStore(nora.id);
  inbox.start();
  await eventually(() => expect(inbox.rows).toEqual([row]));
  inbox.search("pixel");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(inbox.rows).toEqual([found]);

  inbox.search("");
  for (const act of heard) act(changes(2, 3, { thread_id: "not on the list", messages: [message(3, olive)] }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect([inbox.rows, inbox.hasMore]).toEqual([[row], true]);
});
