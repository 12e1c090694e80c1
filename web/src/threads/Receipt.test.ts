import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { mark, message, nora, olive, vane, ZONE } from "./northside.test_data";
import Receipt from "./Receipt.svelte";

it("is one check while only colleagues have read", () => {
  render(Receipt, { message: message(2, nora), marks: { vane: mark(vane, 2, 3) }, zone: ZONE });

  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Sent");
  expect(screen.getByRole("img").title).toBe("Sent, not read yet");
});

it("becomes two checks when one of the family has read, and says who", () => {
  render(Receipt, { message: message(2, nora), marks: { olive: mark(olive, 2, 3) }, zone: ZONE });

  expect(screen.getByRole("img").getAttribute("aria-label")).toContain("Read. Olive");
});
