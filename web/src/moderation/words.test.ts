import { expect, it } from "vitest";
import { picturesOf, textsKept } from "./words";

const TEXT = {
  id: "1",
  at: "2026-11-17T15:00:00Z",
  number: "+14155550134",
  number_shown: "+1 415-555-0134",
  words: "",
};

it("counts texts up to a hundred", () => {
  expect([1, 3, 100].map(textsKept)).toEqual(["1 text kept", "3 texts kept", "100 or more texts kept"]);
});

it("says how many pictures came along", () => {
  expect([0, 1, 2].map((picture_count) => picturesOf({ ...TEXT, picture_count }))).toEqual([
    "",
    "1 picture",
    "2 pictures",
  ]);
});
