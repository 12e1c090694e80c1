import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { nora } from "./northside.test_data";
import type { ThreadStore } from "./store.svelte";

type Kept = { place: string; body: string; revision: number; is_other: boolean };

const { server, getDrafts, putDraft, shelf } = vi.hoisted(() => ({
  server: { draft: null as { body: string; revision: number } | null },
  getDrafts: vi.fn(),
  putDraft: vi.fn(),
  shelf: new Map<string, unknown>(),
}));
vi.mock("./api", () => ({ getDrafts, putDraft }));
vi.mock("$/platform/session.svelte", () => ({ session: { person: { id: nora.id } } }));
vi.mock("$/platform/storage", () => ({
  loadAnswer: async (key: string) => shelf.get(key) ?? null,
  keepAnswer: async (key: string, value: unknown) => void shelf.set(key, value),
}));
vi.resetModules(); // another test may have loaded the real ones

const { live } = await import("$/platform/live");
const { DraftSync } = await import("./draft_sync.svelte");

const SLOT = "text";

/** A screen of Nora's with a field, as it is left by an earlier visit. */
function screenWith(kept = "") {
  const screen = { words: "", isAtHand: false, pending: [] as unknown[] };
  const thread = {
    ...{ id: "hart", me: nora.id, messages: [{ seq: 4 }], keepDraft: () => {}, loadDraft: async () => kept },
    get pending() {
      return screen.pending;
    },
  };
  const sync = new DraftSync(thread as unknown as ThreadStore, {
    at: () => screen.words,
    take: (_, body) => {
      screen.words = body;
    },
    isAtHand: () => screen.isAtHand,
  });
  const type = (words: string) => {
    screen.words = words;
    sync.written(SLOT);
  };
  return { screen, sync, type };
}

const settle = () => vi.advanceTimersByTimeAsync(1_100);
const stored = (body: string, revision: number): Kept => ({ place: SLOT, body, revision, is_other: false });

let told: (draft: { type: "draft"; thread_id: string; place: string; revision: number }) => void = () => {};
async function writtenElsewhere(body: string, revision: number): Promise<void> {
  server.draft = body === "" ? null : { body, revision };
  told({ type: "draft", thread_id: "hart", place: SLOT, revision });
  await settle();
}

async function opened(kept = "") {
  const at = screenWith(kept);
  stop = at.sync.follow();
  await at.sync.restore(SLOT);
  await settle();
  return at;
}

let stop = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  server.draft = null;
  shelf.clear();
  getDrafts.mockReset().mockImplementation(async () => (server.draft ? [{ place: SLOT, ...server.draft }] : []));
  putDraft.mockReset().mockImplementation(async (_, words: { body: string; revision: number }) => {
    server.draft = words.body === "" ? null : { body: words.body, revision: words.revision + 1 };
    return stored(words.body, server.draft?.revision ?? 0);
  });
  vi.spyOn(live, "onDraft").mockImplementation((listen) => {
    told = listen;
    return () => {};
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("sends once nobody has typed for a second, and what is left at once", async () => {
  const { type, sync } = await opened();
  for (const words of ["D", "De", "Dear"]) type(words);
  expect(putDraft).not.toHaveBeenCalled();
  await settle();
  type("Dear Olive");
  stop();

  const sent = putDraft.mock.calls.map(([, words]) => [words.body, words.revision, words.seen_up_to]);
  expect(sent).toEqual([
    ["Dear", 0, 4],
    ["Dear Olive", 1, 4],
  ]);
  expect(sync.others).toEqual({});
});

it("takes over what is newer, and what has ended", async () => {
  server.draft = { body: "From the desk", revision: 3 };
  const { screen } = await opened();
  expect(screen.words).toBe("From the desk");
  await writtenElsewhere("In room two", 4);
  expect(screen.words).toBe("In room two");
  await writtenElsewhere("", 0);

  expect(screen.words).toBe("");
  expect(putDraft).not.toHaveBeenCalled();
});

it("writes over nothing that is being written, and wins when it goes on", async () => {
  const { screen, sync, type } = await opened();
  screen.isAtHand = true;
  type("Dear Olive");
  await settle();
  await writtenElsewhere("Hello Olive", 9);
  expect([screen.words, sync.others[SLOT]?.body]).toEqual(["Dear Olive", "Hello Olive"]);
  type("Dear Olive,");
  await settle();

  expect(putDraft.mock.lastCall?.[1]).toMatchObject({ body: "Dear Olive,", revision: 9 });
  expect(sync.useOther(SLOT)).toBe("Dear Olive,");
  expect([screen.words, sync.others]).toEqual(["Hello Olive", {}]);
});

it("keeps to itself what was refused for other words until its writer goes on", async () => {
  const { screen, sync, type } = await opened();
  putDraft.mockResolvedValueOnce({ ...stored("Other words", 7), is_other: true });
  type("These words");
  await settle();
  sync.pushSoon();
  await settle();
  expect(putDraft).toHaveBeenCalledTimes(1);
  sync.keepOwn(SLOT);
  await settle();

  expect(putDraft.mock.lastCall?.[1]).toMatchObject({ body: "These words", revision: 7 });
  expect([screen.words, sync.others]).toEqual(["These words", {}]);
});

it("sends what an earlier visit could not, and nothing while a message is on its way", async () => {
  const { screen, sync, type } = await opened("Written on the train");
  expect(putDraft.mock.lastCall?.[1]).toMatchObject({ body: "Written on the train", revision: 0 });
  screen.pending = [{}];
  type("");
  await settle();
  expect(server.draft?.body).toBe("Written on the train");
  screen.pending = [];
  sync.pushSoon();
  await settle();

  expect(server.draft).toBeNull();
});
