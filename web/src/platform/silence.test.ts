import { afterEach, expect, it, vi } from "vitest";

vi.mock("./api", () => ({ app: "owner" }));
vi.resetModules(); // another test may have loaded the real ones

const { fallSilent } = await import("./silence");

afterEach(() => void vi.unstubAllGlobals());

it("ends what the push service brings, and takes away what it has brought", async () => {
  const [close, unsubscribe, clearAppBadge] = [vi.fn(), vi.fn(async () => true), vi.fn(async () => {})];
  const registration = {
    getNotifications: async () => [{ close }, { close }],
    pushManager: { getSubscription: async () => ({ unsubscribe }) },
  };
  const getRegistration = vi.fn(async () => registration);
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration }, clearAppBadge });
  await fallSilent();

  expect(getRegistration).toHaveBeenCalledWith("/owner");
  expect([close, unsubscribe, clearAppBadge].map((act) => act.mock.calls.length)).toEqual([2, 1, 1]);
});

it("is no trouble to a browser that can do none of it, or whose push service refuses", async () => {
  vi.stubGlobal("navigator", {});
  await fallSilent();
  const refuse = () => Promise.reject(new Error("no network"));
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration: refuse }, clearAppBadge: refuse });

  await fallSilent();
});
