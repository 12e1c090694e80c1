import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { countSegments, lengthOf, plain, roomIn, type Segments } from "./segments";

type Case = { text: string; plain: string; segments: Segments };

const cases = JSON.parse(readFileSync(resolve(import.meta.dirname, "segments.cases.json"), "utf8")) as Case[];

describe("segments, as the server counts them", () => {
  it.each(cases.map((each) => [`${each.text.slice(0, 20)} (${each.text.length})`, each] as const))("%s", (_, each) => {
    expect(countSegments(each.text)).toEqual(each.segments);
    expect(plain(each.text)).toBe(each.plain);
  });
});

it("says how much fits into as many segments", () => {
  const rooms = ["", "a", "a".repeat(161), "ж", "ж".repeat(71)].map((text) => roomIn(countSegments(text)));

  expect(rooms).toEqual([160, 160, 306, 70, 134]);
});

it("measures an emoji as one character", () => {
  expect(lengthOf("ok 🐾")).toBe(4);
});
