import type { NewContact, NewFamily, NewPet } from "$/platform/types";

export type ContactDraft = { first_name: string; last_name: string; email: string; phone: string };
export type PetDraft = { name: string; species: string; breed: string };

export const SPECIES = ["dog", "cat", "rabbit", "bird", "horse", "turtle", "fish", "other"];

export const emptyContact = (): ContactDraft => ({ first_name: "", last_name: "", email: "", phone: "" });
export const emptyPet = (): PetDraft => ({ name: "", species: "dog", breed: "" });

/** The first contact is the primary one; the family takes its last name. Lines left empty are left out. */
export function buildNewFamily(clinicId: string, contacts: ContactDraft[], pets: PetDraft[]): NewFamily {
  const named = contacts.filter((contact) => contact.first_name.trim() !== "");
  const lastName = named[0]?.last_name.trim() || named[0]?.first_name.trim() || "";
  return {
    name: lastName,
    clinic_id: clinicId,
    contacts: named.map(readContact),
    pets: pets.filter((pet) => pet.name.trim() !== "").map(readPet),
  };
}

function readContact(contact: ContactDraft, index: number): NewContact {
  return {
    first_name: contact.first_name.trim(),
    last_name: contact.last_name.trim(),
    role: index === 0 ? "primary" : "secondary",
    email: contact.email.trim() || null,
    phone: contact.phone.trim() || null,
  };
}

function readPet(pet: PetDraft): NewPet {
  return { name: pet.name.trim(), species: pet.species, breed: pet.breed.trim(), born_on: null, weight_grams: null };
}
