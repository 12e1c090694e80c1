import { say } from "./english";
import { type Connectable, connectedTo } from "./pets";

export interface UnreadMessage {
  seq: number;
  pet_ids: string[];
}

export interface ThreadUnread {
  thread_id: string;
  unread: UnreadMessage[];
}

/** Unread messages of one thread that a pet's button counts: those tagged with it, and untagged ones when it is the only pet. */
export function unreadOfPet(thread: ThreadUnread, petId: string, familyPetIds: string[]): number {
  return thread.unread.filter(({ pet_ids }) => isAbout(pet_ids, petId, familyPetIds)).length;
}

/** What is about no pet in particular is about the only pet there is. */
export function isAbout(petIds: string[], petId: string, familyPetIds: string[]): boolean {
  const isOnlyPet = familyPetIds.length === 1 && familyPetIds[0] === petId;
  return petIds.includes(petId) || (isOnlyPet && petIds.length === 0);
}

/** Unread messages that no pet's button counts: about no pet, or about pets whose buttons lead to other threads, if they have any. */
export function unreadBesidePets(thread: ThreadUnread, pets: Connectable[]): number {
  const familyPetIds = pets.map(({ id }) => id);
  const withButton = connectedTo(thread.thread_id, pets);
  return thread.unread.filter((message) => !withButton.some((id) => isAbout(message.pet_ids, id, familyPetIds))).length;
}

/** The server lists at most 100 unread messages of a thread. */
export function badgeText(count: number): string {
  return count > 99 ? "99+" : String(count);
}

export function badgeWords(count: number): string {
  return say.unread(count, badgeText(count));
}
