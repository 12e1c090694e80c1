import { describe, expect, test } from "vitest";
import type { NumberStanding, ReminderView } from "./types";
import { isUnderWay, marksOf } from "./words";

function numberWith(out: string[], isBlocked = false): NumberStanding {
  const names = ["two_way", "health_reminders", "appointment_confirmations"] as const;
  return {
    number: "+14155550117",
    shown: "+1 415-555-0117",
    is_textable: true,
    standing: {
      categories: names.map((category) => ({ category, is_out: out.includes(category), since: null, words: "" })),
      carrier_block: isBlocked ? { since: "2026-11-17T15:00:00Z", words: "Stopped all texts." } : null,
    },
  };
}

describe("what a number gets", () => {
  test("each kind for itself", () => {
    expect(marksOf(numberWith(["health_reminders"])).map((mark) => mark.isOn)).toEqual([true, false, true]);
  });

  test("nothing while the phone company blocks it, whatever was agreed with the practice", () => {
    expect(marksOf(numberWith([], true)).map((mark) => mark.isOn)).toEqual([false, false, false]);
  });
});

describe("a reminder that may change by itself", () => {
  const sentAt = "2026-11-17T15:00:00Z";
  const now = Date.parse(sentAt) + 60_000;
  const reminder = { goes_at: null, delivery: { state: "sent", changed_at: sentAt } } as ReminderView;

  test("on its way to the phone, until its receipt is overdue", () => {
    expect(isUnderWay(reminder, now)).toBe(true);
    expect(isUnderWay(reminder, now + 10 * 60_000)).toBe(false);
  });

  test("not while it waits for the morning, nor after it arrived", () => {
    expect(isUnderWay({ ...reminder, goes_at: "2026-11-18T13:00:00Z" }, now)).toBe(false);
    expect(isUnderWay({ ...reminder, delivery: { ...reminder.delivery, state: "delivered" } }, now)).toBe(false);
  });
});
