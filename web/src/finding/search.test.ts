import { beforeEach, expect, it, vi } from "vitest";
import { minute } from "$/threads/northside.test_data";

const api = vi.hoisted(() => ({ findFamilies: vi.fn(), findMessages: vi.fn() }));
vi.mock("./api", () => api);
vi.resetModules(); // another test may have loaded the real one

const { Offline } = await import("$/platform/api");
const { Search } = await import("./search.svelte");

const page = (ids: string[], next_cursor: string | null = null) => ({
  messages: ids.map((message_id) => ({ message_id, created_at: minute(1) })),
  next_cursor,
});
const shown = (search: InstanceType<typeof Search>) => search.messages.map((hit) => hit.key);

beforeEach(() => {
  api.findFamilies.mockReset().mockResolvedValue({ families: [], numbers: [], has_more: false });
  api.findMessages.mockReset();
});

it("tells whether the answer is that to the newest question", async () => {
  const search = new Search([]);
  search.query = "paw";
  api.findMessages.mockResolvedValue(page(["limp"]));
  const older = search.look();
  const newer = search.look();
  const kept = [await older, await newer];
  api.findMessages.mockRejectedValue(new Offline());

  expect([...kept, await search.look()]).toEqual([false, true, false]);
});

it("asks for older messages once, however often that is pressed", async () => {
  const search = new Search([]);
  search.query = "paw";
  api.findMessages.mockResolvedValueOnce(page(["new"], "older")).mockResolvedValue(page(["old"]));
  await search.look();
  await Promise.all([search.moreMessages(), search.moreMessages()]);
  await search.moreMessages();

  expect(shown(search)).toEqual(["new", "old"]);
  expect(search.isLooking).toBe(false);
});
