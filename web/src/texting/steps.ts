import type { NumberKind, NumberView } from "./types";

export type Step = { name: string; at: string | null; state: "done" | "now" | "later" | "failed" };

export const KINDS: Record<NumberKind, { name: string; about: string }> = {
  toll_free: {
    name: "A new toll-free number",
    about: "Starts like 888 or 877. Clients who call it are put through to your clinic's phone.",
  },
  hosted: {
    name: "The number you have",
    about: "Clients text the number they already call. Whether it can be done depends on your phone company.",
  },
  local: {
    name: "A new local number",
    about: "A mobile number of your country. Clients who call it are put through to your clinic's phone.",
  },
};

/** How far a request has come, in the order in which it happens. */
export function stepsOf(number: NumberView): Step[] {
  const isRefused = number.state === "not_eligible";
  const reached = { requested: 0, checking: 1, not_eligible: 1, assigned: 2, enabled: 3 }[number.state];
  const isUnderWay = number.state === "requested" || number.state === "checking";
  const names = ["Requested", isRefused ? "Not eligible" : "Checking", "Assigned", "Enabled"];
  const times = [number.requested_at, null, number.assigned_at, number.enabled_at];
  return names.map((name, index) => ({
    name,
    at: times[index] ?? null,
    state: stateOf(index, reached, isUnderWay, isRefused),
  }));
}

function stateOf(index: number, reached: number, isUnderWay: boolean, isRefused: boolean): Step["state"] {
  if (index > reached) return "later";
  if (index < reached) return "done";
  if (isRefused) return "failed";
  return isUnderWay ? "now" : "done";
}

/** `$299`, `$4.50`; `No fee` for nothing. */
export function feeWords(cents: number): string {
  if (cents === 0) return "No fee";
  const digits = cents % 100 === 0 ? 0 : 2;
  return `$${(cents / 100).toLocaleString("en-US", { minimumFractionDigits: digits })}`;
}
