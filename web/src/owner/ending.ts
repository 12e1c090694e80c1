import type { Treating } from "$/families/ending";
import type { OwnedPet } from "$/platform/types";
import { say } from "./ending_english";
import { isConnected } from "./pets";

/** For the family: the clinics that treat a living pet, and how one leaves each of them. */
export function treatedBy(pet: OwnedPet): Treating[] {
  if (pet.died_on !== null) return [];
  return pet.threads.filter(isConnected).map(({ clinic }) => ({
    clinicId: clinic.id,
    words: {
      standing: say.connectedTo(clinic.name),
      act: say.disconnectFrom(clinic.name),
      title: say.ask(pet.name, clinic.name),
      means: [say.noMoreWriting(pet.name, clinic.name), say.stays(clinic.name), say.otherThings, say.again],
      keep: say.stayConnected,
      confirm: say.disconnect,
      done: say.done(pet.name, clinic.name),
    },
  }));
}
