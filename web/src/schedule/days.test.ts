import { expect, test } from "vitest";
import { dayHeading, isDay, otherClock, shiftDay, timeSpan, visitDay } from "./days";

const NEW_YORK = "America/New_York";
const NOW = Date.parse("2026-11-22T15:00:00Z");

test("a day later is the next one of the calendar, over a change of clocks and a leap day", () => {
  expect(shiftDay("2026-10-31", 1)).toBe("2026-11-01");
  expect(shiftDay("2026-11-01", 1)).toBe("2026-11-02");
  expect(shiftDay("2028-02-28", 1)).toBe("2028-02-29");
  expect(shiftDay("2027-01-01", -1)).toBe("2026-12-31");
});

test("a visit is today, tomorrow or on its day, by the clinic's calendar", () => {
  expect(visitDay("2026-11-23T03:00:00Z", NEW_YORK, NOW)).toBe("Today");
  expect(visitDay("2026-11-23T15:30:00Z", NEW_YORK, NOW)).toBe("Tomorrow");
  expect(visitDay("2026-11-24T15:30:00Z", NEW_YORK, NOW)).toBe("Tuesday 24 November");
  expect(dayHeading("2027-01-04", "2026-11-22")).toBe("Monday 4 January 2027");
});

test("times are the clinic's, and say so to who lives by another clock", () => {
  expect(timeSpan("2026-11-24T15:30:00Z", 45, NEW_YORK)).toBe("10:30 – 11:15");
  expect(otherClock("2026-11-24T15:30:00Z", NEW_YORK, "Europe/London")).toBe("New York");
  expect(otherClock("2026-11-24T15:30:00Z", NEW_YORK, "America/Toronto")).toBeNull();
});

test("only a day of the calendar is one", () => {
  expect(["2026-11-24", "2026-13-40", "tomorrow", ""].map(isDay)).toEqual([true, false, false, false]);
});
