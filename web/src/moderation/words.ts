import type { Outcome, Reason } from "./types";

export const REASONS: { reason: Reason; words: string }[] = [
  { reason: "inappropriate", words: "Inappropriate" },
  { reason: "threatening", words: "Threatening" },
  { reason: "spam", words: "Spam" },
  { reason: "wrong_person", words: "Meant for someone else" },
  { reason: "other", words: "Something else" },
];

export const OUTCOMES: { outcome: Outcome; name: string; hint: string; done: string }[] = [
  {
    outcome: "removed",
    name: "Remove the message",
    hint: "Nobody in the conversation can read it any more.",
    done: "removed the message",
  },
  {
    outcome: "spoken_to",
    name: "Spoke with the author",
    hint: "The message stays where it is.",
    done: "spoke with the author",
  },
  {
    outcome: "blocked",
    name: "Block the author",
    hint: "They can no longer write to you in the app. They go on reading, and are told whom to call.",
    done: "blocked the author",
  },
  { outcome: "no_action", name: "Leave it as it is", hint: "Nothing was wrong with it.", done: "left it as it is" },
];

export function reasonWords(reason: Reason): string {
  return REASONS.find((each) => each.reason === reason)?.words ?? reason;
}

export function outcomeDone(outcome: Outcome): string {
  return OUTCOMES.find((each) => each.outcome === outcome)?.done ?? outcome;
}
