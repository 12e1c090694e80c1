import { expect, test } from "vitest";
import type { MergingFamily } from "$/platform/types";
import { countsOf, isNamed, threadAfter, whatHappens } from "./merge_words";

const hill = { thread_id: "hart at hill", clinic_id: "hill", clinic_name: "Hill Street", is_open_in_app: true };
const hart: MergingFamily = {
  id: "hart",
  name: "Hart family",
  contact_names: ["Olive Hart", "Omar Hart"],
  primary_contact: "Olive Hart",
  pets: [{ id: "pixel", name: "Pixel", species: "dog" }],
  numbers: ["+14155550117"],
  threads: [hill],
  conversations: 2,
};
const again: MergingFamily = {
  ...hart,
  id: "again",
  name: "Olive",
  contact_names: ["Olive H."],
  primary_contact: "Olive H.",
  pets: [{ id: "pixel too", name: "PIXEL", species: "dog" }],
  threads: [{ ...hill, thread_id: "again at hill" }],
  conversations: 1,
};

test("what both share counts once in the family that they become", () => {
  const counts = (...families: MergingFamily[]) => countsOf(...families).replaceAll("\u00a0", " ");

  expect(counts({ ...again, pets: [] })).toBe("1 person · 1 phone number · 1 thread · 1 conversation");
  expect(counts(hart, again)).toBe("3 people · 2 pets · 1 phone number · 1 thread · 3 conversations");
});

test("only what is going to happen is told", () => {
  const elsewhere = { ...again, pets: [], primary_contact: null, threads: [{ ...hill, clinic_id: "bay" }] };

  expect(whatHappens(hart, again).slice(1)).toEqual([
    "The two threads with Hill Street become one, in the order of writing.",
    "With Hill Street, the open app conversation of the Olive family ends; that of the Hart family goes on.",
    "Olive H. becomes a secondary contact of the Hart family.",
    "Both have a pet called PIXEL; both stay.",
  ]);
  expect(whatHappens(hart, elsewhere)).toHaveLength(1);
  expect(whatHappens(hart, { ...again, threads: [{ ...hill, is_open_in_app: false }] }).join()).not.toContain(
    "goes on",
  );
});

test("the thread of the family that stays is the one that stays", () => {
  expect(threadAfter(again, hart, "hill")).toBe("again at hill");
  expect(threadAfter({ ...again, threads: [] }, hart, "hill")).toBe("hart at hill");
  expect(threadAfter(again, hart, "bay")).toBeNull();
});

test("a name is typed in any case, with or without the word family", () => {
  const typed = ["hart", " Hart  Family ", "HART FAMILY", "", "family", "Har", "Harts"];

  expect(typed.filter((words) => isNamed(words, "Hart family"))).toEqual(typed.slice(0, 3));
  expect(isNamed("guest +1 415-555-0134", "Guest +1 415-555-0134")).toBe(true);
});
