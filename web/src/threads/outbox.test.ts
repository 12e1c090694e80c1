import { beforeEach, expect, it, vi } from "vitest";
import { Offline, Refusal } from "$/platform/api";
import type { StoredMessage } from "$/platform/storage";
import { message, nora } from "./northside.test_data";

const postMessage = vi.hoisted(() => vi.fn());
const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock("./api", () => ({ postMessage }));
vi.mock("$/platform/storage", () => ({
  keepUnsent: async (each: { client_id: string }) => stored.set(each.client_id, each),
  dropUnsent: async (clientId: string) => stored.delete(clientId),
  loadUnsent: async () => [...stored.values()],
}));

const { Outbox } = await import("./outbox.svelte");

function words(seq: number): StoredMessage {
  const { client_id, body, pet_ids, created_at } = message(seq, nora);
  return { client_id, body, kind: "text", pet_ids, created_at, thread_id: "hart", person_id: nora.id, files: [] };
}

beforeEach(() => {
  postMessage.mockReset();
  stored.clear();
});

it("keeps a message until the server has it", async () => {
  const outbox = new Outbox();
  postMessage.mockImplementation(async () => {
    expect(stored.has("client-1")).toBe(true);
    return message(1, nora);
  });
  await outbox.send(words(1));

  expect(outbox.pending).toEqual([]);
  expect(stored.size).toBe(0);
});

it("waits for the network, and sends the same message in the next visit", async () => {
  const before = new Outbox();
  postMessage.mockRejectedValueOnce(new Offline());
  await before.send(words(1));
  const [waiting] = before.pending;
  postMessage.mockResolvedValue(message(1, nora));
  const next = new Outbox();
  await next.load(nora.id);
  await vi.waitFor(() => expect(next.pending).toEqual([]));

  expect(waiting?.state).toBe("waiting");
  expect(postMessage.mock.calls.map(([, body]) => body.client_id)).toEqual(["client-1", "client-1"]);
  expect(stored.size).toBe(0);
});

it("shows a refused message until the person tries again or discards it, and goes on with the next", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValueOnce(new Refusal(422, "too_long", "Too long", "At most 10,000 characters.", {}));
  postMessage.mockResolvedValue(message(2, nora));
  await outbox.send(words(1));
  await outbox.send(words(2));

  expect(outbox.pending.map(({ client_id, state, reason }) => [client_id, state, reason])).toEqual([
    ["client-1", "failed", "At most 10,000 characters."],
  ]);
  expect([...stored.keys()]).toEqual(["client-1"]);
  await outbox.discard("client-1");
  expect(stored.size).toBe(0);
});

it("sends in the order of writing", async () => {
  const outbox = new Outbox();
  postMessage.mockImplementation(async (_thread, body) => message(Number(body.client_id.split("-")[1]), nora));
  await Promise.all([outbox.send(words(1)), outbox.send(words(2)), outbox.send(words(3))]);
  await vi.waitFor(() => expect(outbox.pending).toEqual([]));

  expect(postMessage.mock.calls.map(([, body]) => body.client_id)).toEqual(["client-1", "client-2", "client-3"]);
});
