import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { AvailabilityView } from "$/platform/types";

const shelf = vi.hoisted(() => new Map<string, unknown>());
const getAvailability = vi.hoisted(() => vi.fn<() => Promise<AvailabilityView[]>>());
vi.mock("./api", () => ({ getAvailability }));
vi.mock("$/platform/session.svelte", () => ({ session: { person: { id: "olive" } } }));
vi.mock("$/platform/live", () => ({ live: { onOpen: () => () => {}, onAvailability: () => () => {} } }));
vi.mock("$/platform/storage", () => ({
  loadAnswer: async (key: string) => shelf.get(key) ?? null,
  keepAnswer: async (key: string, answer: unknown) => shelf.set(key, answer),
}));
vi.resetModules(); // another test may have loaded the real ones

const { Offline } = await import("$/platform/api");
const { availability } = await import("./availability.svelte");

const closed: AvailabilityView = {
  type: "availability",
  clinic_id: "northside",
  state: "off_duty",
  words: "The practice is closed",
  closed_since: null,
  opens_at: null,
  emergency_number: "+14155550199",
  reply_words: null,
};

beforeEach(() => {
  shelf.clear();
  getAvailability.mockReset();
});

it("keeps the lights on an owner's phone for when there is no network, and nowhere else", async () => {
  getAvailability.mockResolvedValue([closed]);
  for (const owner of [null, "olive"]) {
    const stop = availability.follow(owner);
    await eventually(() => expect(availability.of("northside")).not.toBeNull());
    dispatchEvent(new Event("pagehide"));
    expect([...shelf.keys()]).toEqual(owner === null ? [] : ["lights of olive"]);
    stop();
  }
  getAvailability.mockRejectedValue(new Offline());
  const stop = availability.follow("olive");
  await eventually(() => expect(availability.of("northside")).toEqual(closed));

  stop();
});

it("claims from an old copy neither that somebody is there nor that it has not opened yet", async () => {
  getAvailability.mockRejectedValue(new Offline());
  shelf.set("lights of olive", [
    { ...closed, clinic_id: "there", state: "available" },
    { ...closed, clinic_id: "opened", opens_at: "2020-01-01T09:00:00Z" },
    { ...closed, clinic_id: "shut", opens_at: "2999-01-01T09:00:00Z" },
  ]);
  const stop = availability.follow("olive");
  await eventually(() => expect(availability.of("shut")).not.toBeNull());

  expect([availability.of("there"), availability.of("opened")]).toEqual([null, null]);
  stop();
});
