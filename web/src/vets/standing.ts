import type { ClinicView, OwnedPet } from "$/platform/types";
import type { VetInvitation } from "./api";

/** How far a pet without a vet has come. */
export type Standing =
  | { kind: "asked"; clinic: ClinicView }
  | { kind: "invited"; invitation: VetInvitation }
  | { kind: "accepted"; practice: string }
  | { kind: "over"; words: string }
  | { kind: "none" };

/** What waits comes first; of what is over, the invitation, which may lead elsewhere. */
export function standingOf(pet: OwnedPet, invitation: VetInvitation | null): Standing {
  const asked = pet.threads.find(({ state }) => state === "invited");
  if (asked !== undefined) return { kind: "asked", clinic: asked.clinic };
  if (invitation?.state === "invited") return { kind: "invited", invitation };
  if (invitation?.state === "accepted") return { kind: "accepted", practice: invitation.accepted_by ?? "The vet" };
  if (invitation !== null) return { kind: "over", words: wordsForInvitation(invitation) };
  const last = pet.threads[0];
  return last === undefined ? { kind: "none" } : { kind: "over", words: wordsForClinic(last.state, last.clinic.name) };
}

function wordsForInvitation({ state, email }: VetInvitation): string {
  const whom = email ?? "the vet with your link";
  if (state === "declined") return `Declined by ${whom}. You can ask another vet.`;
  if (state === "expired") return `No answer from ${whom} within 30 days. You can ask once more.`;
  return `You have withdrawn the invitation of ${whom}.`;
}

function wordsForClinic(state: string, clinic: string): string {
  if (state === "declined") return `${clinic} has declined. Call them if you think it is a mistake.`;
  if (state === "expired") return `No answer from ${clinic} within 30 days. You can ask once more.`;
  return `Not connected to ${clinic} any more.`;
}
