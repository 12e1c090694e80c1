import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";

const uploadFile = vi.hoisted(() => vi.fn());
const shelf = vi.hoisted(() => new Map<string, { id: string }>());
const dropUpload = vi.hoisted(() => vi.fn());
vi.mock("./upload", () => ({ uploadFile, dropUpload }));
vi.mock("$/platform/storage", () => ({
  keepDraftFile: async (_: string, file: { id: string }) => shelf.set(file.id, file),
  dropDraftFile: async (_: string, id: string) => shelf.delete(id),
  loadDraftFiles: async () => [...shelf.values()],
}));
vi.resetModules(); // another test may have loaded the real one

const { Offline, Refusal } = await import("$/platform/api");
const { Uploads } = await import("./uploads.svelte");

const paper = () => new File(["%PDF"], "Blood test.pdf", { type: "application/pdf" });
type Uploading = InstanceType<typeof Uploads>;
const settled = (uploads: Uploading) => eventually(() => expect(uploads.items[0]?.state).not.toBe("uploading"));

beforeEach(() => {
  uploadFile.mockReset();
  dropUpload.mockReset();
  shelf.clear();
});

it("waits when the network is away, and the message may go all the same", async () => {
  uploadFile.mockRejectedValue(new Offline());
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);

  expect(uploads.items[0]).toMatchObject({ state: "waiting", reason: "Waiting for the network" });
  expect(uploads.keepsBack).toBe(false);
  expect(uploads.take()).toHaveLength(1);
});

it("goes up by itself once the network is back", async () => {
  uploadFile.mockRejectedValueOnce(new Offline()).mockResolvedValueOnce({ id: "stored" });
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);
  dispatchEvent(new Event("online"));
  await settled(uploads);

  expect(uploads.items[0]).toMatchObject({ state: "done", reason: null, attachment: { id: "stored" } });
});

it("can be tried again by hand", async () => {
  const busy = new Refusal(503, "busy", "Busy", "Try again in a moment.", {});
  uploadFile.mockRejectedValueOnce(busy).mockResolvedValueOnce({ id: "stored" });
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);
  uploads.retry(uploads.items[0]?.id ?? "");
  await settled(uploads);

  expect(uploads.items[0]?.state).toBe("done");
});

it("says why it waits when it is not for the network", async () => {
  uploadFile.mockRejectedValue(new Refusal(503, "unavailable", "Busy", "Photos cannot be prepared right now.", {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);

  expect(uploads.items[0]).toMatchObject({ state: "waiting", reason: "Photos cannot be prepared right now." });
});

it("stands in the way of no text where there is no room for files (F-46)", async () => {
  uploadFile.mockRejectedValue(new Refusal(507, "storage_full", "No room left", "There is no room for photos.", {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);

  expect(uploads.items[0]).toMatchObject({ state: "failed", reason: "There is no room for photos." });
});

it("tells the server of what was given up, and not of what is done or goes with a message (F-49)", async () => {
  uploadFile.mockResolvedValueOnce({ id: "stored" }).mockReturnValue(new Promise(() => {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper(), paper(), paper()]);
  await eventually(() => expect(uploads.items.map(({ state }) => state)).toEqual(["done", "uploading", "uploading"]));
  const [done, givenUp] = uploads.items.map(({ id }) => id);
  uploads.remove(done ?? "");
  uploads.remove(givenUp ?? "");
  uploads.take();

  expect(dropUpload.mock.calls.map(([item]) => item.id)).toEqual([givenUp]);
});

it("must be taken out when the server does not want it", async () => {
  uploadFile.mockRejectedValue(new Refusal(415, "unsupported", "No", "Only photos and PDFs.", {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add([paper()]);
  await settled(uploads);

  expect(uploads.items[0]).toMatchObject({ state: "failed", reason: "Only photos and PDFs." });
  expect(uploads.keepsBack).toBe(true);
});

it("takes ten files and says how many it has left out, also while more are being chosen", () => {
  uploadFile.mockReturnValue(new Promise(() => {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add(Array.from({ length: 8 }, paper));
  uploads.add(Array.from({ length: 5 }, paper));
  const [kept, leftOut, keepsBack] = [uploads.items.length, uploads.leftOut, uploads.keepsBack];
  uploads.remove(uploads.items[0]?.id ?? "");

  expect([kept, leftOut, keepsBack]).toEqual([10, 3, false]);
  expect(uploads.leftOut).toBe(0);
});

it("drops nothing of a message that is taken back, and does not let it go before it fits", () => {
  uploadFile.mockReturnValue(new Promise(() => {}));
  const uploads = new Uploads("hart", "olive");
  uploads.add(Array.from({ length: 3 }, paper));
  uploads.putBack(Array.from({ length: 8 }, () => ({ name: "Blood test.pdf", blob: paper() })));
  const before = [uploads.surplus, uploads.keepsBack];
  uploads.remove(uploads.items[0]?.id ?? "");

  expect(before).toEqual([1, true]);
  expect([uploads.items.length, uploads.keepsBack]).toEqual([10, false]);
});

it("takes up after a reload what was chosen and not sent, in one piece with what the server has of it", async () => {
  uploadFile.mockRejectedValueOnce(new Offline()).mockResolvedValueOnce({ id: "stored" });
  const before = new Uploads("hart", "olive");
  before.add([paper()]);
  await settled(before);
  const uploads = new Uploads("hart", "olive");
  await uploads.restore();
  await settled(uploads);

  expect(uploads.items.map(({ id, name, state }) => [id, name, state])).toEqual([
    [before.items[0]?.id, "Blood test.pdf", "done"],
  ]);
});

it("takes up nothing that was taken out or sent", async () => {
  uploadFile.mockResolvedValue({ id: "stored" });
  const before = new Uploads("hart", "olive");
  before.add([paper(), paper()]);
  const [first, second] = before.items.map(({ id }) => id);
  before.remove(first ?? "");
  before.take();
  before.forget(second ?? "");
  const uploads = new Uploads("hart", "olive");
  await uploads.restore();

  expect(uploads.isEmpty).toBe(true);
});
