import { describe, expect, it } from "vitest";
import { messageWords, onceOrBetween, reasonWords, spanWords } from "./words";

const ZONE = "America/New_York";
const MIDNIGHT = "2026-11-16T05:00:00Z";
const NEXT = "2026-11-17T05:00:00Z";
const NINE = "2026-11-16T14:00:00Z";
const TEN = "2026-11-16T15:00:00Z";

describe("who could read", () => {
  it("says a whole day in words, and else from when until when", () => {
    expect(spanWords(MIDNIGHT, NEXT, ZONE)).toBe("all day");
    expect(spanWords(NINE, NEXT, ZONE)).toBe("from 09:00");
    expect(spanWords(MIDNIGHT, NINE, ZONE)).toBe("until 09:00");
    expect(spanWords(NINE, TEN, ZONE)).toBe("09:00 to 10:00");
  });

  it("says why", () => {
    const span = { since: MIDNIGHT, until: NEXT };
    expect(reasonWords({ through: "role", ...span }, ZONE)).toBe("By their role");
    expect(reasonWords({ through: "schedule", ...span, appointment_at: TEN }, ZONE)).toBe("Appointment at 10:00");
    expect(reasonWords({ through: "hand_off", ...span, granted_by: "Nora" }, ZONE)).toBe("Handed over by Nora");
  });
});

it("says the time once to whoever was there once", () => {
  expect(onceOrBetween(NINE, NINE, ZONE)).toBe("09:00");
  expect(onceOrBetween(NINE, TEN, ZONE)).toBe("first 09:00, last 10:00");
});

it("says which deleted message was read, and where (C14)", () => {
  const read = { name: "Ada Lind", author_name: "Omar Hart", written_at: NINE, first_at: TEN, last_at: TEN };
  const alone = messageWords({ ...read, in_transcript: false }, ZONE);

  expect(alone).toMatch(/^A message of Omar Hart, .*16 November 2026.*09:00/);
  expect(messageWords({ ...read, in_transcript: true }, ZONE)).toBe(`${alone}, in a transcript`);
});
