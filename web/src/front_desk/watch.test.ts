import { afterEach, beforeEach, expect, it, vi } from "vitest";

const { told, hide } = vi.hoisted(() => ({ told: [] as number[], hide: vi.fn() }));
vi.mock("./api", () => ({ tellTouch: async (seconds: number) => void told.push(seconds) }));
vi.mock("$/platform/session.svelte", () => ({ session: { hide } }));
vi.resetModules(); // another test may have loaded the real ones
const { DeskWatch } = await import("./watch");

let leave = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  told.length = 0;
  hide.mockClear();
  leave = new DeskWatch().follow();
});
afterEach(() => leave());

const touch = () => window.dispatchEvent(new Event("pointermove"));

it("tells the last touch of each minute, and nothing while nobody is there", () => {
  vi.advanceTimersByTime(30_000);
  expect(told).toEqual([]);
  touch();
  vi.advanceTimersByTime(20_000);
  touch();
  vi.advanceTimersByTime(500_000);

  expect(told).toEqual([0, 40]);
});

it("hides ten minutes after the last touch, at the latest when the lid is opened", () => {
  vi.advanceTimersByTime(1_000);
  touch();
  vi.advanceTimersByTime(600_000);
  expect(hide).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 2_000);
  touch();

  expect(hide).toHaveBeenCalled();
  expect(told).toEqual([0]);
});

it("stays while another tab is touched", () => {
  vi.advanceTimersByTime(500_000);
  localStorage.setItem("pawline desk touched", String(Date.now()));
  vi.advanceTimersByTime(500_000);

  expect(hide).not.toHaveBeenCalled();
});
