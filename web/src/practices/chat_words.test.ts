import { expect, it } from "vitest";
import { shutOut } from "./chat_words";

it("says how many clients the change keeps from writing", () => {
  expect([0, 1, 2].map((others) => shutOut(others, "Hill Street"))).toEqual([
    "Every client of Hill Street who uses the app and may chat is chosen, so nobody is kept from writing.",
    "1 client who uses the app will no longer be able to write to Hill Street there.",
    "2 clients who use the app will no longer be able to write to Hill Street there.",
  ]);
});
