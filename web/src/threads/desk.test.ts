import { expect, it, vi } from "vitest";
import type { ThreadStore } from "./store.svelte";

const markUnread = vi.hoisted(() => vi.fn(async () => true));
vi.mock("$/triage/triage.svelte", () => ({ triage: { markUnread } }));
vi.resetModules(); // another test may have loaded the real one

const { router } = await import("$/platform/router.svelte");
const { ThreadDesk } = await import("./desk.svelte");

it.each([
  ["/staff/threads/hart", "/staff"],
  ["/staff/day/hart", "/staff"],
  ["/staff/threads/sato", "/staff/threads/sato"],
])("marked unread, Hart's thread leaves the screen, and no other: %s", async (shown, path) => {
  const desk = new ThreadDesk({ id: "hart", state: null, messages: [] } as unknown as ThreadStore);
  router.go(shown);
  await desk.markUnread();

  expect(router.path).toBe(path);
});
