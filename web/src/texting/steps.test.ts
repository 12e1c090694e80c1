import { expect, test } from "vitest";
import { feeWords, stepsOf } from "./steps";
import type { NumberView } from "./types";

const requested: NumberView = {
  id: "n1",
  kind: "toll_free",
  state: "requested",
  number: null,
  words: "",
  fee_cents: 0,
  requested_at: "2026-11-22T10:00:00Z",
  requested_by: "Helen Marsh",
  assigned_at: null,
  enabled_at: null,
  obstacles: [],
  verification: null,
};

const states = (number: NumberView) => stepsOf(number).map((step) => step.state);

test("a request goes from step to step (V2P-3, C18)", () => {
  expect(states(requested)).toEqual(["now", "later", "later", "later"]);
  expect(states({ ...requested, state: "checking" })).toEqual(["done", "now", "later", "later"]);
  expect(states({ ...requested, state: "assigned" })).toEqual(["done", "done", "done", "later"]);
  expect(states({ ...requested, state: "enabled" })).toEqual(["done", "done", "done", "done"]);
});

test("a number that cannot be used ends at its check (V2P-11)", () => {
  expect(stepsOf({ ...requested, state: "not_eligible" })[1]).toEqual({
    name: "Not eligible",
    at: null,
    state: "failed",
  });
});

test("fees are said in dollars (V2P-12)", () => {
  expect([feeWords(29_900), feeWords(450), feeWords(0)]).toEqual(["$299", "$4.50", "No fee"]);
});
