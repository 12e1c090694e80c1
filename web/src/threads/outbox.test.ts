import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { StoredMessage } from "$/platform/storage";
import { message, nora } from "./northside.test_data";

const postMessage = vi.hoisted(() => vi.fn());
const uploadFile = vi.hoisted(() => vi.fn());
const keepForGood = vi.hoisted(() => vi.fn());
const stored = vi.hoisted(() => new Map<string, unknown>());
const disk = vi.hoisted(() => ({ isFull: false }));
const session = vi.hoisted(() => ({ problem: null, load: vi.fn() }));
const otherTab = vi.hoisted(() => ({ tellsGone: (_clientId: string) => {} }));
vi.mock("./api", () => ({ postMessage }));
vi.mock("./upload", () => ({ uploadFile }));
vi.mock("./other_tabs", () => ({
  inTurn: (_name: string, act: () => Promise<unknown>) => act(),
  tellGone: () => {},
  onGone: (listen: (clientId: string) => void) => {
    otherTab.tellsGone = listen;
  },
}));
vi.mock("$/platform/session.svelte", () => ({ session }));
vi.mock("$/platform/storage", () => ({
  byTime: (a: StoredMessage, b: StoredMessage) => Date.parse(a.created_at) - Date.parse(b.created_at),
  keepUnsent: async (each: { client_id: string }) => !disk.isFull && stored.set(each.client_id, each) !== undefined,
  dropUnsent: async (clientId: string) => stored.delete(clientId),
  isUnsent: async (clientId: string) => stored.has(clientId),
  loadUnsent: async () => [...stored.values()],
  wipeUnsent: async () => stored.clear(),
  keepForGood,
}));
vi.resetModules(); // another test may have loaded the real ones

const { Offline, Refusal } = await import("$/platform/api");
const { Outbox } = await import("./outbox.svelte");

function words(seq: number): StoredMessage {
  const { client_id, body, pet_ids, created_at } = message(seq, nora);
  return { client_id, body, kind: "text", pet_ids, created_at, thread_id: "hart", person_id: nora.id, files: [] };
}

beforeEach(() => {
  postMessage.mockReset();
  uploadFile.mockReset();
  session.load.mockReset();
  stored.clear();
  disk.isFull = false;
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
  await eventually(() => expect(next.pending).toEqual([]));

  expect([waiting?.state, waiting?.hasWaited]).toEqual(["waiting", true]);
  expect(postMessage.mock.calls.map(([, body]) => body.client_id)).toEqual(["client-1", "client-1"]);
  expect(stored.size).toBe(0);
});

it("counts what an earlier visit left before that has been taken up", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValue(new Offline());
  const loading = outbox.load(nora.id);
  stored.set("client-1", words(1));

  expect(outbox.pending).toEqual([]);
  expect(await outbox.count()).toBe(1);
  await loading;
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

it("tries all once more, refused ones too, and is done when each is answered, those on their way included", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValueOnce(new Refusal(422, "too_long", "Too long", "At most 10,000 characters.", {}));
  await outbox.send(words(1));
  const answers: (() => void)[] = [];
  postMessage.mockImplementation(() => new Promise((resolve) => answers.push(() => resolve(message(2, nora)))));
  void outbox.send(words(2));
  await eventually(() => expect(answers).toHaveLength(1));
  const trying = outbox.tryAll().then(() => outbox.pending.length);
  answers[0]?.();
  await eventually(() => expect(answers).toHaveLength(2));
  answers[1]?.();

  expect(await trying).toBe(0);
});

it("says so when the device cannot keep a message, and asks for what it keeps to stay", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValue(new Offline());
  await outbox.send(words(1));
  disk.isFull = true;
  await outbox.send(words(2));
  await eventually(() => expect(outbox.pending.map(({ isKept }) => isKept)).toEqual([true, false]));

  expect([...stored.keys()]).toEqual(["client-1"]);
  expect(keepForGood).toHaveBeenCalled();
});

it("tells when a reload would find it, and not before", async () => {
  const outbox = new Outbox();
  const found: boolean[] = [];
  postMessage.mockRejectedValue(new Offline());
  const sending = outbox.send(words(1), () => found.push(stored.has("client-1")));
  expect(found).toEqual([]);
  await sending;

  expect(found).toEqual([true]);
});

