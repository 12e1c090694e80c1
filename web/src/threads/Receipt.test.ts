import { render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
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

it("of the system's message is two checks when the family has read it, not when a colleague has", () => {
  const written = message(2, nora, { author_id: "system", author_kind: "system" });
  const { rerender } = render(Receipt, { message: written, marks: { vane: mark(vane, 2, 3) }, zone: ZONE });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Sent");
  rerender({ marks: { olive: mark(olive, 2, 3) } });
  flushSync();

  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Read. Olive");
});
