/** What a client's numbers get, in the words of the team. Pure. */
import type { Category, NumberStanding, ReminderCategory, ReminderView } from "./types";

export const GETS: { category: Category; name: string; about: string }[] = [
  { category: "two_way", name: "Messages", about: "What your team writes to them" },
  { category: "health_reminders", name: "Reminders", about: "What a pet is due for" },
  { category: "appointment_confirmations", name: "Confirmations", about: "Asks them to confirm an appointment" },
];

export const KINDS: Record<ReminderCategory, { name: string; title: string; act: string }> = {
  health_reminders: { name: "Reminder", title: "Send a reminder", act: "Send reminder" },
  appointment_confirmations: {
    name: "Appointment confirmation",
    title: "Send an appointment confirmation",
    act: "Send confirmation",
  },
};

export type Mark = { name: string; isOn: boolean };

/** For a row of the list: each kind of texts, and whether the number gets it. */
export function marksOf(number: NumberStanding): Mark[] {
  const out = new Set(number.standing.categories.filter((each) => each.is_out).map((each) => each.category));
  const isBlocked = number.standing.carrier_block !== null;
  return GETS.map(({ category, name }) => ({ name, isOn: !isBlocked && !out.has(category) }));
}

const RECEIPTS_COME_WITHIN_MS = 5 * 60_000;

/** Whether a reminder's state is about to change by itself. A receipt that is late may never come. */
export function isUnderWay(reminder: ReminderView, now: number): boolean {
  const { state, changed_at } = reminder.delivery;
  if (reminder.goes_at !== null) return false;
  if (state === "queued" || state === "sending") return true;
  const isAtCarrier = state === "accepted" || state === "sent" || state === "unknown";
  return isAtCarrier && now - Date.parse(changed_at) < RECEIPTS_COME_WITHIN_MS;
}
