/** What a number gets, and how that came about, as one says it to a colleague. Pure. */
import type { Category, ConsentEventView, Standing } from "./thread_types";

export const CATEGORIES: Record<Category, string> = {
  two_way: "Two-way texts",
  health_reminders: "Health reminders",
  appointment_confirmations: "Appointment confirmations",
};

const GROUNDS = {
  inbound_initiated: "The client texted first",
  legitimate_interest: "The practice wrote first, about its own care",
  explicit: "The client agreed to texts",
};

/** Why no message can be texted now; empty where one can. */
export function whyNoTexts(standing: Standing): string {
  if (standing.carrier_block !== null) return standing.carrier_block.words;
  const twoWay = standing.categories.find((each) => each.category === "two_way");
  return twoWay?.is_out ? twoWay.words : "";
}

export function eventWords(event: ConsentEventView): string {
  const kind = event.category === null ? "texts" : CATEGORIES[event.category].toLowerCase();
  switch (event.action) {
    case "in":
      return `Opted in to ${kind}`;
    case "out":
      return `Opted out of ${kind}`;
    case "blocked":
      return "All texts stopped at the phone company";
    case "cleared":
      return "Texts let through again by the phone company";
    case "ground":
      return event.ground === null ? "Reason to text noted" : GROUNDS[event.ground];
  }
}

export function eventSource(event: ConsentEventView): string {
  switch (event.source) {
    case "staff":
      return event.actor_name ?? "Somebody of the team";
    case "contact":
      return "The client";
    case "carrier":
      return "The phone company";
    case "system":
      return "Pawline";
  }
}
