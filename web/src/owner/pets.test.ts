import { expect, test } from "vitest";
import { connectable, describePet, isConnected, isEnded, petsToWriteAbout, tagsFor, whyNotTreated } from "./pets";
import { NO_PET } from "./places";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const PIXEL = { species: "dog", breed: "Border Collie", born_on: "2022-03-14", died_on: null };

test("a pet is described by breed and age, by species when the breed is not known", () => {
  expect(describePet(PIXEL, NOW)).toBe("Border Collie · 4 years");
  expect(describePet({ ...PIXEL, breed: "", born_on: null }, NOW)).toBe("Dog");
});

test("a pet that died shows its years", () => {
  expect(describePet({ ...PIXEL, died_on: "2025-11-02" }, NOW)).toBe("Border Collie · 2022 to 2025");
  expect(describePet({ ...PIXEL, born_on: null, died_on: "2025-11-02" }, NOW)).toBe("Border Collie · 2025");
});

test("AL-22: only an accepted connection with a thread offers Message Vet", () => {
  expect(isConnected({ state: "accepted", thread_id: "thread" })).toBe(true);
  expect(isConnected({ state: "invited", thread_id: null })).toBe(false);
  expect(isConnected({ state: "revoked", thread_id: "thread" })).toBe(false);
});

test("AL-17, AL-52: what was written stays to read after the end, and nowhere else", () => {
  expect(isEnded({ state: "revoked", thread_id: "thread" })).toBe(true);
  expect(isEnded({ state: "revoked", thread_id: null })).toBe(false);
  expect(isEnded({ state: "accepted", thread_id: "thread" })).toBe(false);
});

test("AL-22: what is written in a thread opened from a pet is about that pet", () => {
  const pets = [{ id: "pixel" }, { id: "moss" }];

  expect(tagsFor(pets, "moss", ["pixel"])).toEqual(["moss"]);
  expect(tagsFor(pets, null, [])).toEqual([]);
  expect(tagsFor([{ id: "pixel" }], null, [])).toEqual(["pixel"]);
});

test("D15: an answer is about the pets of what it answers, unless the person chooses otherwise", () => {
  const pets = [{ id: "pixel" }, { id: "moss" }, { id: "biscuit" }];

  expect(tagsFor(pets, null, ["moss"])).toEqual(["moss"]);
  expect(tagsFor(pets, null, ["moss", "pixel", "of-another-family"])).toEqual(["pixel", "moss"]);
  expect(tagsFor(pets, NO_PET, ["moss"])).toEqual([]);
});

test("AL-20: what is about a pet that the clinic does not treat is tagged with none, not with the only other one", () => {
  const pets = [{ id: "pixel" }];

  expect(tagsFor(pets, "moss", [])).toEqual([]);
  expect(tagsFor(pets, null, ["moss"])).toEqual([]);
  expect(tagsFor(pets, null, ["moss", "pixel"])).toEqual(["pixel"]);
});

test("AL-20: one writes about living pets the clinic treats, and about one that died where it is in question", () => {
  const pets = [
    { id: "pixel", died_on: null },
    { id: "moss", died_on: null },
    { id: "biscuit", died_on: "2025-11-02" },
  ];
  const idsOf = (...current: (string | null)[]) =>
    petsToWriteAbout(pets, ["pixel", "biscuit"], current).map(({ id }) => id);

  expect(idsOf(null)).toEqual(["pixel"]);
  expect(idsOf("biscuit")).toEqual(["pixel", "biscuit"]);
  expect(idsOf("moss")).toEqual(["pixel"]);
  expect(idsOf(null, "moss")).toEqual(["pixel"]);
});

test("PA-17: who was never treated is not told that it is over", () => {
  const pet = (name: string, state: string | null, died_on: string | null = null) => ({
    id: name,
    name,
    died_on,
    state,
  });

  expect(whyNotTreated([])).toBe("no_pet");
  expect(whyNotTreated([pet("Rex", null, "2025-11-02")])).toBe("no_pet");
  expect(whyNotTreated([pet("Biscuit", null)])).toBe("not_connected");
  expect(whyNotTreated([pet("Biscuit", "expired"), pet("Tom", "declined")])).toBe("not_connected");
  expect(whyNotTreated([pet("Biscuit", "declined")])).toBe("declined");
  expect(whyNotTreated([pet("Biscuit", null), pet("Tom", "revoked")])).toBe("ended");
  expect(whyNotTreated([pet("Biscuit", "invited"), pet("Tom", "revoked")])).toBe("asked");
  expect(connectable([pet("Biscuit", null), pet("Rex", null, "2025-11-02"), pet("Tom", "declined")])).toHaveLength(1);
});
