import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterAll, expect, it, vi } from "vitest";
import { session } from "$/platform/session.svelte";
import { outbox } from "$/threads/outbox.svelte";
import LeaveDesk from "./LeaveDesk.svelte";

// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

it.each([
  [0, /is kept for Nora\. Files chosen for it are removed from this computer\.$/],
  [1, /removed from this computer, with 1 message that waits to go out\.$/],
  [2, /removed from this computer, with 2 messages that wait to go out\.$/],
])("says what is lost, and takes it away before it signs out", async (unsent, words) => {
  const acts: string[] = [];
  vi.spyOn(outbox, "countOf").mockResolvedValue(unsent);
  vi.spyOn(outbox, "wipe").mockImplementation(async (id) => void acts.push(`wipe ${id}`));
  vi.spyOn(session, "signOut").mockImplementation(async () => void acts.push("sign out"));
  render(LeaveDesk, { id: "nora", name: "Nora Bell" });
  await fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(words);
  await fireEvent.click(screen.getByRole("button", { name: "Sign Nora out" }));

  expect(acts).toEqual(["wipe nora", "sign out"]);
});
