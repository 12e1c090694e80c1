import type { OwnerHome } from "$/platform/types";

/** `not_chosen`: the clinic chats with chosen people only; `off`: with nobody. */
export type WhyClosed = "blocked" | "disabled" | "not_chosen" | "off";

/** Why no messages are taken from this person in the app; `null`: they are welcome. */
export function whyClosed(home: OwnerHome | null, clinicId: string | undefined): WhyClosed | null {
  if (home === null) return null;
  if (home.is_turned_away) return "blocked";
  if (home.is_chat_disabled) return "disabled";
  if (clinicId === undefined) return null;
  // What an earlier release has kept on the phone does not know of the last.
  if (home.silent_clinic_ids?.includes(clinicId)) return "off";
  return home.closed_clinic_ids.includes(clinicId) ? "not_chosen" : null;
}
