import { expect, it } from "vitest";
import { clock } from "./clock.svelte";

const HOUR_MS = 3_600_000;
const hear = (offMs: number) => clock.hear(new Date(Date.now() + offMs).toUTCString());
const isOffBy = () => Math.round(Math.abs(clock.now - Date.now()) / HOUR_MS);

it("follows the server where the device's clock is far off, and the device again once it is right", () => {
  hear(24 * HOUR_MS);
  expect(isOffBy()).toBe(24);
  hear(2000);
  expect(isOffBy()).toBe(0);
});

it("takes no notice of seconds, nor of an answer without a time", () => {
  const before = clock.now;
  hear(-30_000);
  clock.hear(null);

  expect(clock.now).toBe(before);
});
