import { expect, test } from "vitest";
import { changesTo, formOf, gramsOf } from "./pet_profile";

const pixel = {
  id: "p",
  name: "Pixel",
  species: "Dog",
  breed: "Whippet",
  born_on: null,
  died_on: null,
  weight_grams: 12_450,
  portrait: null,
};

test("a weight is typed in kilograms, with a point or a comma", () => {
  expect(["12.45", "12,45", " 12 ", "0.035"].map(gramsOf)).toEqual([12_450, 12_450, 12_000, 35]);
  expect(gramsOf(" ")).toBeNull();
  expect(["heavy", "-3", "0", "1e3", "20001"].map(gramsOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the form holds what is known, and a species that is not offered stays", () => {
  expect(formOf(pixel)).toEqual({ name: "Pixel", species: "dog", breed: "Whippet", born_on: "", weight: "12.45" });
  expect(formOf({ ...pixel, species: "Axolotl", weight_grams: null })).toMatchObject({
    species: "Axolotl",
    weight: "",
  });
});

test("only what was changed is saved", () => {
  const before = formOf(pixel);
  expect(changesTo(before, { ...before, breed: " Greyhound " }, 12_450)).toEqual({ breed: "Greyhound" });
  expect(changesTo(before, { ...before, weight: "", name: "Pixie" }, null)).toEqual({
    name: "Pixie",
    weight_grams: null,
  });
  expect(changesTo({ ...before, born_on: "2020-02-29" }, before, 12_450)).toEqual({ born_on: null });
});
