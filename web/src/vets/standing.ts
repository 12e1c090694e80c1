import type { ClinicView, OwnedPet } from "$/platform/types";
import type { VetInvitation } from "./api";
import { say } from "./english";

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
  if (invitation?.state === "accepted") return { kind: "accepted", practice: invitation.accepted_by ?? say.theVet };
  if (invitation !== null) return { kind: "over", words: wordsForInvitation(invitation) };
  const last = pet.threads[0];
  return last === undefined ? { kind: "none" } : { kind: "over", words: wordsForClinic(last.state, last.clinic.name) };
}

function wordsForInvitation({ state, email }: VetInvitation): string {
  const whom = email ?? say.vetWithLink;
  if (state === "declined") return say.declinedBy(whom);
  if (state === "expired") return say.noAnswer(whom);
  return say.withdrawnInvitation(whom);
}

function wordsForClinic(state: string, clinic: string): string {
  if (state === "declined") return say.declinedByClinic(clinic);
  if (state === "expired") return say.noAnswer(clinic);
  return say.noLongerConnected(clinic);
}
