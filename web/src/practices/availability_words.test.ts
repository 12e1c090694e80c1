import { expect, it } from "vitest";
import type { AvailabilityView } from "$/platform/types";
import { choiceWords, isTeamReplying, lateAnswer, reasonWords, summaryWords, whenAnswered } from "./availability_words";

const ZONE = "America/New_York";
const MONDAY_TEN = Date.parse("2026-06-08T14:00:00Z");

const light: AvailabilityView = {
  type: "availability",
  clinic_id: "hill-street",
  state: "off_duty",
  words: "The practice is closed; emergency contact info is shown",
  closed_since: "2026-06-05T22:00:00Z",
  opens_at: "2026-06-09T12:00:00Z",
  emergency_number: "+13155550199",
  reply_words: null,
};

const team: NonNullable<AvailabilityView["team"]> = {
  reason: "by_hand",
  present: [],
  chosen: { state: "away", by_name: "Nora Ames", at: "2026-06-08T13:02:00Z", until: "2026-06-08T22:00:00Z" },
  closes_next_at: null,
  opens_next_at: null,
};

it("says when a closed clinic opens, by the clinic's own clock", () => {
  expect(whenAnswered(light, ZONE, MONDAY_TEN)).toBe("Opens Tue 08:00");
  expect(whenAnswered({ ...light, opens_at: null }, ZONE, MONDAY_TEN)).toBeNull();
  expect(lateAnswer(light, ZONE, MONDAY_TEN)).toBe("You can write now; the answer comes after Tue 08:00.");
  expect(lateAnswer({ ...light, opens_at: null }, ZONE, MONDAY_TEN)).toBe("You can write now; the answer comes later.");
});

it("says how soon an open clinic answers", () => {
  const open = { ...light, state: "available", reply_words: "Usually replies within 20 minutes" } as const;

  expect(whenAnswered(open, ZONE, MONDAY_TEN)).toBe("Usually replies within 20 minutes");
  expect(whenAnswered({ ...open, reply_words: null }, ZONE, MONDAY_TEN)).toBeNull();
});

it("tells the team why, who set it and until when", () => {
  expect(choiceWords(team, ZONE, MONDAY_TEN)).toBe("Nora Ames set it to Away at 09:02, until 18:00.");
  expect(choiceWords({ ...team, chosen: team.chosen && { ...team.chosen, until: null } }, ZONE, MONDAY_TEN)).toBe(
    "Nora Ames set it to Away at 09:02, until somebody changes it.",
  );
  expect(choiceWords({ ...team, chosen: null }, ZONE, MONDAY_TEN)).toBeNull();
  expect(reasonWords({ ...team, reason: "nobody_here" })).toBe("Nobody who is on duty has the inbox open.");
  expect(reasonWords({ ...team, reason: "somebody_here", present: ["Nora Ames"] })).toBe(
    "Nora Ames has the inbox open.",
  );
  expect(reasonWords({ ...team, reason: "somebody_here", present: ["Dr Sam Vane", "Nora Ames"] })).toBe(
    "Dr Sam Vane and Nora Ames have the inbox open.",
  );
});

it("knows a team that answers although the clinic is closed", () => {
  const at = (created_at: string, author_kind = "staff", kind = "text") => [{ created_at, author_kind, kind }];

  expect(isTeamReplying(light, at("2026-06-06T10:00:00Z"))).toBe(true);
  expect(isTeamReplying(light, at("2026-06-05T21:00:00Z"))).toBe(false);
  expect(isTeamReplying(light, at("2026-06-06T10:00:00Z", "contact"))).toBe(false);
  expect(isTeamReplying(light, at("2026-06-06T10:00:00Z", "system"))).toBe(false);
  expect(isTeamReplying({ ...light, state: "away" }, at("2026-06-06T10:00:00Z"))).toBe(false);
});

it("sums up several clinics", () => {
  expect(summaryWords(["away"])).toBe("Away");
  expect(summaryWords(["available", "available"])).toBe("All available");
  expect(summaryWords(["off_duty", "available", "available"])).toBe("2 Available, 1 Off Duty");
});
