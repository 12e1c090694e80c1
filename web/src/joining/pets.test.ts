import { expect, test } from "vitest";
import type { OwnedPet } from "$/platform/types";
import { buildWish, emptyPet, isConnectedTo, tickedAtFirst } from "./pets";

const hill = { id: "hill", name: "Hill Street", timezone: "UTC", phone: null, emergency_number: null, address: null };

function pet(id: string, state: string | null): OwnedPet {
  const threads = state === null ? [] : [{ clinic: hill, state, thread_id: null }];
  const about = {
    name: id,
    species: "dog",
    breed: "",
    born_on: null,
    died_on: null,
    weight_grams: null,
    portrait: null,
  };
  return { id, ...about, threads };
}

test("an only pet is ticked, of several the owner chooses", () => {
  expect(tickedAtFirst([pet("Pixel", null)], "hill")).toEqual(["Pixel"]);
  expect(tickedAtFirst([pet("Pixel", null), pet("Mochi", "accepted")], "hill")).toEqual(["Pixel"]);
  expect(tickedAtFirst([pet("Pixel", null), pet("Mochi", "revoked")], "hill")).toEqual([]);
});

test("only an accepted connection to that very clinic counts", () => {
  expect(isConnectedTo(pet("Pixel", "accepted"), "hill")).toBe(true);
  expect(isConnectedTo(pet("Pixel", "revoked"), "hill")).toBe(false);
  expect(isConnectedTo(pet("Pixel", "accepted"), "harbour")).toBe(false);
});

test("a pet without a birthday has none", () => {
  const biscuit = { ...emptyPet(), name: " Biscuit " };

  expect(buildWish([], biscuit, "qr")).toEqual({
    pet_ids: [],
    new_pets: [{ name: "Biscuit", species: "dog", breed: "", born_on: null }],
    via: "qr",
  });
  expect(buildWish(["Pixel"], null, "link").new_pets).toEqual([]);
});
