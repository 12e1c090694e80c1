import type { ThreadView } from "$/platform/types";

type Through = ThreadView["seen_through"];

/** Basic staff: what may be seen today alone must not lie on a phone tomorrow, and one writes in it without running it. */
export function isForToday(through: Through): boolean {
  return through === "schedule" || through === "hand_off";
}

/** To a staff member: why this thread is open to them, and for how long. */
export function whySeen(through: Through): string {
  switch (through) {
    case "schedule":
      return "You have an appointment with this family today. The thread closes at midnight, or when it is cancelled.";
    case "hand_off":
      return "A colleague handed this thread to you. It closes at midnight, or when they take it back.";
    case "role":
    case "family":
      return "Your role sees all threads of your clinics.";
  }
}
