import { expect, test } from "vitest";
import { hasRemovedCard } from "./removed_card";

test("C14: what the server took out is known from dots that somebody typed", () => {
  expect(hasRemovedCard("It is ••••\u00a04242, until 12/29")).toBe(true);
  expect(hasRemovedCard("We charged •••• 4242")).toBe(false);
  expect(hasRemovedCard("It is 4242, or ••••")).toBe(false);
});
