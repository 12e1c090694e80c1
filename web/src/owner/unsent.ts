import type { PendingMessage } from "$/threads/outbox.svelte";
import { isAbout } from "./unread";

export type Unsent = { waiting: number; failed: number };

/** What stays until the network is back, or until its author does something. What goes out as it is written is neither. */
export function countUnsent(messages: PendingMessage[]): Unsent {
  const failed = messages.filter(({ state }) => state === "failed").length;
  const going = messages.filter(({ state, hasWaited }) => state === "sending" && !hasWaited).length;
  return { failed, waiting: messages.length - failed - going };
}

/** What waits about one pet, told apart like what is unread about it. */
export function unsentOfPet(messages: PendingMessage[], petId: string, familyPetIds: string[]): PendingMessage[] {
  return messages.filter(({ pet_ids = [] }) => isAbout(pet_ids, petId, familyPetIds));
}
