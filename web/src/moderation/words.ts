import { say } from "./english";
import type { HeldText, Outcome, PracticeBlock, Reason } from "./types";

const MOST_COUNTED = 100;

export const REASONS: Reason[] = ["inappropriate", "threatening", "spam", "wrong_person", "other"];

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
    hint: "They can no longer write to you, in the app or by text. They go on reading, and are told whom to call.",
    done: "blocked the author",
  },
  { outcome: "no_action", name: "Leave it as it is", hint: "Nothing was wrong with it.", done: "left it as it is" },
];

export function reasonWords(reason: Reason): string {
  return say[reason];
}

export function outcomeDone(outcome: Outcome): string {
  return OUTCOMES.find((each) => each.outcome === outcome)?.done ?? outcome;
}

/** Of a contact or of a number. */
export function blockedName(block: PracticeBlock): string {
  return block.contact_name ?? block.number_shown ?? "";
}

export function textsKept(count: number): string {
  if (count >= MOST_COUNTED) return `${MOST_COUNTED} or more texts kept`;
  return count === 1 ? "1 text kept" : `${count} texts kept`;
}

/** What came with it and is not shown; empty if nothing did. */
export function picturesOf(text: HeldText): string {
  if (text.picture_count === 0) return "";
  return text.picture_count === 1 ? "1 picture" : `${text.picture_count} pictures`;
}
