import { expect, it } from "vitest";
import { briefAge, clockTime, dayAndTime, dayName, exactTime, petAge, waitingTime } from "./dates";

const ZONE = "America/Los_Angeles";
const NOW = Date.parse("2026-11-21T20:00:00Z"); // noon on a Saturday at Northside

it.each([
  ["2026-11-21T19:59:40Z", "now"],
  ["2026-11-21T19:48:00Z", "12m"],
  ["2026-11-21T15:00:00Z", "5h"],
  ["2026-11-21T07:59:00Z", "Yesterday"],
  ["2026-11-18T20:00:00Z", "Wednesday"],
  ["2026-06-14T20:00:00Z", "14 Jun"],
  ["2024-06-14T20:00:00Z", "14 Jun 2024"],
])("says %s as %s in a list", (at, words) => {
  expect(briefAge(at, ZONE, NOW)).toBe(words);
});

it.each([
  ["2026-11-21T19:59:40Z", null],
  ["2026-11-21T19:53:00Z", "7m"],
  ["2026-11-21T17:00:00Z", "3h"],
  ["2026-11-20T19:00:00Z", "25h"],
  ["2026-11-18T20:00:00Z", "3d"],
])("says how long somebody waits since %s", (since, words) => {
  expect(waitingTime(since, NOW)).toBe(words);
});

it("goes by the calendar of the clinic", () => {
  expect(dayName("2026-11-21T08:01:00Z", ZONE, NOW)).toBe("Today");
  expect(dayName("2026-11-21T07:59:00Z", ZONE, NOW)).toBe("Yesterday");
  expect(clockTime("2026-11-21T18:12:00Z", ZONE)).toBe("10:12");
});

it("says the zone with the exact time", () => {
  expect(exactTime("2026-11-21T18:12:05Z", ZONE)).toContain("10:12:05");
  expect(exactTime("2026-11-21T18:12:05Z", ZONE)).toMatch(/GMT-8|PST/);
  expect(dayAndTime("2026-06-14T20:00:00Z", ZONE, NOW)).toBe("on 14 Jun at 13:00");
});

it("tells a pet's age in the unit people use", () => {
  expect(petAge("2020-03-04", NOW)).toBe("6 years");
  expect(petAge("2026-07-01", NOW)).toBe("4 months");
  expect(petAge("2026-11-01", NOW)).toBe("2 weeks");
  expect(petAge(null, NOW)).toBeNull();
});
