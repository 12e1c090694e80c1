import { expect, test } from "vitest";
import { barsOf, type Hours, isAlwaysOpen, isOvernight, likeMonday, nextSpan, spansOn, withSpans } from "./hours";

const none: Hours = { timezone: "America/New_York", days: [], holidays: [] };
const day = [{ opens_at: "08:00", closes_at: "18:00" }];
const night = [{ opens_at: "20:00", closes_at: "02:00" }];

test("a night runs into the next day (D17)", () => {
  const hours = withSpans(none, 6, night);
  expect(isOvernight({ opens_at: "08:00", closes_at: "08:00" })).toBe(true);
  expect(barsOf(hours, 6)).toEqual([{ from: 1200, to: 1440, isNight: false }]);
  expect(barsOf(hours, 0)).toEqual([{ from: 0, to: 120, isNight: true }]);
});

test("weekdays can be like Monday", () => {
  const hours = likeMonday(withSpans(withSpans(none, 0, day), 5, night));
  expect([0, 1, 4, 5, 6].map((weekday) => spansOn(hours, weekday))).toEqual([day, day, day, night, []]);
});

test("no hours at all means open round the clock", () => {
  expect([isAlwaysOpen(none), isAlwaysOpen(withSpans(none, 2, day))]).toEqual([true, false]);
});

test("the next span begins after the last", () => {
  expect(nextSpan([])).toEqual({ opens_at: "08:00", closes_at: "18:00" });
  expect(nextSpan([{ opens_at: "08:00", closes_at: "12:30" }])).toEqual({ opens_at: "13:30", closes_at: "15:30" });
});
