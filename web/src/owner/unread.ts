import { say } from "./english";
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

/** Unread messages about no pet in particular; with a single pet in the family they count on the pet instead. */
export function unreadAboutNoPet(thread: ThreadUnread, familyPetIds: string[]): number {
  return familyPetIds.length === 1 ? 0 : thread.unread.filter(({ pet_ids }) => pet_ids.length === 0).length;
}

/** The server lists at most 100 unread messages of a thread. */
export function badgeText(count: number): string {
  return count > 99 ? "99+" : String(count);
}

export function badgeWords(count: number): string {
  return say.unread(count, badgeText(count));
}
