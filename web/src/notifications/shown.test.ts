import { expect, test, vi } from "vitest";
import { tidyShown } from "./shown";

function browserWith(tags: string[]): { closed: string[]; badges: (number | undefined)[] } {
  const seen = { closed: [] as string[], badges: [] as (number | undefined)[] };
  const getNotifications = async ({ tag }: { tag: string }) =>
    tags.filter((each) => each === tag).map((each) => ({ close: () => seen.closed.push(each) }));
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistration: async () => ({ getNotifications }) },
    setAppBadge: async (count: number) => void seen.badges.push(count),
    clearAppBadge: async () => void seen.badges.push(undefined),
  });
  return seen;
}

test("what is read goes away, what is not stays and is counted", async () => {
  const seen = browserWith(["read", "unread", "another"]);

  await tidyShown([
    { thread_id: "read", unread: [] },
    { thread_id: "unread", unread: [1, 2] },
  ]);

  expect(seen).toEqual({ closed: ["read"], badges: [2] });
});

test("with nothing left the icon shows nothing", async () => {
  const seen = browserWith([]);

  await tidyShown([{ thread_id: "read", unread: [] }]);

  expect(seen.badges).toEqual([undefined]);
});

test("a browser that can do none of it is no trouble", async () => {
  vi.stubGlobal("navigator", {});

  await tidyShown([{ thread_id: "read", unread: [] }]);
});
