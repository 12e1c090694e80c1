import { beforeEach, expect, it, vi } from "vitest";

const uploadFile = vi.hoisted(() => vi.fn());
vi.mock("./upload", () => ({ uploadFile }));
vi.resetModules(); // another test may have loaded the real one

const { Offline, Refusal } = await import("$/platform/api");
const { Uploads } = await import("./uploads.svelte");

const paper = () => new File(["%PDF"], "Blood test.pdf", { type: "application/pdf" });
const settled = () => vi.waitFor(() => expect(uploadFile.mock.settledResults.at(-1)?.type).not.toBe("incomplete"));

beforeEach(() => void uploadFile.mockReset());

it("waits when the network is away, and the message may go all the same", async () => {
  uploadFile.mockRejectedValue(new Offline());
  const uploads = new Uploads("hart");
  uploads.add([paper()]);
  await settled();

  expect(uploads.items[0]).toMatchObject({ state: "waiting", reason: "Waiting for the network" });
  expect(uploads.hasRefused).toBe(false);
  expect(uploads.take()).toHaveLength(1);
});

it("goes up by itself once the network is back", async () => {
  uploadFile.mockRejectedValueOnce(new Offline()).mockResolvedValueOnce({ id: "stored" });
  const uploads = new Uploads("hart");
  uploads.add([paper()]);
  await settled();
  dispatchEvent(new Event("online"));
  await settled();

  expect(uploads.items[0]).toMatchObject({ state: "done", reason: null, attachment: { id: "stored" } });
});

it("can be tried again by hand", async () => {
  const busy = new Refusal(503, "busy", "Busy", "Try again in a moment.", {});
  uploadFile.mockRejectedValueOnce(busy).mockResolvedValueOnce({ id: "stored" });
  const uploads = new Uploads("hart");
  uploads.add([paper()]);
  await settled();
  uploads.retry(uploads.items[0]?.id ?? "");
  await settled();

  expect(uploads.items[0]?.state).toBe("done");
});

it("must be taken out when the server does not want it", async () => {
  uploadFile.mockRejectedValue(new Refusal(415, "unsupported", "No", "Only photos and PDFs.", {}));
  const uploads = new Uploads("hart");
  uploads.add([paper()]);
  await settled();

  expect(uploads.items[0]).toMatchObject({ state: "failed", reason: "Only photos and PDFs." });
  expect(uploads.hasRefused).toBe(true);
});
