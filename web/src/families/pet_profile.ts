import { emptyPet, type NewPet, SPECIES } from "$/joining/pets";
import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { PetView } from "$/platform/types";

export type PetChange = components["schemas"]["PetChange"];
/** What the form holds. `weight`: kilograms as typed. */
export type PetForm = NewPet & { weight: string };

export function formOf(pet: PetView): PetForm {
  const species = SPECIES.find((known) => known === pet.species.toLowerCase()) ?? pet.species;
  const weight = pet.weight_grams === null ? "" : String(pet.weight_grams / 1000);
  return { ...emptyPet(), name: pet.name, species, breed: pet.breed, born_on: pet.born_on ?? "", weight };
}

/** Grams; `null` for nothing, `undefined` for what is no weight of an animal. */
export function gramsOf(typed: string): number | null | undefined {
  const plain = typed.trim().replace(",", ".");
  if (plain === "") return null;
  const grams = Math.round(Number(plain) * 1000);
  return /^\d+(\.\d+)?$/.test(plain) && grams > 0 && grams <= 20_000_000 ? grams : undefined;
}

/** What was changed in the form; the rest may have been corrected by somebody else meanwhile. `weight_grams`: of `form`. */
export function changesTo(before: PetForm, form: PetForm, weight_grams: number | null): PetChange {
  const change: PetChange = {};
  if (form.name.trim() !== before.name) change.name = form.name.trim();
  if (form.species !== before.species) change.species = form.species;
  if (form.breed.trim() !== before.breed) change.breed = form.breed.trim();
  if (form.born_on !== before.born_on) change.born_on = form.born_on || null;
  if (form.weight !== before.weight) change.weight_grams = weight_grams;
  return change;
}

export async function savePet(pet_id: string, body: PetChange): Promise<void> {
  await answerOf(client.PATCH("/api/v1/pets/{pet_id}", { params: { path: { pet_id } }, body }));
}
