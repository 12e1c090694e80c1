import type { OwnedPet } from "$/platform/types";
import type { PetsToConnect } from "./api";

export const SPECIES = ["dog", "cat", "rabbit", "bird", "horse", "turtle", "fish", "other"] as const;

export type NewPet = { name: string; species: string; breed: string; born_on: string };

export const emptyPet = (): NewPet => ({ name: "", species: "dog", breed: "", born_on: "" });

export function isConnectedTo(pet: OwnedPet, clinicId: string): boolean {
  return pet.threads.some(({ clinic, state }) => clinic.id === clinicId && state === "accepted");
}

/** What is ticked at the start: an only pet that is not connected yet needs no choosing. */
export function tickedAtFirst(pets: OwnedPet[], clinicId: string): string[] {
  const open = pets.filter((pet) => !isConnectedTo(pet, clinicId));
  return open.length === 1 ? open.map(({ id }) => id) : [];
}

export function buildWish(petIds: string[], added: NewPet | null, via: "qr" | "link"): PetsToConnect {
  const { name, species, breed, born_on } = added ?? emptyPet();
  const pet = { name: name.trim(), species, breed: breed.trim(), born_on: born_on || null };
  return { pet_ids: petIds, new_pets: added === null ? [] : [pet], via };
}
