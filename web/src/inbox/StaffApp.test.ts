import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { client } from "$/platform/api";
import { live } from "$/platform/live";
import { router } from "$/platform/router.svelte";
import { session } from "$/platform/session.svelte";
import type { SessionView } from "$/platform/types";
import StaffApp from "./StaffApp.svelte";

vi.mock("./Workspace.svelte", () => ({ default: () => {} }));
// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

const before = location.pathname;
const nora = (is_locked: boolean) =>
  ({
    person: { id: "nora", name: "Nora Bell", role: "basic" },
    practice: { name: "Northside" },
    clinics: [],
    desk: { is_locked, unlocks_with: "password" },
    csrf_token: "token",
  }) as unknown as SessionView;

beforeEach(() => void vi.spyOn(session, "load").mockImplementation(async () => session.accept(nora(true))));
afterEach(() => {
  router.go(before, "replace");
  session.view = null;
});

it("asks for the PIN or the password of a locked desk before it shows a vet's invitation", async () => {
  router.go("/staff/invitation#token=abc", "replace");
  render(StaffApp);
  await screen.findByRole("heading", { name: "Locked" });
  vi.spyOn(client, "POST").mockImplementation((path) =>
    path === "/api/v1/session/unlock/password" ? Promise.resolve({ response: new Response() }) : new Promise(() => {}),
  );
  vi.spyOn(session, "unlocked").mockImplementation(async () => session.accept(nora(false)));
  await fireEvent.input(screen.getByLabelText("Password"), { target: { value: "correct horse" } });
  await fireEvent.click(screen.getByRole("button", { name: "Unlock" }));
  await screen.findByRole("heading", { name: "One moment" });

  expect(screen.queryByRole("heading", { name: "Locked" })).toBeNull();
});

it("doubts the session when the live line says that it is over", () => {
  const told = vi.spyOn(live, "onSignedOut");
  const doubt = vi.spyOn(session, "doubt").mockResolvedValue();
  render(StaffApp);
  for (const [listen] of told.mock.calls) listen();

  expect(doubt).toHaveBeenCalledOnce();
});
