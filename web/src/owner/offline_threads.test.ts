import { beforeEach, expect, it, vi } from "vitest";
import type { OwnedThread, ThreadView } from "$/platform/types";
import { message, nora, olive, snapshot } from "$/threads/northside.test_data";

const getThread = vi.hoisted(() => vi.fn<(id: string) => Promise<ThreadView>>());
const shelf = vi.hoisted(() => new Map<string, ThreadView>());
vi.mock("$/threads/api", () => ({ getThread }));
vi.mock("$/platform/session.svelte", () => ({ session: { person: { id: "olive" } } }));
vi.mock("$/platform/storage", () => ({
  loadSnapshot: async (_: string, id: string) => shelf.get(id) ?? null,
  keepSnapshot: async (_: string, thread: ThreadView) => shelf.set(thread.thread_id, thread),
}));
vi.resetModules(); // another test may have loaded the real ones

const { Offline } = await import("$/platform/api");
const { OfflineThreads } = await import("./offline_threads");

function thread(thread_id: string, revision: number): OwnedThread {
  const { clinic, last_message_at } = snapshot([message(revision, nora)]);
  return { thread_id, clinic, revision, last_seq: revision, last_message_at, last_message: null, unread: [] };
}

const held = (thread_id: string, revision: number) => snapshot([message(revision, nora)], { thread_id });
const fetched = () => getThread.mock.calls.map(([id]) => id);

beforeEach(() => {
  shelf.clear();
  getThread.mockReset();
  getThread.mockImplementation(async (id) => held(id, 9));
});

it("fetches what was never opened or has moved on since, and leaves alone what is there", async () => {
  shelf.set("current", held("current", 3)).set("old", held("old", 2));
  await new OfflineThreads(olive.id).fetchNow([thread("current", 3), thread("old", 4), thread("new", 5)]);

  expect(fetched()).toEqual(["new", "old"]);
  expect(shelf.get("new")?.revision).toBe(9);
});

it("fetches the newest few, once nothing has changed for a moment", async () => {
  vi.useFakeTimers();
  const offline = new OfflineThreads(olive.id);
  const many = Array.from({ length: 30 }, (_, at) => thread(`thread-${at}`, at + 1));
  offline.fetchSoon([thread("early", 1)]);
  offline.fetchSoon(many);
  await vi.runAllTimersAsync();
  expect(fetched()).toEqual(Array.from({ length: 10 }, (_, at) => `thread-${29 - at}`));
  offline.fetchSoon([thread("late", 40)]);
  offline.stop();
  await vi.runAllTimersAsync();

  expect(fetched()).not.toContain("late");
});

it("leaves it for the next time when the network goes away", async () => {
  getThread.mockRejectedValue(new Offline());
  await new OfflineThreads(olive.id).fetchNow([thread("one", 1), thread("two", 2)]);

  expect([fetched(), shelf.size]).toEqual([["two"], 0]);
});