it("sends in the order of writing", async () => {
  const outbox = new Outbox();
  postMessage.mockImplementation(async (_thread, body) => message(Number(body.client_id.split("-")[1]), nora));
  await Promise.all([outbox.send(words(1)), outbox.send(words(2)), outbox.send(words(3))]);
  await eventually(() => expect(outbox.pending).toEqual([]));

  expect(postMessage.mock.calls.map(([, body]) => body.client_id)).toEqual(["client-1", "client-2", "client-3"]);
});

it("keeps the order of writing when the phone's clock is put back in between", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValue(new Offline());
  await outbox.send({ ...words(1), created_at: "2026-11-17T09:00:00.000Z" });
  await outbox.send({ ...words(2), created_at: "2026-11-16T09:00:00.000Z" });

  expect(outbox.pending.map((each) => each.created_at)).toEqual([
    "2026-11-17T09:00:00.000Z",
    "2026-11-17T09:00:00.001Z",
  ]);
});

it("does not send what another tab has sent or deleted", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValueOnce(new Offline());
  await outbox.send(words(1));
  stored.clear();
  await outbox.retry("client-1");

  expect(outbox.pending).toEqual([]);
  expect(postMessage).toHaveBeenCalledTimes(1);
});

it("stops showing what another tab says is gone", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValueOnce(new Offline());
  await outbox.send(words(1));
  otherTab.tellsGone("client-1");

  expect(outbox.pending).toEqual([]);
});

it("finds out whether the session has ended before a message counts as refused", async () => {
  const outbox = new Outbox();
  postMessage.mockRejectedValue(new Refusal(404, "not_found", "Not found", "There is nothing here.", {}));
  await outbox.send(words(1));
  const [first] = outbox.pending;
  await outbox.flush();
  await eventually(() => expect(outbox.pending[0]?.state).toBe("failed"));

  expect(first?.state).toBe("waiting");
  expect(session.load).toHaveBeenCalledTimes(1);
});

it("gives a message back to be changed, but not while it is on its way", async () => {
  const outbox = new Outbox();
  postMessage.mockImplementationOnce(async () => {
    expect(outbox.takeBack("client-1")).toBeNull();
    throw new Offline();
  });
  await outbox.send(words(1));

  expect(outbox.takeBack("client-1")?.body).toBe("Words 1");
  expect(outbox.pending).toEqual([]);
  expect(stored.size).toBe(0);
});

it("uploads again what the server has forgotten meanwhile, once", async () => {
  const outbox = new Outbox();
  const isGone = { attachment_ids: "names a file that is not there or was sent already; upload it again" };
  const forgotten = new Refusal(422, "invalid", "Invalid", "Attachment_ids names a file that is not there.", isGone);
  const xray = { id: "xray", name: "xray.pdf", blob: new Blob(["%PDF"], { type: "application/pdf" }) };
  const withFile = (seq: number) => ({ ...words(seq), files: [{ ...xray, attachment_id: "old" }] });
  uploadFile.mockResolvedValue({ id: "new" });
  postMessage.mockRejectedValueOnce(forgotten).mockResolvedValueOnce(message(1, nora));
  await outbox.send(withFile(1));
  const sent = postMessage.mock.calls.map(([, { client_id, attachment_ids }]) => [client_id, attachment_ids]);
  postMessage.mockRejectedValue(forgotten);
  await outbox.send(withFile(2));

  expect(sent).toEqual([
    ["client-1", ["old"]],
    ["client-1", ["new"]],
  ]);
  expect(uploadFile.mock.calls[0]?.[1].id).toBe("xray");
  expect(outbox.pending.map(({ client_id, state }) => [client_id, state])).toEqual([["client-2", "failed"]]);
});

it("asks before it sends what a colleague has answered meanwhile, and remembers the question over a reload", async () => {
  const before = new Outbox();
  postMessage.mockRejectedValueOnce(
    new Refusal(409, "answered_meanwhile", "Conflict", "Nora answered 4 seconds ago.", {}),
  );
  await before.send({ ...words(1), seen_up_to: 1 });
  const next = new Outbox();
  await next.load(nora.id);
  const [asked] = next.pending;
  postMessage.mockRejectedValueOnce(new Offline()).mockResolvedValue(message(1, nora));
  await next.sendAnyway("client-1");
  const [waiting] = next.pending;
  await next.retry("client-1");

  expect([asked?.state, asked?.reason]).toEqual(["asked", "Nora answered 4 seconds ago."]);
  expect(waiting?.state).toBe("waiting");
  expect(next.pending).toEqual([]);
  expect(postMessage.mock.calls.map(([, { seen_up_to, anyway }]) => [seen_up_to, anyway])).toEqual([
    [1, false],
    [1, true],
    [1, true],
  ]);
});
