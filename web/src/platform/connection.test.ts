import { beforeEach, expect, it, vi } from "vitest";

const heard = vi.hoisted(() => ({ open: () => {}, close: () => {} }));
vi.mock("./live", () => ({
  live: {
    onOpen: (listen: () => void) => Object.assign(heard, { open: listen }),
    onClose: (listen: () => void) => Object.assign(heard, { close: listen }),
    onSignedOut: () => {},
  },
}));
vi.resetModules(); // another test may have loaded the real one

const { connection } = await import("./connection.svelte");

beforeEach(() => void vi.useFakeTimers());

it("is lost three seconds after the loss, however many attempts fail meanwhile", () => {
  heard.close();
  vi.advanceTimersByTime(1500);
  heard.close();
  vi.advanceTimersByTime(1499);
  expect(connection.isLost).toBe(false);

  vi.advanceTimersByTime(1);
  expect(connection.isLost).toBe(true);

  heard.open();
  expect(connection.isLost).toBe(false);
});

it("says nothing of a blink", () => {
  heard.close();
  vi.advanceTimersByTime(2000);
  heard.open();
  vi.advanceTimersByTime(10_000);

  expect(connection.isLost).toBe(false);
});
