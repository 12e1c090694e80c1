import { expect, test } from "vitest";
import { percentOf } from "./family_erasure.svelte";

const erasure = { asked_by_name: "Ada Lind", asked_at: "2026-11-23T09:00:00Z", finished_at: null };

test("C14: it is at a hundred percent only when nothing of the family is left", () => {
  expect(percentOf({ ...erasure, messages: 0, erased: 0 })).toBe(0);
  expect(percentOf({ ...erasure, messages: 3, erased: 1 })).toBe(33);
  expect(percentOf({ ...erasure, messages: 3, erased: 3 })).toBe(99);
  expect(percentOf({ ...erasure, messages: 3, erased: 3, finished_at: "2026-11-23T09:01:00Z" })).toBe(100);
  expect(percentOf({ ...erasure, messages: 0, erased: 0, finished_at: "2026-11-23T09:01:00Z" })).toBe(100);
});
