import { catalogue } from "$/platform/language";

export const say = catalogue("practices", {
  answerAfter: (when: string) => `You can write now; the answer comes after ${when}.`,
  answerLater: "You can write now; the answer comes later.",
  available: "Available",
  away: "Away",
  off_duty: "Off Duty",
  opens: (when: string) => `Opens ${when}`,
});
