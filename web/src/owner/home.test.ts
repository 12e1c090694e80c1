import { beforeEach, expect, it, vi } from "vitest";
import type { Changes, MessageView, OwnerHome } from "$/platform/types";

const loadHome = vi.hoisted(() => vi.fn<() => Promise<OwnerHome>>());
const told = vi.hoisted(() => ({ changes: (_: Changes): void => {} }));
vi.mock("./api", () => ({ loadHome }));
vi.mock("$/platform/live", () => ({
  live: {
    onOpen: () => () => {},
    onThreadAnew: () => () => {},
    onChanges: (listen: (changes: Changes) => void) => {
      told.changes = listen;
      return () => {};
    },
  },
}));
const keepAnswer = vi.hoisted(() => vi.fn(async (_key: string, _answer: unknown) => true));
vi.mock("$/platform/storage", () => ({ keepAnswer, loadAnswer: () => Promise.resolve(null) }));
vi.mock("$/platform/session.svelte", () => ({ session: { person: { id: "olive" } } }));
vi.mock("./offline_threads", () => ({
  OfflineThreads: class {
    fetchSoon(): void {}
    stop(): void {}
  },
}));
vi.resetModules(); // another test may have loaded the real ones

const { Home } = await import("./home.svelte");

function homeAt(revision: number): OwnerHome {
  const clinic = {
    id: "clinic",
    name: "Northside",
    timezone: "Europe/London",
    phone: null,
    emergency_number: null,
    address: null,
  };
  const seen = {
    revision,
    last_seq: revision,
    last_message_at: "2026-11-21T10:00:00Z",
    last_message: null,
    unread: [],
  };
  return {
    pets: [],
    threads: [{ thread_id: "thread", clinic, ...seen }],
    is_turned_away: false,
    is_chat_disabled: false,
    closed_clinic_ids: [],
    silent_clinic_ids: [],
  };
}

function noraWrites(after: number): Changes {
  const message: MessageView = {
    id: "message",
    client_id: "client",
    conversation_id: "conversation",
    seq: after + 1,
    revision: after + 1,
    kind: "text",
    channel: "app",
    author_id: "nora",
    author_name: "Nora",
    author_kind: "staff",
    body: "Hello",
    pet_ids: [],
    attachments: [],
    created_at: "2026-11-21T10:01:00Z",
    deleted_at: null,
    files_waiting: 0,
    is_from_shared_number: false,
    is_removed: false,
  };
  return {
    type: "changes",
    thread_id: "thread",
    clinic_id: "clinic",
    family_id: "family",
    after,
    revision: after + 1,
    is_complete: true,
    last_seq: after + 1,
    last_message_at: message.created_at,
    conversations: [],
    messages: [message],
    read_marks: [],
  };
}

let answer: (home: OwnerHome) => void = () => {};

beforeEach(() => {
  loadHome.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
});

it("counts what came while the first answer, put together before it, was on its way", async () => {
  const home = new Home("olive");
  home.follow();
  told.changes(noraWrites(1));
  answer(homeAt(1));
  await vi.waitUntil(() => home.view !== null);

  expect(home.unreadInAll).toBe(1);
});

it("counts nothing twice when the first answer knew it already", async () => {
  const home = new Home("olive");
  home.follow();
  told.changes(noraWrites(1));
  answer(homeAt(2));
  await vi.waitUntil(() => home.view !== null);

  expect(home.unreadInAll).toBe(0);
});

it("keeps what came live for when there is no network", async () => {
  const home = new Home("olive");
  home.follow();
  answer(homeAt(1));
  await vi.waitUntil(() => home.view !== null);
  told.changes(noraWrites(1));
  dispatchEvent(new Event("pagehide"));

  expect(keepAnswer).toHaveBeenLastCalledWith("home of olive", home.view);
  expect(home.view?.threads[0]?.last_message?.body).toBe("Hello");
});
