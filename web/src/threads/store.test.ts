import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { Changes, ThreadView } from "$/platform/types";
import { changes, message, nora, olive, snapshot } from "./northside.test_data";

const api = vi.hoisted(() => ({ getThread: vi.fn(), getChanges: vi.fn() }));
const device = vi.hoisted(() => ({ kept: null as unknown }));
const socket = vi.hoisted(() => ({
  tells: (_changes: unknown) => {},
  opens: () => {},
  anew: (_threadId: string, _keptId: string) => {},
}));
vi.mock("./api", () => api);
vi.mock("$/platform/session.svelte", () => ({ session: { person: { id: "olive" } } }));
vi.mock("$/platform/live", () => ({
  live: {
    tell: () => {},
    onClose: () => () => {},
    onActivity: () => () => {},
    onChanges: (listen: (each: unknown) => void) => {
      socket.tells = listen;
      return () => {};
    },
    onThreadAnew: (listen: (threadId: string, keptId: string) => void) => {
      socket.anew = listen;
      return () => {};
    },
    onOpen: (listen: () => void) => {
      socket.opens = listen;
      return () => {};
    },
  },
}));
vi.mock("./people_here.svelte", () => ({
  PeopleHere: class {
    look = () => () => {};
    forget(): void {}
  },
}));
vi.mock("./outbox.svelte", () => ({ outbox: { of: () => [], onStored: () => () => {} } }));
vi.mock("$/platform/storage", () => ({
  loadSnapshot: async () => device.kept,
  keepSnapshot: async (_: string, view: unknown) => {
    device.kept = view;
  },
  loadDraftFiles: async () => [],
}));
vi.resetModules(); // another test may have loaded the real ones

const { Offline } = await import("$/platform/api");
const { ThreadStore } = await import("./store.svelte");

beforeEach(() => {
  device.kept = null;
  api.getThread.mockReset();
  api.getChanges.mockReset();
});

it("keeps what it is told while the first snapshot is on its way", async () => {
  const store = new ThreadStore("hart", olive.id);
  const answer = holdAnswer();
  store.open();
  await eventually(() => expect(api.getThread).toHaveBeenCalled());
  socket.tells(changes(1, 2, { messages: [message(2, nora)] }));
  answer(snapshot([message(1, olive)]));
  await eventually(() => expect(store.status).toBe("ready"));

  expect(store.messages.map((each) => each.seq)).toEqual([1, 2]);
  store.close();
});

it("loads the whole thread anew when its people or pets changed, and leaves another's alone", async () => {
  const store = new ThreadStore("hart", olive.id);
  api.getThread.mockResolvedValue(snapshot([message(1, olive)]));
  store.open();
  await eventually(() => expect(store.status).toBe("ready"));
  socket.anew("okafor", "okafor");
  socket.anew("hart", "okafor");
  await Promise.resolve();
  expect(api.getThread).toHaveBeenCalledTimes(1);

  socket.anew("hart", "hart");
  await eventually(() => expect(api.getThread).toHaveBeenCalledTimes(2));
  store.close();
});

it("shows what the device kept, and replaces it by the whole thread", async () => {
  device.kept = snapshot([message(1, olive, { body: "since deleted" }), message(2, nora)], { revision: 2 });
  const store = new ThreadStore("hart", olive.id);
  const answer = holdAnswer();
  store.open();
  await eventually(() => expect(store.messages).toHaveLength(2));
  answer(snapshot([message(2, nora), message(3, nora)], { revision: 9, has_older: true }));
  await eventually(() => expect(store.state?.revision).toBe(9));

  expect(store.messages.map((each) => each.seq)).toEqual([2, 3]);
  expect(api.getChanges).not.toHaveBeenCalled();
  store.close();
});

it("asks once more when the connection opens while an answer is on its way", async () => {
  const store = new ThreadStore("hart", olive.id);
  const answer = holdAnswer();
  api.getChanges.mockImplementation(async (): Promise<Changes> => changes(1, 2, { messages: [message(2, nora)] }));
  store.open();
  await eventually(() => expect(api.getThread).toHaveBeenCalled());
  socket.opens();
  answer(snapshot([message(1, olive)]));
  await eventually(() => expect(store.messages).toHaveLength(2));

  expect(api.getChanges).toHaveBeenCalledTimes(1);
  store.close();
});

it("keeps what came live and what was sent for when there is no network", async () => {
  const store = new ThreadStore("hart", olive.id);
  api.getThread.mockResolvedValue(snapshot([message(1, olive)]));
  store.open();
  await eventually(() => expect(store.status).toBe("ready"));
  socket.tells(changes(1, 2, { messages: [message(2, nora)] }));
  store.accept(message(3, olive));
  dispatchEvent(new Event("pagehide"));
  store.close();
  api.getThread.mockRejectedValue(new Offline());
  const next = new ThreadStore("hart", olive.id);
  next.open();
  await eventually(() => expect(next.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]));

  next.close();
});

/** The server's answer stays on its way until the returned function is called with it. */
function holdAnswer(): (view: ThreadView) => void {
  let arrive: (view: ThreadView) => void = () => {};
  api.getThread.mockReturnValue(
    new Promise<ThreadView>((resolve) => {
      arrive = resolve;
    }),
  );
  return (view) => arrive(view);
}
