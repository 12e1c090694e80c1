import { expect, it } from "vitest";
import { snapshot } from "$/threads/northside.test_data";
import { fromSnapshot } from "$/threads/reduce";
import type { ThreadStore } from "$/threads/store.svelte";
import { Handing } from "./handing.svelte";

it.each([
  ["role", true],
  ["schedule", true],
  ["hand_off", false],
] as const)("the family is told only by who still sees the thread afterwards (PA-21): %s", (seen_through, may) => {
  const state = fromSnapshot(snapshot([], { seen_through }), "toby");
  const handing = new Handing({ id: "hart", state, messages: [] } as unknown as ThreadStore, () => null);

  expect(handing.mayTellFamily).toBe(may);
});
