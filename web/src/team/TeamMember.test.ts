import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import type { StaffView } from "$/platform/types";
import TeamMember from "./TeamMember.svelte";

const member = {
  id: "vane",
  name: "Dr Vane",
  email: "vane@hill.example",
  role: "senior",
  job_title: "",
  has_password: true,
};
const refused = { ...member, mail_refused_at: "2026-11-16T17:00:00Z", mail_words: "No such mailbox", new_email: null };
const acts = { onedit: () => {}, onaddress: () => {}, onstep: () => {}, onend: () => {}, onsent: () => {} };

it.each([true, false])("tells a way to change a wrong address that is there: %s", async (mayEnd) => {
  const given = { clinicNames: "", isMe: false, isMine: true, mayEnd, ...acts };
  render(TeamMember, { member: { ...refused, invited_until: null } as unknown as StaffView, ...given });
  await fireEvent.click(screen.getByRole("button", { name: "More for Dr Vane" }));

  expect(screen.queryAllByText("Change e-mail address")).toHaveLength(mayEnd ? 1 : 0);
  expect(screen.queryAllByText(/More, Change e-mail address/)).toHaveLength(mayEnd ? 1 : 0);
  expect(screen.queryAllByText(/ask a practice owner to change it/)).toHaveLength(mayEnd ? 0 : 1);
});
