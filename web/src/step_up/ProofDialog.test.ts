import { render, screen } from "@testing-library/svelte";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { client } from "$/platform/api";
import { session } from "$/platform/session.svelte";
import type { SessionView } from "$/platform/types";
import ProofDialog from "./ProofDialog.svelte";
import { proof } from "./proof.svelte";

// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

const signedIn = (id: string | null, csrf_token: string) =>
  ({ person: id === null ? null : { id }, desk: null, csrf_token }) as SessionView;

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});
beforeEach(() => session.accept(signedIn("olive", "before")));

/** What becomes of a request that waits while this browser is given another session. */
async function outcome(next: SessionView): Promise<boolean> {
  const sent = { attempt_id: "a", channel: "email", sent_to: "o•••@hart.example" };
  vi.spyOn(client, "POST").mockResolvedValue({ data: sent, response: new Response() });
  vi.spyOn(session, "load").mockImplementation(async () => session.accept(next));
  const answer = proof.ask();
  render(ProofDialog);
  await screen.findByText(/o•••@hart.example/);
  document.dispatchEvent(new Event("visibilitychange"));
  return answer;
}

it("goes on with what was asked for when the same person has begun a new session (S5)", async () => {
  expect(await outcome(signedIn("olive", "after"))).toBe(true);
});

it.each(["omar", null])("lets go of it when somebody else is signed in: %s", async (next) => {
  expect(await outcome(signedIn(next, "after"))).toBe(false);
  expect(proof.isAsked).toBe(false);
});
