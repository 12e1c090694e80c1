import type { Status } from "./types";

export const STATUS_WORDS: Record<Status, string> = {
  booked: "Booked",
  confirmed: "Confirmed",
  move_asked: "Asks to move",
  cancelled: "Cancelled",
  done: "Done",
};

/** Offered while somebody types what an appointment is for. */
export const USUAL_KINDS = [
  "Check-up",
  "Vaccination",
  "Follow-up",
  "Dental cleaning",
  "Nail trim",
  "Blood test",
  "Surgery",
];

export const LENGTHS = [10, 15, 20, 30, 45, 60, 90, 120];
