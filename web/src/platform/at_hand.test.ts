import { afterEach, beforeEach, expect, it, vi } from "vitest";

const { told, opened } = vi.hoisted(() => ({ told: [] as number[], opened: [] as (() => void)[] }));
vi.mock("./live", () => ({
  live: {
    tellAtHand: (seconds: number) => told.push(seconds),
    onOpen: (act: () => void) => {
      opened.push(act);
      return () => {};
    },
  },
}));
vi.resetModules(); // another test may have loaded the real one
const { AtHand } = await import("./at_hand");

let leave = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  opened.length = 0;
  leave = new AtHand().follow();
});
afterEach(() => leave());

const touch = (kind: string) => window.dispatchEvent(new Event(kind));

it("tells at most once a minute that somebody is there, and nothing while nobody is", () => {
  for (const kind of ["pointermove", "keydown", "pointermove"]) touch(kind);
  vi.advanceTimersByTime(59_000);
  touch("pointermove");
  expect(told).toEqual([0]);

  vi.advanceTimersByTime(1_000);
  touch("keydown");
  vi.advanceTimersByTime(3_600_000);
  expect(told).toEqual([0, 0]);
});

it("says on a new line how long nobody was there (C12)", () => {
  vi.advanceTimersByTime(1_200_000);
  opened[0]?.();

  expect(told).toEqual([0, 1_200]);
});

it("stops when the workspace goes", () => {
  leave();
  vi.advanceTimersByTime(120_000);
  touch("pointerdown");

  expect(told).toEqual([0]);
});
