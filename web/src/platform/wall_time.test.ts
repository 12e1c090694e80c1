import { expect, test } from "vitest";
import { instantAt } from "./wall_time";

const NEW_YORK = "America/New_York";

test("half past nine in New York is another instant in winter than in summer", () => {
  expect(instantAt("2026-11-20", "09:30", NEW_YORK)).toBe("2026-11-20T14:30:00.000Z");
  expect(instantAt("2026-07-20", "09:30", NEW_YORK)).toBe("2026-07-20T13:30:00.000Z");
});

test("the days on which the clocks change", () => {
  expect(instantAt("2026-11-01", "09:00", NEW_YORK)).toBe("2026-11-01T14:00:00.000Z");
  expect(instantAt("2026-03-08", "09:00", NEW_YORK)).toBe("2026-03-08T13:00:00.000Z");
  expect(instantAt("2026-03-29", "08:15", "Europe/London")).toBe("2026-03-29T07:15:00.000Z");
});

test("a time that does not exist is still some time of that morning", () => {
  expect(instantAt("2026-03-08", "02:30", NEW_YORK)).toMatch(/^2026-03-08T0[67]:30/);
});

test("nothing while a part is missing", () => {
  expect(instantAt("", "09:30", NEW_YORK)).toBeNull();
  expect(instantAt("2026-11-20", "", NEW_YORK)).toBeNull();
  expect(instantAt("0026-11-20", "09:30", NEW_YORK)).toBeNull();
});

test("a day begins when the wall clock says so, also when the clocks change on it", () => {
  expect(instantAt("2026-07-15", "00:00", "Europe/London")).toBe("2026-07-14T23:00:00.000Z");
  expect(instantAt("2026-03-29", "00:00", "Europe/London")).toBe("2026-03-29T00:00:00.000Z");
  expect(instantAt("2026-10-26", "00:00", "Europe/London")).toBe("2026-10-26T00:00:00.000Z");
  expect(instantAt("2026-11-02", "00:00", NEW_YORK)).toBe("2026-11-02T05:00:00.000Z");
});
