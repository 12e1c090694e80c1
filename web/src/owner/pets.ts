import { petAge } from "$/platform/dates";
import type { OwnedPet } from "$/platform/types";
import type { ThreadState } from "$/threads/reduce";
import { say } from "./english";
import { species } from "./species_english";

type Described = { species: string; breed: string; born_on: string | null; died_on: string | null };

/** "Border Collie · 4 years"; of a pet that died, its years: "Beagle · 2011 to 2025". */
export function describePet({ species, breed, born_on, died_on }: Described, now: number): string {
  const kind = breed === "" ? speciesName(species) : breed;
  const when = died_on === null ? petAge(born_on, now) : yearsOf(born_on, died_on);
  return when === null ? kind : `${kind} · ${when}`;
}

/** The pets that the clinic of a thread treats, as the thread itself tells it. */
export function treatedIn(connections: { pet_id: string; state: string }[]): string[] {
  return connections.filter(({ state }) => state === "accepted").map(({ pet_id }) => pet_id);
}

export type Connectable = { id: string; threads: { state: string; thread_id: string | null }[] };

/** The pets with a button that leads to the thread. */
export function connectedTo(threadId: string, pets: Connectable[]): string[] {
  const isHere = (pet: Connectable) => pet.threads.some((each) => each.thread_id === threadId && isConnected(each));
  return pets.filter(isHere).map(({ id }) => id);
}

/** A clinic that treats the pet now, with a thread to write in. */
export function isConnected<T extends { state: string; thread_id: string | null }>(
  connection: T,
): connection is T & { thread_id: string } {
  return connection.state === "accepted" && connection.thread_id !== null;
}

/** A clinic that treated the pet until somebody ended it; what was written stays to read. */
export function isEnded<T extends { state: string; thread_id: string | null }>(
  connection: T,
): connection is T & { thread_id: string } {
  return connection.state === "revoked" && connection.thread_id !== null;
}

/** How a pet stands with one clinic; `state` is `null` where nobody ever asked. */
export type Standing = { id: string; name: string; died_on: string | null; state: string | null };

/** From the home, which is loaded anew when something is asked or answered. */
export function standingsAt(clinicId: string, pets: OwnedPet[]): Standing[] {
  return pets.map(({ id, name, died_on, threads }) => {
    const here = threads.find(({ clinic }) => clinic.id === clinicId);
    return { id, name, died_on, state: here?.state ?? null };
  });
}

/** From the thread, where the home is not known. */
export function standingsIn({ family, connections }: Pick<ThreadState, "family" | "connections">): Standing[] {
  return family.pets.map(({ id, name, died_on }) => {
    const here = connections?.find(({ pet_id }) => pet_id === id);
    return { id, name, died_on, state: here?.state ?? null };
  });
}

/** The pets for which the clinic can be asked: not those for which it has been. */
export function connectable(standings: Standing[]): Standing[] {
  return standings.filter(({ died_on, state }) => died_on === null && (state === null || state === "expired"));
}

/** Why nothing can be written to a clinic that treats none of these: what waits comes first, then what was. */
export function whyNotTreated(standings: Standing[]): "asked" | "ended" | "declined" | "not_connected" | "no_pet" {
  const is = (state: string) => standings.some((each) => each.state === state);
  if (is("invited")) return "asked";
  if (is("revoked")) return "ended";
  if (connectable(standings).length > 0) return "not_connected";
  return is("declined") ? "declined" : "no_pet";
}

/** The living pets the clinic treats, and those in question just now that have died. About others it takes no messages. */
export function petsToWriteAbout<T extends { id: string; died_on: string | null }>(
  pets: T[],
  connectedIds: string[],
  currentIds: (string | null)[],
): T[] {
  const isInQuestion = (id: string) => currentIds.includes(id);
  return pets.filter(({ id, died_on }) => connectedIds.includes(id) && (died_on === null || isInQuestion(id)));
}

/**
 * The pets a new message is tagged with: the one that was chosen, else those of what it replies to, else the only one there is.
 * Of pets that cannot be written about it is none, rather than another one.
 */
export function tagsFor(pets: { id: string }[], choice: string | null, repliedTo: string[]): string[] {
  const ids = pets.map(({ id }) => id);
  if (choice !== null) return ids.filter((id) => id === choice);
  if (repliedTo.length > 0) return ids.filter((id) => repliedTo.includes(id));
  return ids.length === 1 ? ids : [];
}

function yearsOf(bornOn: string | null, diedOn: string): string {
  const died = diedOn.slice(0, 4);
  return bornOn === null ? died : say.years(bornOn.slice(0, 4), died);
}

function speciesName(known: string): string {
  const name: string | undefined = { ...species }[known];
  return name ?? known.charAt(0).toUpperCase() + known.slice(1);
}
