/** All that happened to a text, as one line after the other. Pure. */
import type { AttemptView, DeliveryHistory, ReceiptView } from "./thread_types";

export type StoryLine = { at: string; words: string; about: string; isBad: boolean };

const OUTCOMES: Record<NonNullable<AttemptView["outcome"]>, string> = {
  accepted: "The phone company took it",
  refused: "The phone company refused it",
  unknown: "No answer from the phone company",
  not_found: "The phone company does not have it",
};

const RECEIPTS: Record<string, string> = {
  accepted: "Accepted by the phone company",
  queued: "In line at the phone company",
  sending: "Being sent by the phone company",
  sent: "Sent towards the phone",
  delivered: "Delivered to the phone",
  undelivered: "Not delivered",
  failed: "Failed at the phone company",
};

/** Oldest first. */
export function storyOf(history: DeliveryHistory): StoryLine[] {
  const queued = { at: history.queued_at, words: "Ready to be sent", about: "", isBad: false };
  const lines = [queued, ...history.attempts.flatMap(linesOfAttempt), ...history.receipts.map(lineOfReceipt)];
  return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function linesOfAttempt(attempt: AttemptView, index: number): StoryLine[] {
  const again = index === 0 ? "" : ` (attempt ${index + 1})`;
  const about = attempt.is_possible_duplicate ? "An earlier attempt may have gone out unseen" : "";
  const begun = { at: attempt.begun_at, words: `Handed to the phone company${again}`, about, isBad: false };
  if (attempt.ended_at === null || attempt.outcome === null) return [begun];
  const isBad = attempt.outcome !== "accepted";
  const ended = { at: attempt.ended_at, words: OUTCOMES[attempt.outcome], about: codeOf(attempt), isBad };
  return [begun, ended];
}

function lineOfReceipt(receipt: ReceiptView): StoryLine {
  const isBad = receipt.state === "failed" || receipt.state === "undelivered";
  const words = RECEIPTS[receipt.state] ?? `The phone company said: ${receipt.state}`;
  return { at: receipt.at ?? receipt.recorded_at, words, about: codeOf(receipt), isBad };
}

function codeOf({ reason, carrier_code }: { reason: string | null; carrier_code: string }): string {
  const why = reason === null ? "" : reason.replaceAll("_", " ");
  const code = carrier_code === "" ? "" : `code ${carrier_code}`;
  return [why, code].filter(Boolean).join(" · ");
}
