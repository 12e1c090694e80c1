import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterAll, expect, it, vi } from "vitest";
import { signingOut } from "$/signing_out/signing_out.svelte";
import LeaveDesk from "./LeaveDesk.svelte";

// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

it.each([
  [0, /is kept for Nora\. Files chosen for it are removed from this computer\.$/],
  [1, /removed from this computer, with 1 message that waits to go out\.$/],
  [2, /removed from this computer, with 2 messages that wait to go out\.$/],
])("says what is lost before it signs out", async (unsent, words) => {
  const unsentOf = vi.spyOn(signingOut, "unsentOf").mockResolvedValue(unsent);
  const leave = vi.spyOn(signingOut, "leave").mockResolvedValue();
  leave.mockClear();
  render(LeaveDesk, { id: "nora", name: "Nora Bell" });
  await fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(words);
  await fireEvent.click(screen.getByRole("button", { name: "Sign Nora out" }));

  expect(unsentOf).toHaveBeenLastCalledWith("nora");
  expect(leave).toHaveBeenCalledOnce();
});
