import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterAll, expect, it, vi } from "vitest";
import { client } from "$/platform/api";
import { session } from "$/platform/session.svelte";
import ProfilePage from "./ProfilePage.svelte";

const answer = (data: object) => ({ data, response: new Response() }) as never;

// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

const nora = {
  id: "nora",
  name: "Nora Bell",
  job_title: "Nurse",
  role: "basic",
  email: "nora@hill.example",
  new_email: null,
  revision: 1,
};
const input = (name: string) => screen.findByLabelText<HTMLInputElement>(name);

it("keeps what is typed when an administrator has changed the rest meanwhile", async () => {
  const now = { ...nora, name: "Nora Frost", role: "senior", revision: 2 };
  const own = [nora, now];
  const beside: Record<string, object> = {
    "/api/v1/own-passkeys": { passkeys: [] },
    "/api/v1/own-authenticator": { since: null, recovery_codes_left: 0 },
  };
  vi.spyOn(client, "GET").mockImplementation(async (path) => answer(beside[path] ?? own.shift() ?? now));
  const changed = { error: { code: "member_changed" }, response: new Response(null, { status: 409 }) };
  const change = vi.spyOn(client, "PATCH").mockResolvedValueOnce(changed).mockResolvedValue(answer(now));
  vi.spyOn(session, "load").mockResolvedValue();
  render(ProfilePage);
  await fireEvent.input(await input("Job title"), { target: { value: "Head nurse" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/Your role is Senior/);
  expect([(await input("Job title")).value, (await input("Name, as families see it")).value]).toEqual([
    "Head nurse",
    "Nora Frost",
  ]);
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(change.mock.lastCall?.[1]).toEqual({ body: { revision: 2, name: "Nora Frost", job_title: "Head nurse" } });
});
